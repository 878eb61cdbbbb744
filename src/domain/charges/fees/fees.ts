import { formatDay, todayIn } from '../../../core/calendar.ts';
import { judgeLateness } from '../../../core/charges.ts';
import type { Keys } from '../../../core/gateways.ts';
import { Refusal } from '../../../core/refusal.ts';
import { words } from '../../../core/words/words.ts';
import { newId } from '../../../db/fresh.ts';
import type { Scope } from '../../../db/scope.ts';
import { isClosing } from '../../businesses/closing.ts';
import { recordEvent } from '../../events/events.ts';
import { createDraft } from '../../invoices/invoices.ts';
import { standingOf } from '../../invoices/view/view.ts';
import { lockInvoices } from '../../ledger/standings.ts';
import { sendInvoice } from '../../links/send.ts';
import { mustBeAllowed } from '../../people/rights.ts';
import { selectZone } from '../queries.ts';
import { insertFee, type LateBill, type Place, selectLate, selectLateBill, updateNextFee } from './queries.ts';

const batch = 100;

/** The next bills to be judged today, after a place in their order. System only. */
export async function lateBills(scope: Scope, after: Place | null): Promise<Place[]> {
  mustBeSystem(scope);
  const { zone } = await selectZone(scope);
  return selectLate(scope, todayIn(zone, scope.now), after, batch);
}

/**
 * Judges one bill by the business's day and charges each period of lateness that has begun, oldest first and each once: on what is due and
 * nothing else (rules 18, 23), never for money that was started in time (rule 19). A fee is an invoice of its own, left as a draft for
 * review or sent at once, as the business chose. Answers how many. System only.
 */
export async function chargeLateFees(scope: Scope, keys: Keys, documentId: string): Promise<number> {
  mustBeSystem(scope);
  await lockInvoices(scope, [documentId]);
  const bill = await selectLateBill(scope, documentId);
  // Read after the wait for the lock: another scheduler may have been here.
  if (!bill?.rule || bill.nextOn === null || bill.archived || bill.imported || (await isClosing(scope))) return 0;
  const { zone } = await selectZone(scope);
  const today = todayIn(zone, scope.now);
  // Answered a moment ago: judged when the customer had the days of rest (rule 23).
  if (bill.restUntil !== null && today < bill.restUntil) return 0;
  const { overdueMinor } = standingOf(bill.standing, bill.dueOn, today);
  const { fees, nextOn } = judgeLateness(bill.rule, { dueOn: bill.dueOn, today, nextOn: bill.nextOn, overdueMinor, chargedMinor: bill.chargedMinor });
  let charged = 0;
  for (const { period, amountMinor } of fees) {
    const feeId = newId();
    if (!(await insertFee(scope, { documentId, period, feeId, baseMinor: overdueMinor, amountMinor, judgedOn: today }))) continue;
    await writeFee(scope, keys, { bill, documentId, feeId, period, amountMinor });
    charged += 1;
  }
  if (nextOn !== bill.nextOn) await updateNextFee(scope, documentId, nextOn);
  return charged;
}

/** From now on nothing more is charged for paying this bill late; fees that were charged stay. Refuses `not_found`, `not_issued`, `already_done`. */
export async function stopLateFees(scope: Scope, documentId: string): Promise<void> {
  await mustBeAllowed(scope, 'invoices:write');
  const [bill] = await lockInvoices(scope, [documentId]);
  if (!bill) throw new Refusal('not_found');
  if (bill.state !== 'issued') throw new Refusal('not_issued');
  const late = await selectLateBill(scope, documentId);
  if (!late?.nextOn) throw new Refusal('already_done');
  await updateNextFee(scope, documentId, null);
  const { customerId, propertyId, shown, number } = bill;
  await recordEvent(scope, { kind: 'invoice.fees_stopped', customerId, documentId, propertyId, shown, data: { number } });
}

type Fee = Readonly<{ bill: LateBill; documentId: string; feeId: string; period: number; amountMinor: bigint }>;

async function writeFee(scope: Scope, keys: Keys, { bill, documentId, feeId, period, amountMinor }: Fee): Promise<void> {
  const { customerId, propertyId, number, language, currency, people } = bill;
  const text = words(language).charges;
  const line = {
    name: text.feeLine(number),
    description: text.feeWhy(formatDay(bill.dueOn, language)),
    quantityMilli: 1000n,
    unitPriceMilli: amountMinor * 1000n,
    taxRateId: null,
  };
  const about = { id: documentId, number };
  await createDraft(scope, { customerId, propertyId, purpose: 'late_fee', about, lines: [line], message: '', language, recipients: people }, feeId);
  const sent = bill.sendFees && people.length > 0;
  if (sent) await sendInvoice(scope, keys, { documentId: feeId, personIds: people });
  const data = { number, feeId, amountMinor, currency, period, sent };
  await recordEvent(scope, { kind: 'invoice.fee_charged', customerId, documentId, propertyId, data });
}

function mustBeSystem(scope: Scope): void {
  if (scope.role !== 'system') throw new Refusal('not_allowed');
}
