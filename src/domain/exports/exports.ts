import { isDay, todayIn } from '../../core/calendar.ts';
import { readCursor, writeCursor } from '../../core/cursor.ts';
import type { FileStore } from '../../core/gateways.ts';
import { Refusal } from '../../core/refusal.ts';
import { newId } from '../../db/fresh.ts';
import type { Database } from '../../db/pool.ts';
import { enqueue } from '../../db/queue.ts';
import { inTransaction, type Scope, systemActor } from '../../db/scope.ts';
import { recordEvent } from '../events/events.ts';
import { mustBeAllowed } from '../people/rights.ts';
import { type ExportKind, type ExportRow, fileNameOf, type Period, periodKinds } from './export.ts';
import {
  endExports,
  insertExport,
  isNamed,
  markDone,
  markFailed,
  markRunning,
  selectCustomerName,
  selectExports,
  selectHouse,
  updateProgress,
} from './queries.ts';

export { type ExportKind, type ExportRow, exportKinds, type Period, periodKinds, type SheetKind, sheetKinds } from './export.ts';
export { readJournalSettings, saveJournalSettings } from './journal/journal.ts';
export { sheetHead, sheetRows } from './sheets/rows.ts';
export { sheets } from './sheets/sheets.ts';

const keptDays = 7;
/** A task that fails three times is not helped by a fourth. */
const tries = 3;

export type ExportOrder = Readonly<{ kind: ExportKind; from?: string | null; to?: string | null; customerId?: string | null }>;

/**
 * Asks for a file, which a task then makes: watch its state. What leaves in bulk is for those who may export; the whole archive for those
 * who run the settings. Refuses `period_invalid`, `not_found` for a customer, `not_allowed`.
 */
export async function askExport(scope: Scope, order: ExportOrder): Promise<ExportRow> {
  await mustBeAllowed(scope, 'exports:read');
  if (order.kind === 'archive') await mustBeAllowed(scope, 'settings:write');
  const period = periodOf(order);
  const { timeZone, slug } = await selectHouse(scope);
  const customerId = order.kind === 'subject' ? (order.customerId ?? null) : null;
  const customer = customerId === null ? undefined : await selectCustomerName(scope, customerId);
  if (order.kind === 'subject' && customer === undefined) throw new Refusal('not_found', { field: 'customerId' });
  const id = newId();
  const fileName = fileNameOf(order.kind, period, todayIn(timeZone, scope.now), order.kind === 'archive' ? slug : '');
  const zipped = order.kind === 'archive' || order.kind === 'subject';
  await insertExport(scope, {
    ...{ id, kind: order.kind, fromOn: period.from, toOn: period.to, customerId, fileName },
    contentType: zipped ? 'application/zip' : 'text/csv',
    askedBy: scope.actor.name,
  });
  await enqueue(scope, 'make-export', { exportId: id }, { key: id, maxAttempts: tries });
  const data = { exportId: id, kind: order.kind, name: fileName, from: period.from, to: period.to };
  await recordEvent(scope, order.kind === 'subject' ? { kind: 'customer.data_exported', customerId, data } : { kind: 'export.asked', data });
  return found(scope, id);
}

function periodOf({ kind, from = null, to = null }: ExportOrder): Period {
  if (!periodKinds.includes(kind)) {
    if (from !== null || to !== null) throw new Refusal('period_invalid', { field: from === null ? 'to' : 'from' });
    return { from: null, to: null };
  }
  for (const [field, day] of [['from', from] as const, ['to', to] as const]) if (day !== null && !isDay(day)) throw new Refusal('date_invalid', { field });
  if (from !== null && to !== null && from > to) throw new Refusal('period_invalid', { field: 'to' });
  return { from, to };
}

async function found(scope: Scope, id: string): Promise<ExportRow> {
  const [row] = await selectExports(scope, { id, limit: 1 });
  if (!row) throw new Refusal('not_found');
  return row;
}

export async function readExport(scope: Scope, id: string): Promise<ExportRow> {
  await mustBeAllowed(scope, 'exports:read');
  return found(scope, id);
}

/** Files asked for, newest first. */
export async function listExports(
  scope: Scope,
  page: Readonly<{ cursor?: string; limit: number }>,
): Promise<{ items: ExportRow[]; nextCursor: string | null }> {
  await mustBeAllowed(scope, 'exports:read');
  const [before] = readCursor('exports', page.cursor, 1) ?? [];
  const rows = await selectExports(scope, { ...(before === undefined ? {} : { before }), limit: page.limit + 1 });
  const items = rows.slice(0, page.limit);
  return { items, nextCursor: rows.length > page.limit ? writeCursor('exports', [items.at(-1)?.id ?? '']) : null };
}

/** Lets one download happen, and writes down that it did. Refuses `export_running`, `export_ended`, `not_allowed`. */
export async function downloadExport(scope: Scope, id: string): Promise<ExportRow & { sha256: string }> {
  const row = await readExport(scope, id);
  if (row.kind === 'archive') await mustBeAllowed(scope, 'settings:write');
  if (row.state === 'waiting' || row.state === 'running') throw new Refusal('export_running');
  if (row.sha256 === null) throw new Refusal('export_ended');
  await recordEvent(scope, { kind: 'export.downloaded', customerId: row.customerId, data: { exportId: id, kind: row.kind, name: row.fileName } });
  return { ...row, sha256: row.sha256 };
}

export type MadeFile = Readonly<{ sha256: string; size: number; rows: number }>;
export type Making = Readonly<{ row: ExportRow; progress: (rowsDone: number, rowsTotal?: number | null) => Promise<void> }>;

/**
 * Makes one file that was asked for, unless that is done. `make` does it outside of any transaction, and tells how far it is. Twice, or at the
 * same time, one file stands at the end. A failure is told and thrown on, so that the task is tried again.
 */
export async function makeExport(
  deps: Readonly<{ database: Database; files: FileStore }>,
  of: Readonly<{ business: string; id: string }>,
  make: (making: Making) => Promise<MadeFile>,
): Promise<void> {
  const inside = <T>(work: (scope: Scope) => Promise<T>): Promise<T> =>
    inTransaction(deps.database, { role: 'system', business: of.business, actor: systemActor }, work);
  const row = await inside(async (scope) => ((await markRunning(scope, of.id)) ? found(scope, of.id) : null));
  if (row === null) return;
  try {
    const progress: Making['progress'] = (done, total = null) =>
      inside((scope) => updateProgress(scope, of.id, BigInt(done), total === null ? null : BigInt(total)));
    const { sha256, size, rows } = await make({ row, progress });
    const kept = await inside(
      async (scope) =>
        (await markDone(scope, of.id, { sha256, bytes: BigInt(size), rows: BigInt(rows), endsAt: scope.now.add({ hours: 24 * keptDays }).toString() })) ||
        (await isNamed(scope, Buffer.from(sha256, 'hex'))),
    );
    // Ended while it was being made: nobody can ask for these bytes any more.
    if (!kept) await deps.files.remove(of.business, sha256);
  } catch (error) {
    await inside((scope) => markFailed(scope, of.id));
    throw error;
  }
}

/** Takes away the files of one business that were kept long enough. */
export async function removeOldExports(deps: Readonly<{ database: Database; files: FileStore }>, business: string): Promise<void> {
  const gone = await inTransaction(deps.database, { role: 'system', business, actor: systemActor }, endExports);
  for (const sha256 of gone) await deps.files.remove(business, sha256);
}
