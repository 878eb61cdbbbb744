import { crashPoint } from '../../../db/crash-point.ts';
import { newId } from '../../../db/fresh.ts';
import { enqueue } from '../../../db/queue.ts';
import type { Scope } from '../../../db/scope.ts';
import { type NewEvent, recordEvent, recordEvents } from '../../events/events.ts';
import { postAll, type Transfer, type TransferKind } from '../../ledger/ledger.ts';
import { lockInvoices } from '../../ledger/standings.ts';
import { mustBeAllowed } from '../../people/rights.ts';
import { forgetThings } from '../../search/search.ts';
import type { Thing } from '../judged.ts';
import { type ImportRow, selectImports, updateImport } from '../queries.ts';
import { deleteThings, selectThings } from '../things/queries.ts';
import { lockCustomers, markInvoicesUndone, markPeopleGone, markUndone, selectBlockers, selectCreditTransfers, selectTransfersOf } from './queries.ts';

/** What hangs on others goes before them. */
const order: readonly Thing['kind'][] = ['credit', 'opening', 'invoice', 'person', 'property', 'customer', 'item'];
const atOnce = 50;
type Found = Thing & { customerId: string };

/**
 * Takes back what an import added, part by part, the last first. Nothing is deleted: the books get the same amounts the other way on the same
 * days, so every period reads as if the import had never been; the things leave all lists, and what the file calls them is free again.
 * Stops where somebody used one of them meanwhile, and says so on the import.
 */
export async function undoOn(
  inScope: <T>(work: (scope: Scope) => Promise<T>) => Promise<T>,
  of: ImportRow,
  mayGoOn: () => boolean,
): Promise<'finished' | 'paused'> {
  for (;;) {
    const more = await inScope((scope) => undoPart(scope, of.id));
    crashPoint('import.part-undone');
    if (!more) return 'finished';
    if (mayGoOn()) continue;
    await inScope((scope) => enqueue(scope, 'run-import', { importId: of.id }, { key: of.id, priority: 20 }));
    return 'paused';
  }
}

async function undoPart(scope: Scope, importId: string): Promise<boolean> {
  await mustBeAllowed(scope, 'imports:write');
  const [now] = await selectImports(scope, { id: importId, limit: 1, lock: true });
  if (now?.state !== 'running' || now.step !== 'undo') return false;
  for (const kind of order) {
    const things = await selectThings(scope, importId, kind, atOnce);
    if (things.length === 0) continue;
    return (await takeBack(scope, importId, kind, things)) ? true : stop(scope, now);
  }
  await updateImport(scope, importId, { state: 'undone', finishedAt: scope.now.toString() });
  await recordEvent(scope, { kind: 'import.undone', data: { kind: now.kind, fileName: now.fileName, added: now.added } });
  return false;
}

async function stop(scope: Scope, of: ImportRow): Promise<false> {
  await updateImport(scope, of.id, { state: 'done', step: 'import', failure: 'import_undo_blocked' });
  await recordEvent(scope, { kind: 'import.undone', data: { kind: of.kind, fileName: of.fileName, stopped: true } });
  return false;
}

async function takeBack(scope: Scope, importId: string, kind: Thing['kind'], things: readonly Found[]): Promise<boolean> {
  const ids = things.map(({ id }) => id);
  const customerIds = [...new Set(things.map(({ customerId }) => customerId))];
  if (kind === 'invoice' || kind === 'opening') await lockInvoices(scope, ids);
  else if (kind !== 'item') await lockCustomers(scope, customerIds);
  if ((await selectBlockers(scope, importId, ids)).length > 0) return false;
  if (kind === 'invoice' || kind === 'opening') {
    await postOpposite(scope, await selectTransfersOf(scope, importId, ids));
    await markInvoicesUndone(scope, importId, ids);
    await forgetThings(
      scope,
      ids.map((id) => ({ kind: 'invoice', id })),
    );
  } else if (kind === 'credit') await postOpposite(scope, await selectCreditTransfers(scope, customerIds, ids));
  else {
    if (kind === 'person') await markPeopleGone(scope, ids);
    else await markUndone(scope, ({ customer: 'customers', property: 'properties', item: 'items' } as const)[kind], ids);
    await forgetThings(
      scope,
      ids.map((id) => ({ kind, id })),
    );
  }
  await deleteThings(
    scope,
    kind,
    things.map(({ key }) => key),
  );
  await recordEvents(scope, things.map(told));
  return true;
}

function told({ kind, id, key, customerId }: Found): NewEvent {
  const hidden = { shown: false, data: { kind, key: kind === 'invoice' ? key : '' } };
  if (kind === 'invoice' || kind === 'opening') return { kind: 'invoice.undone', customerId, documentId: id, ...hidden };
  if (kind === 'credit') return { kind: 'payment.undone', customerId, ...hidden };
  if (kind === 'item') return { kind: 'item.archived', ...hidden };
  return { kind: 'customer.undone', customerId, ...hidden };
}

const opposite: Partial<Record<TransferKind, TransferKind>> = {
  issue: 'cancel',
  cancel: 'issue',
  tax: 'cancel_tax',
  cancel_tax: 'tax',
  clear: 'reverse',
  reverse: 'clear',
  allocate: 'unallocate',
  unallocate: 'allocate',
};

/** The same amounts the other way, each on its own day, the money off the invoices before the invoices go. */
async function postOpposite(scope: Scope, transfers: readonly Transfer[]): Promise<void> {
  const acts = new Map<string, string>();
  await postAll(
    scope,
    transfers.map((transfer) => {
      const of = transfer.documentId ?? transfer.paymentId ?? transfer.customerId;
      const actId = acts.get(of) ?? newId();
      acts.set(of, actId);
      return { actId, transfer: { ...transfer, kind: opposite[transfer.kind] ?? transfer.kind, debit: transfer.credit, credit: transfer.debit } };
    }),
  );
}
