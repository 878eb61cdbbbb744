import type { Address } from '../../core/address.ts';
import { todayIn } from '../../core/calendar.ts';
import type { Keys } from '../../core/gateways.ts';
import { publicId } from '../../core/ids.ts';
import { Refusal } from '../../core/refusal.ts';
import { cleanLines } from '../../core/text.ts';
import { newId } from '../../db/fresh.ts';
import type { Scope } from '../../db/scope.ts';
import { readStanding } from '../businesses/businesses.ts';
import { recordEvent } from '../events/events.ts';
import { addAttachment, createDraft, issueInvoice, listAttachments, readDraft } from '../invoices/invoices.ts';
import { listItems, readItem } from '../items/items.ts';
import type { VisitView } from '../jobs/job.ts';
import { listVisits, readVisit } from '../jobs/visits.ts';
import { copyLink, sendInvoice } from '../links/links.ts';
import { readTeamRules } from '../people/team.ts';
import {
  insertFieldDraft,
  type LineRow,
  markReady,
  type PlaceRow,
  type StopRow,
  selectBilled,
  selectLines,
  selectStops,
  selectWork,
  type WorkRow,
} from './queries.ts';

/** What the owner lets the crew do, beyond writing drafts. */
export type CrewMay = Readonly<{ prices: boolean; send: boolean }>;
export type Stop = Omit<StopRow, 'billing'>;
export type CrewState = 'draft' | 'ready' | 'sent' | 'paying' | 'paid' | 'canceled';
/** Amounts are null unless the owner allows prices. */
export type CrewListed = Readonly<{
  id: string;
  number: string | null;
  customerId: string;
  customerName: string;
  state: CrewState;
  totalMinor: bigint | null;
  currency: string;
  createdAt: string;
}>;
export type CrewLine = Omit<LineRow, 'netMinor'> & Readonly<{ netMinor: bigint | null }>;
export type CrewInvoice = CrewListed &
  Readonly<{
    place: string | null;
    lines: readonly CrewLine[];
    photos: readonly Readonly<{ id: string; name: string }>[];
    note: string;
    balanceMinor: bigint | null;
    canSend: boolean;
  }>;
export type CrewItem = Readonly<{ id: string; name: string; unit: string; unitPriceMilli: bigint | null }>;
export type NewCrewInvoice = Readonly<{
  id?: string | undefined;
  customerId: string;
  propertyId: string | null;
  lines: readonly Readonly<{ itemId: string; quantityMilli: bigint }>[];
  note: string;
}>;

const noteMax = 1_000;
const nowhere: Address = { street: '', unit: '', city: '', region: '', postalCode: '', country: '' };

/** A crew member, in their own session: nobody else has customers of their own. */
function crewOf(scope: Scope): string {
  if (scope.actor.kind !== 'staff' || scope.actor.id === null) throw new Refusal('not_allowed');
  return scope.actor.id;
}

async function mayOf(scope: Scope): Promise<CrewMay> {
  const { crewPrices, crewSends } = await readTeamRules(scope);
  return { prices: crewPrices, send: crewSends };
}

/** Whom the crew member works for today: those of the day first, then those that stay. */
export async function readToday(scope: Scope): Promise<{ today: string; may: CrewMay; visits: VisitView[]; stops: Stop[] }> {
  const staffId = crewOf(scope);
  const { timeZone } = await readStanding(scope);
  const today = todayIn(timeZone, scope.now);
  const stops = await selectStops(scope, staffId, today);
  const mine = (await listVisits(scope, { from: today, to: today, staffId })).items.filter(({ state }) => state !== 'canceled' && state !== 'skipped');
  const visits: VisitView[] = [];
  for (const { id } of mine) visits.push(await readVisit(scope, id));
  return { today, may: await mayOf(scope), visits, stops: stops.map(({ billing, places, ...stop }) => ({ ...stop, places: placesOf(places, billing) })) };
}

/** A customer without properties is where the bills go. */
function placesOf(places: readonly PlaceRow[], billing: Address): PlaceRow[] {
  const found = places.length > 0 ? places : [{ id: null, code: '', name: '', address: billing, accessNotes: '' }];
  return found.map((place) => ({ ...place, address: { ...nowhere, ...place.address } }));
}

/** The price book, for choosing from. */
export async function listCrewItems(scope: Scope, q: string): Promise<CrewItem[]> {
  crewOf(scope);
  const { prices } = await mayOf(scope);
  const { items } = await listItems(scope, { q, limit: 100 });
  return items.map(({ id, name, unit, unitPriceMilli }) => ({ id, name, unit, unitPriceMilli: prices ? unitPriceMilli : null }));
}

/**
 * Writes a draft from the price book, at its prices, for one of their customers. Refuses `not_found` for anybody else's, and what a draft
 * refuses. `note` is for the office.
 */
