import type { PayMethod } from '../../../core/gateways.ts';
import { Refusal } from '../../../core/refusal.ts';
import { enqueue } from '../../../db/queue.ts';
import type { Compiled } from '../../../db/read.ts';
import type { Scope } from '../../../db/scope.ts';
import { recordEvent } from '../../events/events.ts';
import { mustBeCustomer } from '../policy.ts';
import { selectHouse } from '../queries.ts';
import { clearDefault, expiringQuery, insertSaved, type SavedRow, selectPayers, selectSaved, selectSavedList, updateSaved } from './queries.ts';

/** A kept card or account, as people see it. */
export type SavedMethod = Readonly<{
  id: string;
  customerId: string;
  method: PayMethod;
  label: string;
  expiresOn: string | null;
  isDefault: boolean;
  offered: boolean;
  /** Added by whoever looks. */
  own: boolean;
  addedBy: string;
}>;

const shown = (row: SavedRow, people: ReadonlySet<string>): SavedMethod => ({
  ...{ id: row.id, customerId: row.customer_id, method: row.method, label: row.label, expiresOn: row.expires_on },
  ...{ isDefault: row.is_default, offered: row.offered_at !== null, own: people.has(row.person_id), addedBy: row.person_name },
});

/** One's own kept methods, the usual one first, then what others offer to the account. Nothing for who came by a link. */
export async function listSaved(scope: Scope): Promise<SavedMethod[]> {
  mustBeCustomer(scope);
  const people = new Set((await selectPayers(scope)).map(({ personId }) => personId));
  const rows = (await selectSavedList(scope)).map((row) => shown(row, people));
  return [...rows.filter(({ own }) => own), ...rows.filter(({ own }) => !own)];
}

/** A kept card that ends soon. */
export type ExpiringMethod = Readonly<{ id: string; label: string; expiresOn: string }>;

/** One's own, for a page in one round trip. */
export const expiringMethodsQuery = (business: string): Compiled => expiringQuery({ business });
export const expiringMethodsOf = (json: string | null): ExpiringMethod[] => JSON.parse(json ?? '[]') as ExpiringMethod[];

/** What somebody is about to add. `id`: made with the form; the same id twice is one method. */
export type StartedSetup = Readonly<{ business: string; id: string }>;

/** Writes down that a method is being added, before the processor hears of it. Refuses `not_allowed`, `no_card_processor`. */
export async function beginSaving(scope: Scope, input: Readonly<{ id: string; customerId: string | null }>): Promise<StartedSetup> {
  mustBeCustomer(scope);
  const payers = await selectPayers(scope);
  const payer = input.customerId === null ? payers[0] : payers.find(({ customerId }) => customerId === input.customerId);
  if (payer === undefined) throw new Refusal('not_allowed');
  const { gateway } = await selectHouse(scope);
  if (gateway === null) throw new Refusal('no_card_processor');
  const { customerId, personId, name } = payer;
  const added = await insertSaved(scope, { id: input.id, customer_id: customerId, person_id: personId, person_name: name, gateway });
  if (!added && (await ownRow(scope, input.id)) === null) throw new Refusal('id_taken', { field: 'id' });
  return { business: scope.business, id: input.id };
}

async function ownRow(scope: Scope, id: string): Promise<SavedRow | null> {
  const row = await selectSaved(scope, id);
  const people = new Set((await selectPayers(scope)).map(({ personId }) => personId));
  return row !== undefined && people.has(row.person_id) ? row : null;
}

/** Whether a method, kept or still being added, was begun by whoever looks. */
export async function ownsMethod(scope: Scope, id: string): Promise<boolean> {
  mustBeCustomer(scope);
  return (await ownRow(scope, id)) !== null;
}

/** One's own kept method. What is another's, or offered by another, is not there to be changed. */
async function mustOwn(scope: Scope, id: string): Promise<SavedRow> {
  mustBeCustomer(scope);
  const row = await ownRow(scope, id);
  if (row?.state !== 'saved') throw new Refusal('not_found');
  return row;
}

/** The one to be offered first. */
export async function makeDefault(scope: Scope, id: string): Promise<void> {
  const row = await mustOwn(scope, id);
  if (row.is_default) return;
  await clearDefault(scope, row.person_id);
  await updateSaved(scope, id, { is_default: true });
}

/** Lets the account's other people use it, or no more (rule 27). Taken back, whoever lets it be charged by itself can no longer. */
export async function offerMethod(scope: Scope, id: string, offered: boolean): Promise<void> {
  const row = await mustOwn(scope, id);
  if ((row.offered_at !== null) === offered) return;
  await updateSaved(scope, id, { offered_at: offered ? scope.now.toString() : null });
  if (!offered) await enqueue(scope, 'tend-autopay', { methodId: id, mandateId: null });
  const data = { methodId: id, label: row.label, personId: row.person_id, name: row.person_name };
  await recordEvent(scope, { kind: offered ? 'method.offered' : 'method.taken_back', customerId: row.customer_id, shown: false, data });
}

/** Takes it away, here at once and at the processor as soon as it answers. Payments by it end with it. */
export async function removeMethod(scope: Scope, id: string): Promise<void> {
  const row = await mustOwn(scope, id);
  await updateSaved(scope, id, { state: 'removed', is_default: false, offered_at: null, removed_at: scope.now.toString() });
  await enqueue(scope, 'tend-autopay', { methodId: id, mandateId: null });
  const data = { methodId: id, label: row.label, personId: row.person_id, name: row.person_name };
  await recordEvent(scope, { kind: 'method.removed', customerId: row.customer_id, shown: false, data });
}

/** The method somebody wants to pay with: their own, or one that is offered to this account. Refuses `not_found`. */
export async function usableMethod(scope: Scope, id: string, customerId: string): Promise<SavedRow> {
  const row = await selectSaved(scope, id);
  if (row?.state !== 'saved') throw new Refusal('not_found', { field: 'method' });
  const own = (await ownRow(scope, id)) !== null;
  if (!own && row.customer_id !== customerId) throw new Refusal('not_found', { field: 'method' });
  return row;
}
