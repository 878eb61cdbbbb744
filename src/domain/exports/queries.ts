import type { Scope } from '../../db/scope.ts';
import type { ExportRow } from './export.ts';

const columns = [
  ...(['id', 'kind', 'from_on', 'to_on', 'customer_id', 'state', 'rows_done', 'rows_total', 'file_name', 'content_type'] as const),
  ...(['sha256', 'bytes', 'asked_by', 'asked_at', 'finished_at', 'ends_at'] as const),
] as const;

export async function insertExport(
  scope: Scope,
  row: Pick<ExportRow, 'id' | 'kind' | 'fromOn' | 'toOn' | 'customerId' | 'fileName' | 'contentType' | 'askedBy'>,
): Promise<void> {
  await scope.tx
    .insertInto('exports')
    .values({
      business_id: scope.business,
      id: row.id,
      kind: row.kind,
      from_on: row.fromOn,
      to_on: row.toOn,
      customer_id: row.customerId,
      state: 'waiting',
      file_name: row.fileName,
      content_type: row.contentType,
      asked_by: row.askedBy,
      asked_at: scope.now.toString(),
    })
    .execute();
}

export async function selectExports(scope: Scope, question: Readonly<{ id?: string; before?: string; limit: number }>): Promise<ExportRow[]> {
  let query = scope.tx
    .selectFrom('exports')
    .select([...columns])
    .where('business_id', '=', scope.business)
    .orderBy('id', 'desc')
    .limit(question.limit);
  if (question.id !== undefined) query = query.where('id', '=', question.id);
  if (question.before !== undefined) query = query.where('id', '<', question.before);
  return (await query.execute()).map((row) => ({
    id: row.id,
    kind: row.kind as ExportRow['kind'],
    fromOn: row.from_on,
    toOn: row.to_on,
    customerId: row.customer_id,
    state: row.state as ExportRow['state'],
    rowsDone: row.rows_done,
    rowsTotal: row.rows_total,
    fileName: row.file_name,
    contentType: row.content_type as ExportRow['contentType'],
    sha256: row.sha256?.toString('hex') ?? null,
    bytes: row.bytes,
    askedBy: row.asked_by,
    askedAt: row.asked_at,
    finishedAt: row.finished_at,
    endsAt: row.ends_at,
  }));
}

/** False: it is done, or its file has gone meanwhile. */
export async function markRunning(scope: Scope, id: string): Promise<boolean> {
  const { numUpdatedRows } = await scope.tx
    .updateTable('exports')
    .set({ state: 'running', rows_done: 0n })
    .where('business_id', '=', scope.business)
    .where('id', '=', id)
    .where('state', 'in', ['waiting', 'running', 'failed'])
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function updateProgress(scope: Scope, id: string, rowsDone: bigint, rowsTotal: bigint | null): Promise<void> {
  await scope.tx
    .updateTable('exports')
    .set({ rows_done: rowsDone, rows_total: rowsTotal })
    .where('business_id', '=', scope.business)
    .where('id', '=', id)
    .where('state', '=', 'running')
    .execute();
}

export async function markFailed(scope: Scope, id: string): Promise<void> {
  await scope.tx
    .updateTable('exports')
    .set({ state: 'failed', finished_at: scope.now.toString() })
    .where('business_id', '=', scope.business)
    .where('id', '=', id)
    .where('state', '=', 'running')
    .execute();
}

/** False: another run of the same task was first. */
export async function markDone(scope: Scope, id: string, file: Readonly<{ sha256: string; bytes: bigint; rows: bigint; endsAt: string }>): Promise<boolean> {
  const { numUpdatedRows } = await scope.tx
    .updateTable('exports')
    .set({
      state: 'done',
      sha256: Buffer.from(file.sha256, 'hex'),
      bytes: file.bytes,
      rows_done: file.rows,
      rows_total: file.rows,
      finished_at: scope.now.toString(),
      ends_at: file.endsAt,
    })
    .where('business_id', '=', scope.business)
    .where('id', '=', id)
    .where('state', '=', 'running')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Ends what was kept long enough; answers the hashes nobody else names, so that their bytes can go. */
export async function endExports(scope: Scope): Promise<string[]> {
  const ended = await scope.tx
    .selectFrom('exports')
    .select(['id', 'sha256'])
    .where('business_id', '=', scope.business)
    .where('state', '=', 'done')
    .where('ends_at', '<=', scope.now.toString())
    .forUpdate()
    .execute();
  if (ended.length === 0) return [];
  await scope.tx
    .updateTable('exports')
    .set({ state: 'ended', sha256: null })
    .where('business_id', '=', scope.business)
    .where(
      'id',
      'in',
      ended.map(({ id }) => id),
    )
    .execute();
  const gone: string[] = [];
  for (const { sha256 } of ended) if (sha256 !== null && !(await isNamed(scope, sha256))) gone.push(sha256.toString('hex'));
  return gone;
}

/** Files are kept by what is in them: the same bytes may be somebody else's too. */
export async function isNamed(scope: Scope, sha256: Buffer): Promise<boolean> {
  const file = await scope.tx.selectFrom('files').select('sha256').where('business_id', '=', scope.business).where('sha256', '=', sha256).executeTakeFirst();
  const other = await scope.tx
    .selectFrom('exports')
    .select('id')
    .where('business_id', '=', scope.business)
    .where('sha256', '=', sha256)
    .where('state', '=', 'done')
    .limit(1)
    .executeTakeFirst();
  return file !== undefined || other !== undefined;
}

export async function selectHouse(scope: Scope): Promise<{ timeZone: string; slug: string }> {
  const row = await scope.tx.selectFrom('businesses').select(['time_zone', 'slug']).where('id', '=', scope.business).executeTakeFirstOrThrow();
  return { timeZone: row.time_zone, slug: row.slug };
}

export async function selectCustomerName(scope: Scope, id: string): Promise<string | undefined> {
  const row = await scope.tx.selectFrom('customers').select('name').where('business_id', '=', scope.business).where('id', '=', id).executeTakeFirst();
  return row?.name;
}
