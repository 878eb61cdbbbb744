import type { Words } from '../core/words/words.ts';

/** What somebody may do in an account. `properties`: how many, null for all; `approvesUpToMinor`: null without limit, 0n nothing. */
export type MayFacts = Readonly<{ canAsk: boolean; canPay: boolean; canManage: boolean; properties: number | null; approvesUpToMinor: bigint | null }>;

/** The same in plain words, for a list: "See bills and estimates", "Ask questions", "Approve up to $500.00". */
export function mayWords({ people }: Words, may: MayFacts, money: (amountMinor: bigint) => string): string[] {
  const { can } = people;
  const approve = may.approvesUpToMinor === null ? can.approveAny : may.approvesUpToMinor > 0n ? can.approveUpTo(money(may.approvesUpToMinor)) : null;
  return [can.view, may.canAsk && can.ask, may.canPay && can.pay, approve, may.canManage && can.manage].filter((each) => typeof each === 'string');
}

export function placesWord({ people }: Words, { properties }: Pick<MayFacts, 'properties'>): string {
  return properties === null ? people.everywhere : people.places(properties);
}
