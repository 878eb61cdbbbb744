import { addDays, todayIn } from '../../core/calendar.ts';
import type { Locale } from '../../core/locale.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Scope } from '../../db/scope.ts';
import type { MailRow } from '../mails/mails.ts';
import { mustBeAllowed } from '../people/rights.ts';
import { receiversFor, receiversOf } from './plan.ts';
import { type ReceiverRow, selectBills } from './queries.ts';
import { openSteps, type Tone, type Wording } from './reminder.ts';
import { rulesNow } from './rules.ts';
import { toldOf } from './send.ts';

type Reader = Pick<ReceiverRow, 'personId' | 'name' | 'email' | 'language'>;

/**
 * The reminder of these invoices as it would leave now, for one person or the first who gets it: nothing is queued. Refuses `not_found`
 * for invoices that are not open or belong to several customers, and for a person who gets none.
 */
export async function draftReminder(
  scope: Scope,
  asked: Readonly<{ documentIds: readonly string[]; step: string | null; personId: string | null }>,
): Promise<MailRow> {
  await mustBeAllowed(scope, 'invoices:read');
  const { rules, house } = await rulesNow(scope);
  const bills = await selectBills(scope, { today: house.today, until: '9999-12-31', documentIds: [...asked.documentIds] });
  const [first] = bills;
  if (first === undefined || bills.length < new Set(asked.documentIds).size || bills.some(({ customerId }) => customerId !== first.customerId)) {
    throw new Refusal('not_found');
  }
  const rows = receiversFor((await receiversOf(scope, bills)).get(first.customerId) ?? [], first);
  const reader = asked.personId === null ? rows[0] : rows.find(({ personId }) => personId === asked.personId);
  if (reader === undefined && asked.personId !== null) throw new Refusal('not_found', { field: 'personId' });
  const left = bills.map((bill) => {
    const step = asked.step ?? openSteps(bill, rules)[0]?.step ?? rules.steps.at(-1)?.id ?? '';
    return { each: { documentId: bill.id, linkId: '', step }, bill };
  });
  return unsent(scope, reader, toldOf(left, rules, house));
}

/** A step with words that are not saved yet, of a bill that exists nowhere. */
export async function sampleReminder(
  scope: Scope,
  asked: Readonly<{ offsetDays: number; tone: Tone; language: Locale; wording: Wording | null; number: string; amountMinor: bigint }>,
): Promise<MailRow> {
  await mustBeAllowed(scope, 'settings:read');
  const { house } = await rulesNow(scope);
  const today = todayIn(house.timeZone, scope.now);
  const bill = { documentId: '', linkId: '', number: asked.number, dueOn: addDays(today, -asked.offsetDays), amountMinor: asked.amountMinor };
  const texts = asked.wording === null ? {} : { [asked.language]: asked.wording };
  const reader = { personId: '', name: 'Rosa Quill', email: 'rosa.quill@example.com', language: asked.language };
  return unsent(scope, reader, { bills: [bill], currency: house.currency, today, tone: asked.tone, texts, missed: null });
}

function unsent(scope: Scope, reader: Reader | undefined, facts: Readonly<Record<string, unknown>>): MailRow {
  return {
    ...{ id: '', kind: 'reminder', customer_id: null, document_id: null, person_id: reader?.personId ?? null, link_id: null },
    ...{ to_address: reader?.email ?? '', to_name: reader?.name ?? '', locale: reader?.language ?? 'en', facts },
    ...{ message_id: '', state: 'queued', reason: '', tries: 0, created_at: scope.now.toString(), sent_at: null },
  };
}
