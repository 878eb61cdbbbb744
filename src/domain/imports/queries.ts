import { sql } from 'kysely';
import type { Scope } from '../../db/scope.ts';

export type ImportRow = Readonly<{
  id: string;
  kind: 'customers' | 'invoices';
  fileName: string;
  checkOnly: boolean;
  state: 'running' | 'done' | 'failed';
  rowsRead: number;
  added: number;
  unchanged: number;
  rejected: number;
  problems: readonly { row: number; column: string; code: string; value: string; message: string }[];
  columns: readonly { column: string; meaning: string | null }[];
  rejectedSha256: string | null;
  startedAt: string;
  finishedAt: string | null;
}>;

const columns = [
  'id',
  'kind',
  'file_name',
  'check_only',
  'state',
  'rows_read',
  'added',
  'unchanged',
  'rejected',
  'problems',
  'columns',
  'rejected_sha256',
  'started_at',
  'finished_at',
] as const;

export async function insertImport(scope: Scope, row: Pick<ImportRow, 'id' | 'kind' | 'fileName' | 'checkOnly' | 'columns'>): Promise<void> {
  await scope.tx
    .insertInto('imports')
    .values({
      business_id: scope.business,
      id: row.id,
      kind: row.kind,
      file_name: row.fileName,
      check_only: row.checkOnly,
      columns: JSON.stringify(row.columns),
      state: 'running',
      started_at: scope.now.toString(),
    })
    .execute();
}

export type Progress = Pick<ImportRow, 'rowsRead' | 'added' | 'unchanged' | 'rejected' | 'problems'>;

export async function updateProgress(scope: Scope, id: string, progress: Progress): Promise<void> {
  await scope.tx
    .updateTable('imports')
    .set({
      rows_read: progress.rowsRead,
      added: progress.added,
      unchanged: progress.unchanged,
      rejected: progress.rejected,
      problems: JSON.stringify(progress.problems),
    })
    .where('business_id', '=', scope.business)
    .where('id', '=', id)
    .execute();
}

export async function finishImport(scope: Scope, id: string, state: 'done' | 'failed', rejected: Buffer | null): Promise<void> {
  await scope.tx
    .updateTable('imports')
    .set({ state, finished_at: scope.now.toString(), rejected_sha256: rejected })
    .where('business_id', '=', scope.business)
    .where('id', '=', id)
    .execute();
}

export async function selectImports(scope: Scope, question: Readonly<{ id?: string; before?: string; limit: number }>): Promise<ImportRow[]> {
  let query = scope.tx
    .selectFrom('imports')
    .select([...columns])
    .where('business_id', '=', scope.business)
    .orderBy('id', 'desc')
    .limit(question.limit);
  if (question.id !== undefined) query = query.where('id', '=', question.id);
  if (question.before !== undefined) query = query.where('id', '<', question.before);
  return (await query.execute()).map((row) => ({
    id: row.id,
    kind: row.kind as ImportRow['kind'],
    fileName: row.file_name,
    checkOnly: row.check_only,
    state: row.state as ImportRow['state'],
    rowsRead: row.rows_read,
    added: row.added,
    unchanged: row.unchanged,
    rejected: row.rejected,
    problems: row.problems as unknown as ImportRow['problems'],
    columns: row.columns as unknown as ImportRow['columns'],
    rejectedSha256: row.rejected_sha256?.toString('hex') ?? null,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  }));
}

export type KnownCustomer = Readonly<{ id: string; name: string; import_key: string | null }>;
export type KnownProperty = Readonly<{ id: string; customer_id: string; name: string; code: string; unit: string; street: string }>;

export async function selectKnownCustomers(scope: Scope): Promise<KnownCustomer[]> {
  return scope.tx
    .selectFrom('customers')
    .select(['id', 'name', 'import_key'])
    .where('business_id', '=', scope.business)
    .where('archived_at', 'is', null)
    .execute();
}

export async function selectKnownProperties(scope: Scope, customerIds: readonly string[]): Promise<KnownProperty[]> {
  if (customerIds.length === 0) return [];
  return scope.tx
    .selectFrom('properties')
    .select(['id', 'customer_id', 'name', 'code', 'unit', sql<string>`coalesce(address->>'street', '')`.as('street')])
    .where('business_id', '=', scope.business)
    .where('customer_id', '=', sql<string>`any(${[...customerIds]}::uuid[])`)
    .execute();
}

export async function selectKnownPeople(scope: Scope, ids: readonly string[]): Promise<Set<string>> {
  const rows = await scope.tx
    .selectFrom('people')
    .select('id')
    .where('business_id', '=', scope.business)
    .where('id', '=', sql<string>`any(${[...ids]}::uuid[])`)
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** Invoices already taken over, by the id a file gives them: whose and how much, to tell "again" from "another". */
export async function selectKnownInvoices(scope: Scope, ids: readonly string[]): Promise<Map<string, { customerId: string; issuedOn: string | null }>> {
  const rows = await scope.tx
    .selectFrom('invoice_standings')
    .select(['document_id', 'customer_id', 'issued_on'])
    .where('business_id', '=', scope.business)
    .where('document_id', '=', sql<string>`any(${[...ids]}::uuid[])`)
    .execute();
  return new Map(rows.map((row) => [row.document_id, { customerId: row.customer_id, issuedOn: row.issued_on }]));
}

export async function selectCurrency(scope: Scope): Promise<string> {
  return (await scope.tx.selectFrom('businesses').select('currency').where('id', '=', scope.business).executeTakeFirstOrThrow()).currency;
}

export async function selectHiddenHistory(scope: Scope, limit: number): Promise<string[]> {
  const rows = await scope.tx
    .selectFrom('invoice_standings')
    .select('document_id')
    .where('business_id', '=', scope.business)
    .where('imported', '=', true)
    .where('shown', '=', false)
    .where('state', '=', 'issued')
    .orderBy('document_id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.document_id);
}

export async function markHistoryShown(scope: Scope): Promise<void> {
  await scope.tx.updateTable('business_profiles').set({ history_shown_at: scope.now.toString() }).where('business_id', '=', scope.business).execute();
}
