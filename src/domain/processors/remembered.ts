import type { AccountOf, ProcessorAccount } from '../../core/gateways.ts';

/** The same answer for a moment: a flood of notices does not open the same account again and again. A change counts after that moment at the latest. */
export function remembered(accountOf: AccountOf, forMs: number, now: () => number): AccountOf {
  const known = new Map<string, Readonly<{ until: number; account: Promise<ProcessorAccount | null> }>>();
  return (business) => {
    const at = now();
    const held = known.get(business);
    if (held !== undefined && held.until > at) return held.account;
    const account = accountOf(business);
    known.set(business, { until: at + forMs, account });
    account.catch(() => known.delete(business));
    if (known.size > 1_000) for (const [name, { until }] of known) if (until <= at) known.delete(name);
    return account;
  };
}
