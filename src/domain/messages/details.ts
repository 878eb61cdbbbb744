import { cleanAddress } from '../../core/address.ts';
import { type BillingDetails, differenceOf, sameNames } from '../../core/billing-details.ts';
import { textLimits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import { clean, cleanLines } from '../../core/text.ts';
import { newId } from '../../db/fresh.ts';
import { enqueue } from '../../db/queue.ts';
import type { Scope } from '../../db/scope.ts';
import { mustNotBeClosing } from '../businesses/closing.ts';
import { changeCustomer, readCustomer } from '../customers/customers.ts';
import { type NewEvent, recordEvent, recordEvents } from '../events/events.ts';
import { queueMail } from '../mails/mails.ts';
import { mustBeAllowed } from '../people/rights.ts';
import {
  type DetailChange,
  type DetailState,
  decideChange,
  insertChange,
  type OwnAccount,
  replaceWaiting,
  selectChange,
  selectChanges,
  selectOwnAccounts,
  selectReviewed,
  setReviewed,
} from './details/queries.ts';

export type { DetailChange, DetailState, OwnAccount };

/** The accounts whose billing details the signed-in person may change: those they see whole and may pay for, or whose people they manage. */
export async function readOwnAccounts(scope: Scope): Promise<OwnAccount[]> {
  if (scope.role !== 'portal') throw new Refusal('not_allowed');
  return (await selectOwnAccounts(scope)).map(({ billingAddress, waiting, ...account }) => ({
    ...account,
    billingAddress: cleanAddress(billingAddress, 'billingAddress'),
    waiting: waiting?.billingAddress ? { ...waiting, billingAddress: cleanAddress(waiting.billingAddress, 'billingAddress') } : waiting,
  }));
}

/**
 * A customer changes their billing details. What only concerns how we write to them counts at once, names and addresses when the office has
 * looked where the business wants that, an exemption of tax always then; asking anew takes the place of what waits. Issued papers stay as
 * they are. Refuses `not_found`, and each bad field by name. Answers what became of it.
 */
export async function askDetailsChange(
  scope: Scope,
  customerId: string,
  input: BillingDetails,
): Promise<{ taken: boolean; waits: boolean; waitingId: string | null }> {
  await mustNotBeClosing(scope);
  const account = (await readOwnAccounts(scope)).find(({ id }) => id === customerId);
  if (account === undefined) throw new Refusal('not_found');
  const difference = differenceOf(account, cleanDetails(input), await selectReviewed(scope));
  const [taken, waits] = [Object.keys(difference.now).length > 0, Object.keys(difference.waiting).length > 0];
  if (waits || account.waiting !== null) await replaceWaiting(scope, customerId);
  const events: NewEvent[] = [];
  let waitingId: string | null = null;
  for (const [state, asked] of [['taken', difference.now] as const, ['waiting', difference.waiting] as const]) {
    if (Object.keys(asked).length === 0) continue;
    const [id, before] = [newId(), sameNames(difference.before, asked)];
    await insertChange(scope, { id, customerId, asked, before, state });
    if (state === 'waiting') waitingId = id;
    if (state === 'taken') await enqueue(scope, 'take-details', { changeId: id }, { key: id });
    events.push({ kind: state === 'taken' ? 'customer.details_changed' : 'customer.details_asked', customerId, data: { asked, before } });
  }
  await recordEvents(scope, events);
  return { taken, waits, waitingId };
}

function cleanDetails(input: BillingDetails): BillingDetails {
  const name = clean(input.name, textLimits.name, 'name');
  if (name === '') throw new Refusal('required', { field: 'name' });
  const taxExemptNote = clean(input.taxExemptNote, textLimits.title, 'taxExemptNote');
  if (input.taxExempt && taxExemptNote === '') throw new Refusal('required', { field: 'taxExemptNote' });
  return {
    ...{ name, company: clean(input.company, textLimits.name, 'company'), billingAddress: cleanAddress(input.billingAddress, 'billingAddress') },
    ...{ language: input.language, poRequired: input.poRequired, taxExempt: input.taxExempt, taxExemptNote: input.taxExempt ? taxExemptNote : '' },
  };
}

/** Writes on the customer what counts at once: the portal, which asked for it, writes on no customer. System only. Once more does nothing. */
export async function takeDetails(scope: Scope, changeId: string): Promise<void> {
  if (scope.role !== 'system') throw new Refusal('not_allowed');
  const change = await selectChange(scope, changeId);
  if (change?.state === 'taken') await write(scope, change.customerId, change.asked);
}

async function write(scope: Scope, customerId: string, changes: Partial<BillingDetails>): Promise<void> {
  const customer = await readCustomer(scope, customerId);
  if (customer.erasedAt !== null) return;
  await changeCustomer(scope, { id: customerId, version: customer.version, changes });
}

export type ChangesAsked = Readonly<{ state?: DetailState; customerId?: string; before?: Readonly<{ at: string; id: string }>; limit: number }>;

/** What customers changed or want changed, newest first. */
export async function listDetailChanges(scope: Scope, { state, customerId, before, limit }: ChangesAsked): Promise<DetailChange[]> {
  await mustBeAllowed(scope, 'customers:read');
  return selectChanges(scope, { state: state ?? null, customerId: customerId ?? null, before: before ?? null, limit });
}

/**
 * Takes what a customer asked for, or with `changes` something else under the same names; the one who asked is told by mail. Refuses
 * `not_found`, `details_decided`, and each bad field by name.
 */
export async function acceptDetailsChange(scope: Scope, id: string, changes: Partial<BillingDetails> = {}): Promise<DetailChange> {
  await mustBeAllowed(scope, 'customers:write');
  const change = await waitingChange(scope, id);
  const asked = { ...change.asked, ...sameNames(changes, change.asked) };
  await decideChange(scope, id, { state: 'accepted', asked, words: '' });
  await tell(scope, change, 'accepted', '');
  await write(scope, change.customerId, asked);
  return decided(scope, change, 'accepted', asked, '');
}

/** Leaves everything as it is and says why; the one who asked is told by mail. Refuses `not_found`, `details_decided`, `reason_required`. */
export async function refuseDetailsChange(scope: Scope, id: string, why: string): Promise<DetailChange> {
  await mustBeAllowed(scope, 'customers:write');
  const words = cleanLines(why, textLimits.reason, 'words');
  if (words === '') throw new Refusal('reason_required', { field: 'words' });
  const change = await waitingChange(scope, id);
  await decideChange(scope, id, { state: 'refused', asked: change.asked, words });
  await tell(scope, change, 'refused', words);
  return decided(scope, change, 'refused', change.asked, words);
}

async function waitingChange(scope: Scope, id: string): Promise<DetailChange> {
  const change = await selectChange(scope, id);
  if (change === undefined) throw new Refusal('not_found');
  if (change.state !== 'waiting') throw new Refusal('details_decided');
  return change;
}

async function tell(scope: Scope, { id, customerId, personId }: DetailChange, state: 'accepted' | 'refused', words: string): Promise<void> {
  if (personId !== null) await queueMail(scope, { kind: 'details_decided', once: `details:${id}`, customerId, personId, facts: { state, words } });
}

async function decided(scope: Scope, change: DetailChange, state: 'accepted' | 'refused', asked: object, words: string): Promise<DetailChange> {
  const { id, customerId, before } = change;
  const after = await selectChange(scope, id);
  await recordEvent(scope, { kind: `customer.details_${state}`, customerId, data: { asked, before, ...(words === '' ? {} : { reason: words }) } });
  return after ?? change;
}

/** Whether names and addresses that customers change wait for the office's look. */
export async function readDetailRules(scope: Scope): Promise<{ review: boolean }> {
  await mustBeAllowed(scope, 'settings:read');
  return { review: await selectReviewed(scope) };
}

export async function changeDetailRules(scope: Scope, { review }: Readonly<{ review: boolean }>): Promise<{ review: boolean }> {
  await mustBeAllowed(scope, 'settings:write');
  const before = await selectReviewed(scope);
  if (before === review) return { review };
  await setReviewed(scope, review);
  await recordEvent(scope, {
    kind: 'business.settings_changed',
    data: { changed: ['reviewDetails'], before: { reviewDetails: before }, after: { reviewDetails: review } },
  });
  return { review };
}
