import { isDay } from '../../core/calendar.ts';
import { textLimits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import { clean, cut } from '../../core/text.ts';
import { newId } from '../../db/fresh.ts';
import type { Compiled } from '../../db/read.ts';
import type { Scope } from '../../db/scope.ts';
import { readCustomer } from '../customers/customers.ts';
import { recordEvent } from '../events/events.ts';
import { mustBeAllowed } from '../people/rights.ts';
import type { KeptFile } from './files/queries.ts';
import {
  insertPaper,
  isPropertyOf,
  markPaperRemoved,
  portalShelfQuery,
  type ShelfKind,
  type ShelfPaper,
  selectPapers,
  shelfFileQuery,
} from './shelf/queries.ts';

export type { ShelfKind, ShelfPaper };
export const shelfKinds = ['insurance', 'tax_form', 'contract', 'lien_waiver', 'license', 'other'] as const satisfies readonly ShelfKind[];

/** `customerId` null: for all customers. `propertyId` null: for whoever sees the whole account. `expiresOn`: the last day it is good. */
export type ShelfInput = Readonly<{
  customerId: string | null;
  propertyId: string | null;
  kind: ShelfKind;
  title: string;
  expiresOn: string | null;
  file: KeptFile;
}>;

/** Puts a paper on the shelf: those it is for see and download it at once. Refuses `required`, `date_invalid`, `not_found`, `property_of_other_customer`. */
export async function addToShelf(scope: Scope, input: ShelfInput): Promise<ShelfPaper> {
  await mustBeAllowed(scope, 'customers:write');
  const { customerId, propertyId, kind, expiresOn, file } = input;
  const [title, name] = [clean(input.title, textLimits.title, 'title'), clean(cut(file.name, textLimits.fileName), textLimits.fileName, 'name')];
  if (title === '' || name === '') throw new Refusal('required', { field: title === '' ? 'title' : 'name' });
  if (expiresOn !== null && !isDay(expiresOn)) throw new Refusal('date_invalid', { field: 'expiresOn' });
  if (customerId !== null && (await readCustomer(scope, customerId)).erasedAt !== null) throw new Refusal('already_erased');
  if (propertyId !== null && (customerId === null || !(await isPropertyOf(scope, propertyId, customerId))))
    throw new Refusal('property_of_other_customer', { field: 'propertyId' });
  const id = newId();
  await insertPaper(scope, { ...file, id, customerId, propertyId, kind, title, name, expiresOn });
  await recordEvent(scope, { kind: 'shelf.added', customerId, propertyId, shown: true, data: { paperId: id, kind, title, expiresOn, sha256: file.sha256 } });
  return readFromShelf(scope, id);
}

/** One paper. Refuses `not_found`. */
export async function readFromShelf(scope: Scope, id: string): Promise<ShelfPaper> {
  await mustBeAllowed(scope, 'customers:read');
  const [paper] = await selectPapers(scope, null, id);
  if (paper === undefined) throw new Refusal('not_found');
  return paper;
}

/** What one customer's people may see, those for all after their own; null: those for all alone. The office sees what is over, too. */
export async function listShelf(scope: Scope, customerId: string | null): Promise<ShelfPaper[]> {
  await mustBeAllowed(scope, 'customers:read');
  return selectPapers(scope, customerId);
}

/** Takes it off: nobody of a customer sees it any more. Refuses `not_found`. */
export async function takeOffShelf(scope: Scope, id: string): Promise<void> {
  await mustBeAllowed(scope, 'customers:write');
  const { customerId, propertyId, kind, title } = await readFromShelf(scope, id);
  await markPaperRemoved(scope, id);
  await recordEvent(scope, { kind: 'shelf.removed', customerId, propertyId, data: { paperId: id, kind, title } });
}

export type PortalPaper = Readonly<{
  id: string;
  kind: ShelfKind;
  title: string;
  forAll: boolean;
  expiresOn: string | null;
  bytes: number;
  place: string | null;
}>;
export type PortalShelf = Readonly<{ today: string; papers: readonly PortalPaper[] }>;

export const portalShelf = (business: string): Compiled => portalShelfQuery({ business });
export function portalShelfOf(json: string | null): PortalShelf {
  if (json === null) throw new Refusal('not_found');
  return JSON.parse(json) as PortalShelf;
}
export const shelfFile = (business: string, paper: string): Compiled => shelfFileQuery({ business, paper });
