import type { PayMethod } from '../../../core/gateways.ts';
import { formatRate } from '../../../core/money-format.ts';
import { Refusal } from '../../../core/refusal.ts';
import type { WayRule } from '../../../core/way-fee.ts';
import { wayMinorOn } from '../../../domain/payments/payments.ts';
import type { Reader } from '../../ui/reader.ts';
import type { Given } from '../given.ts';

/** What one payment comes to by each way, before anybody chooses: its own amount, a tip beside it, and what the way adds or takes off (rule 43). */
export type Costs = Readonly<{ rule: WayRule | null; amountMinor: bigint; keepCreditMinor?: bigint; tipMinor?: bigint }>;

/** Above zero: a fee; below: a saving. */
export function wayOf({ rule, amountMinor, keepCreditMinor = 0n }: Costs, way: PayMethod): bigint {
  return wayMinorOn(rule, way, { amountMinor, keepCreditMinor });
}

/** All that is charged by a way. */
export const costOf = (costs: Costs, way: PayMethod): bigint => costs.amountMinor + (costs.tipMinor ?? 0n) + wayOf(costs, way);

/** "$186.00 + $5.58 card fee"; null where the way costs what the rest does. */
export function wayText(reader: Reader, costs: Costs, way: PayMethod): string | null {
  const wayMinor = wayOf(costs, way);
  if (wayMinor === 0n) return null;
  const before = reader.money(costs.amountMinor + (costs.tipMinor ?? 0n));
  return wayMinor > 0n ? reader.w.fees.plus(before, reader.money(wayMinor)) : reader.w.fees.less(before, reader.money(-wayMinor));
}

/** What the page said each way adds or takes off, so that the press pays that and nothing else. */
export function WaySeen({ costs, ways }: Readonly<{ costs: Costs; ways: readonly PayMethod[] }>) {
  return ways
    .map((way) => [way, wayOf(costs, way)] as const)
    .filter(([, wayMinor]) => wayMinor !== 0n)
    .map(([way, wayMinor]) => <input key={way} type="hidden" name={`${way}Way`} value={String(wayMinor)} />);
}

/** The same out of a form, in minor units exactly as its page wrote it. */
export function waySeen(given: Given, way: PayMethod): bigint {
  const text = given.text(`${way}Way`);
  if (!/^(-?\d{1,8})?$/.test(text)) throw new Refusal('amount_invalid', { field: 'method' });
  return BigInt(text === '' ? '0' : text);
}

/** The rule in words, where one of the ways falls under it. */
export function WayRuleText({ reader, costs, ways }: Readonly<{ reader: Reader; costs: Costs; ways: readonly PayMethod[] }>) {
  const { rule } = costs;
  if (rule === null || ways.every((way) => wayOf(costs, way) === 0n)) return null;
  return <p className="lead s">{ruleText(reader, rule)}</p>;
}

function ruleText({ w: { fees }, money, locale }: Reader, rule: WayRule): string {
  if (rule.kind === 'bank_saving') return fees.bankRule(formatRate(rule.ratePpm, locale));
  const parts = [...(rule.ratePpm > 0n ? [formatRate(rule.ratePpm, locale)] : []), ...(rule.fixedMinor > 0n ? [money(rule.fixedMinor)] : [])].join(' + ');
  return fees.cardRule(rule.mostMinor === null ? parts : fees.atMost(parts, money(rule.mostMinor)));
}

/** "Invoice 1042 + $5.58 card fee", as the processor's page calls it. */
export function withWay(reader: Reader, title: string, wayMinor: bigint): string {
  if (wayMinor === 0n) return title;
  return wayMinor > 0n ? reader.w.fees.withFee(title, reader.money(wayMinor)) : reader.w.fees.withSaving(title, reader.money(-wayMinor));
}
