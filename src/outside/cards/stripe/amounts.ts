import { exponentOf } from '../../../core/money.ts';

/** Stripe counts these two in hundredths although they have none; and takes three-decimal currencies to the tenth only. */
const inHundredths: ReadonlySet<string> = new Set(['ISK', 'UGX']);
/** And this one without decimals, although it has two. */
const whole: ReadonlySet<string> = new Set(['MGA']);

/** Our minor units as Stripe counts them; null where Stripe cannot take just this amount. */
export function stripeAmount(minor: bigint, currency: string): number | null {
  if (inHundredths.has(currency)) return Number(minor * 100n);
  if (whole.has(currency)) return minor % 100n === 0n ? Number(minor / 100n) : null;
  return exponentOf(currency) === 3 && minor % 10n !== 0n ? null : Number(minor);
}

/** Stripe's amount as ours. What would not come out even is told as it is, and then fits no payment of ours. */
export function ourAmount(amount: number, currency: string): bigint {
  const told = BigInt(amount);
  if (whole.has(currency)) return told * 100n;
  return inHundredths.has(currency) && told % 100n === 0n ? told / 100n : told;
}
