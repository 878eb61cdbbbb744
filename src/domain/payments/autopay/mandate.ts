import { textLimits } from '../../../core/limits.ts';
import type { Locale } from '../../../core/locale.ts';
import { formatMoney } from '../../../core/money-format.ts';
import { Refusal } from '../../../core/refusal.ts';
import { clean } from '../../../core/text.ts';
import { words } from '../../../core/words/words.ts';
import { enqueue } from '../../../db/queue.ts';
import type { Scope } from '../../../db/scope.ts';
import { recordEvent } from '../../events/events.ts';
import { mayRecord, mustBeCustomer } from '../policy.ts';
import { usableMethod } from '../saved/methods.ts';
import { checkAmount } from '../shares.ts';
import { endMandateRow, endPlanned, insertMandate, type Mandate, selectMandates, selectOwnPeople, selectPayingPerson } from './queries.ts';
import type { MandateEnd } from './rule.ts';
import { selectRules } from './rules/queries.ts';

/** What somebody agrees to. `id`: made with the form; `propertyId` null: every bill of the account. */
export type GiveMandate = Readonly<{
  id: string;
  customerId: string;
  propertyId: string | null;
  methodId: string;
  /** The most one bill may be charged. */
  capMinor: bigint;
  noticeDays: number;
  locale: Locale;
  remoteAddress: string;
  /** What is paid, as the page shows it. */
  what: string;
}>;

/** The very words somebody agrees to, in their language. */
export function mandateWording(
  of: Pick<GiveMandate, 'what' | 'capMinor' | 'noticeDays' | 'locale'> & Readonly<{ payee: string; label: string; currency: string }>,
): string {
  return words(of.locale).autopay.wording({ ...of, cap: formatMoney(of.capMinor, of.currency, of.locale), days: of.noticeDays });
}

/**
 * Turns autopay on, or changes it: what stood before ends and the new agreement takes its place. Only the person, signed in, can do it.
 * Refuses `not_allowed`, `not_found`, `autopay_off`, `autopay_on_already`, `amount_too_small`, `amount_too_large`.
 */
export async function giveMandate(scope: Scope, input: GiveMandate): Promise<void> {
  mustBeCustomer(scope);
  checkAmount(input.capMinor, 'cap');
  if (!Number.isInteger(input.noticeDays) || input.noticeDays < 1 || input.noticeDays > 14) throw new Refusal('invalid_input', { field: 'noticeDays' });
  const rules = await selectRules(scope);
  if (!rules.allowed || rules.gateway === null) throw new Refusal('autopay_off');
  const { customerId, propertyId } = input;
  const person = await selectPayingPerson(scope, { customerId, propertyId });
  if (person === undefined) throw new Refusal('not_allowed');
  const method = await usableMethod(scope, input.methodId, customerId);
  const standing = (await selectMandates(scope, { customerId, active: true })).find((each) => each.propertyId === propertyId);
  if (standing?.id === input.id) return;
  if (standing !== undefined) {
    if (standing.personId !== person.id) throw new Refusal('autopay_on_already');
    await endMandateRow(scope, standing.id, { reason: 'replaced', by: scope.actor.name, note: '' });
    await endPlanned(scope, { mandateId: standing.id }, 'stopped');
  }
  const { currency, payee } = rules;
  const wording = mandateWording({ ...input, payee, label: method.label, currency });
  const added = await insertMandate(scope, {
    ...{ id: input.id, version: (standing?.version ?? 0) + 1, replaces: standing?.id ?? null, customerId, propertyId },
    ...{ personId: person.id, personName: person.name, personEmail: person.email, methodId: method.id, methodLabel: method.label },
    ...{ capMinor: input.capMinor, currency, noticeDays: input.noticeDays, language: input.locale, wording, remoteAddress: input.remoteAddress.slice(0, 64) },
  });
  if (!added) throw new Refusal('autopay_on_already');
  await enqueue(scope, 'tend-autopay', { mandateId: input.id, methodId: null });
  const data = { mandateId: input.id, personId: person.id, name: person.name, capMinor: input.capMinor, currency, noticeDays: input.noticeDays };
  await recordEvent(scope, { kind: standing ? 'autopay.changed' : 'autopay.started', customerId, propertyId, shown: false, data });
}

/** Ends it, with what it had planned. Once. */
export async function endMandate(scope: Scope, mandate: Mandate, end: Readonly<{ reason: MandateEnd; note?: string }>): Promise<boolean> {
  const { id, customerId, propertyId, personId, personName: name } = mandate;
  if (!(await endMandateRow(scope, id, { reason: end.reason, by: scope.actor.name, note: end.note ?? '' }))) return false;
  await endPlanned(scope, { mandateId: id }, 'stopped');
  await enqueue(scope, 'tend-autopay', { mandateId: id, methodId: null });
  const data = { mandateId: id, personId, name, reason: end.reason, note: end.note ?? '' };
  await recordEvent(scope, { kind: 'autopay.ended', customerId, propertyId, shown: false, data });
  return true;
}

/** The person who gave it stops it, at any time and at once. */
export async function stopOwnMandate(scope: Scope, id: string): Promise<void> {
  mustBeCustomer(scope);
  const [mandate] = await selectMandates(scope, { id });
  const person = mandate && (await ownPerson(scope, mandate));
  if (mandate === undefined || !person) throw new Refusal('not_found');
  await endMandate(scope, mandate, { reason: 'by_person' });
}

/** Whoever looks is the person of the mandate, whether they may still pay or not. */
async function ownPerson(scope: Scope, { personId }: Mandate): Promise<boolean> {
  return (await selectOwnPeople(scope)).includes(personId);
}

/** The office stops one, and says why. It cannot turn one on. Refuses `not_found`, `reason_required`. */
export async function stopMandate(scope: Scope, input: Readonly<{ id: string; reason: string }>): Promise<void> {
  await mayRecord(scope);
  const note = clean(input.reason, textLimits.reason, 'reason');
  if (note === '') throw new Refusal('reason_required', { field: 'reason' });
  const [mandate] = await selectMandates(scope, { id: input.id });
  if (mandate === undefined) throw new Refusal('not_found');
  await endMandate(scope, mandate, { reason: 'by_office', note });
}