export async function writeCrewInvoice(scope: Scope, input: NewCrewInvoice): Promise<CrewInvoice> {
  const staffId = crewOf(scope);
  const note = cleanLines(input.note, noteMax, 'note');
  const { timeZone } = await readStanding(scope);
  const lines = [];
  for (const { itemId, quantityMilli } of input.lines) {
    const { name, description, unit, unitPriceMilli } = await readItem(scope, itemId);
    lines.push({
      id: newId(),
      itemId,
      name,
      description,
      unit,
      unitPriceMilli,
      quantityMilli,
      propertyId: input.propertyId,
      serviceOn: todayIn(timeZone, scope.now),
    });
  }
  const { customerId, propertyId } = input;
  const draft = await createDraft(scope, { customerId, propertyId, lines, internalNote: note }, input.id);
  await insertFieldDraft(scope, { documentId: draft.id, customerId, staffId, note });
  return readCrewInvoice(scope, draft.id);
}

/** What the crew member wrote, newest first. */
export async function listWork(scope: Scope): Promise<CrewListed[]> {
  const { prices } = await mayOf(scope);
  return (await selectWork(scope, { staffId: crewOf(scope), documentId: null })).map((row) => listed(row, prices));
}

/** One invoice of theirs. Refuses `not_found` for any other. */
export async function readCrewInvoice(scope: Scope, documentId: string): Promise<CrewInvoice> {
  const row = await mine(scope, documentId);
  const may = await mayOf(scope);
  const lines = row.stored === 'issued' ? await selectLines(scope, documentId) : await draftLines(scope, documentId);
  const photos = await listAttachments(scope, documentId);
  return {
    ...listed(row, may.prices),
    place: row.propertyName,
    lines: lines.map((line) => ({ ...line, netMinor: may.prices ? line.netMinor : null })),
    photos: photos.map(({ id, name }) => ({ id, name })),
    note: row.note,
    balanceMinor: may.prices && row.stored === 'issued' ? row.balanceMinor : null,
    canSend: may.send && !row.canceled,
  };
}

/** Adds a photo, drawn anew before, to an invoice that is still a draft. */
export async function addCrewPhoto(
  scope: Scope,
  documentId: string,
  file: Readonly<{ name: string; mediaType: string; bytes: number; sha256: string }>,
): Promise<CrewInvoice> {
  await mine(scope, documentId);
  await addAttachment(scope, documentId, file);
  return readCrewInvoice(scope, documentId);
}

/** Hands a draft to the office, where it waits in *Needs you*. Once more does nothing. */
export async function handToOffice(scope: Scope, documentId: string): Promise<CrewInvoice> {
  const row = await mine(scope, documentId);
  if (row.stored !== 'draft') throw new Refusal('not_a_draft');
  if (!row.ready) {
    await markReady(scope, documentId);
    const data = { name: scope.actor.name, invoiceId: publicId('invoice', documentId) };
    await recordEvent(scope, { kind: 'invoice.ready', customerId: row.customerId, documentId, data });
  }
  return readCrewInvoice(scope, documentId);
}

/** Sends it to whoever gets the customer's bills; without an address it is issued and shown, to be paid by its QR code. Refuses `not_allowed`. */
export async function sendCrewInvoice(scope: Scope, keys: Keys, documentId: string): Promise<CrewInvoice> {
  const row = await mine(scope, documentId);
  if (!(await mayOf(scope)).send) throw new Refusal('not_allowed');
  const personIds = await selectBilled(scope, row.customerId);
  if (personIds.length > 0) await sendInvoice(scope, keys, { documentId, personIds });
  else if (row.stored === 'draft') await issueInvoice(scope, documentId, { show: true });
  return readCrewInvoice(scope, documentId);
}

/** The token of a link to pay by, for the customer's own phone. Refuses `not_shown` before it was sent. */
export async function crewLink(scope: Scope, keys: Keys, documentId: string): Promise<{ token: string; slug: string }> {
  await mine(scope, documentId);
  const { slug } = await readStanding(scope);
  return { slug, token: (await copyLink(scope, keys, { documentId, person: null })).token };
}

async function mine(scope: Scope, documentId: string): Promise<WorkRow> {
  const [row] = await selectWork(scope, { staffId: crewOf(scope), documentId });
  if (row === undefined) throw new Refusal('not_found');
  return row;
}

async function draftLines(scope: Scope, documentId: string): Promise<LineRow[]> {
  const { body, totals } = await readDraft(scope, documentId);
  const nets = new Map(totals.lines.map((line) => [line.id, line.netMinor]));
  return body.lines.map(({ id, itemId, name, unit, quantityMilli }) => ({ itemId, name, unit, quantityMilli, netMinor: nets.get(id) ?? 0n }));
}

function listed(row: WorkRow, prices: boolean): CrewListed {
  const { id, number, customerId, customerName, currency, createdAt } = row;
  return { id, number, customerId, customerName, currency, createdAt, state: stateOf(row), totalMinor: prices ? row.totalMinor : null };
}

function stateOf(row: WorkRow): CrewState {
  if (row.canceled) return 'canceled';
  if (row.stored !== 'issued') return row.ready ? 'ready' : 'draft';
  if (row.balanceMinor === 0n) return 'paid';
  return row.processingMinor > 0n ? 'paying' : 'sent';
}
