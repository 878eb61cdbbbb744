import { type RawBuilder, sql } from 'kysely';
import type { Actor, Scope } from '../../db/scope.ts';
import type { Problem } from './cells.ts';
import type { Mapping } from './columns.ts';
import type { ImportKind } from './meanings.ts';
import type { Reading } from './reading.ts';

export {
  type KnownCustomer,
  type KnownProperty,
  selectKnownCustomers,
  selectKnownInvoices,
  selectKnownPeople,
  selectKnownProperties,
} from './known/queries.ts';

export type ImportState = 'waiting' | 'running' | 'checked' | 'done' | 'failed' | 'canceled' | 'undone';
export type ImportStep = 'check' | 'import' | 'undo';

/** One import as it stands. Counts are rows of the file. */
export type ImportRow = Readonly<{
  id: string;
  version: number;
  kind: ImportKind;
  fileName: string;
  checkOnly: boolean;
  state: ImportState;
  step: ImportStep;
  /** null: nothing was uploaded. */
  fileSha256: string | null;
  fileBytes: number;
  template: string | null;
  header: readonly string[];
  mapping: Mapping;
  reading: Reading;
  guessed: Reading;
  rowsTotal: number | null;
  rowsRead: number;
  added: number;
  unchanged: number;
  rejected: number;
  leftOut: number;
  edits: number;
  cancelAsked: boolean;
  failure: string;
  actor: Actor;
  startedAt: string;
  finishedAt: string | null;
}>;

const columns: RawBuilder<unknown> = sql`i.id, i.version, i.kind, i.file_name as "fileName", i.check_only as "checkOnly", i.state, i.step,
  encode(i.file_sha256, 'hex') as "fileSha256", i.file_bytes::int as "fileBytes", i.template, i.header, i.mapping, i.reading, i.guessed, i.rows_total as "rowsTotal",
  i.rows_read as "rowsRead", i.added, i.unchanged, i.rejected, i.left_out as "leftOut", i.cancel_asked as "cancelAsked", i.failure, i.actor,
  i.started_at as "startedAt", i.finished_at as "finishedAt"`;

export async function selectImports(scope: Scope, question: Readonly<{ id?: string; before?: string; limit: number; lock?: boolean }>): Promise<ImportRow[]> {
  const b = scope.business;
  const { rows } = await sql<ImportRow>`select ${columns},
      (select count(*)::int from import_edits e where e.business_id = ${b} and e.import_id = i.id) as edits
    from imports i where i.business_id = ${b}
      ${question.id === undefined ? sql`` : sql`and i.id = ${question.id}`}
      ${question.before === undefined ? sql`` : sql`and i.id < ${question.before}`}
    order by i.id desc limit ${question.limit} ${question.lock ? sql`for no key update of i` : sql``}`.execute(scope.tx);
  return rows;
}

export type NewImport = Readonly<{
  id: string;
  kind: ImportKind;
  fileName: string;
  state: ImportState;
  step: ImportStep;
  fileSha256: string | null;
  fileBytes: number;
  template: string | null;
  header: readonly string[];
  mapping: Mapping;
  reading: Reading;
  guessed: Reading;
}>;

export async function insertImport(scope: Scope, row: NewImport): Promise<void> {
  const now = scope.now.toString();
  const { fileSha256, header, mapping, reading, guessed } = row;
  const sha256 = fileSha256 === null ? null : Buffer.from(fileSha256, 'hex');
  if (sha256 !== null) {
    await sql`insert into files (business_id, sha256, bytes, mime, created_at) values (${scope.business}, ${sha256}, ${row.fileBytes}, 'text/csv', ${now})
      on conflict do nothing`.execute(scope.tx);
    await sql`insert into file_refs (business_id, id, sha256, purpose, name, created_at)
      values (${scope.business}, ${row.id}, ${sha256}, 'import', ${row.fileName}, ${now})`.execute(scope.tx);
  }
  await scope.tx
    .insertInto('imports')
    .values({
      business_id: scope.business,
      id: row.id,
      kind: row.kind,
      file_name: row.fileName,
      check_only: row.step === 'check',
      state: row.state,
      step: row.step,
      file_sha256: sha256,
      file_bytes: BigInt(row.fileBytes),
      template: row.template,
      ...jsonOf({ header, mapping, reading, guessed }),
      actor: JSON.stringify(scope.actor),
      started_at: now,
      moved_at: now,
    })
    .execute();
}

type Jsons = Partial<Pick<ImportRow, 'header' | 'mapping' | 'reading' | 'guessed'>>;
const jsonOf = (parts: Jsons): Record<string, string> => Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, JSON.stringify(part)]));

export type ImportChanges = Partial<
  Pick<
    ImportRow,
    'kind' | 'state' | 'step' | 'checkOnly' | 'cancelAsked' | 'failure' | 'mapping' | 'reading' | 'rowsTotal' | 'finishedAt' | 'template' | 'header' | 'guessed'
  > & { actor: Actor }
>;

/** What changes, and a sign of life. `version` is counted up for what somebody chose. */
export async function updateImport(scope: Scope, id: string, changes: ImportChanges, chosen = false): Promise<void> {
  const { kind, state, step, checkOnly, cancelAsked, failure, mapping, reading, rowsTotal, finishedAt, template, header, guessed, actor } = changes;
  const set = Object.fromEntries(
    Object.entries({
      kind,
      state,
      step,
      failure,
      template,
      check_only: checkOnly,
      cancel_asked: cancelAsked,
      rows_total: rowsTotal,
      finished_at: finishedAt,
      actor: actor && JSON.stringify(actor),
      header: header && JSON.stringify(header),
      guessed: guessed && JSON.stringify(guessed),
      mapping: mapping && JSON.stringify(mapping),
      reading: reading && JSON.stringify(reading),
    }).filter(([, value]) => value !== undefined),
  );
  await scope.tx
    .updateTable('imports')
    .set((of) => ({ ...set, moved_at: scope.now.toString(), version: of('version', '+', chosen ? 1 : 0) }))
    .where('business_id', '=', scope.business)
    .where('id', '=', id)
    .execute();
}

export type Counts = Pick<ImportRow, 'rowsRead' | 'added' | 'unchanged' | 'rejected' | 'leftOut'>;

/** The rows of one part are done: counted, and their problems written down, in the transaction that brought them in. */
export async function advance(scope: Scope, id: string, counts: Counts, problems: readonly Problem[]): Promise<void> {
  if (problems.length > 0)
    await sql`insert into import_problems (business_id, import_id, row, position, code, place, value, keeps)
      select ${scope.business}::uuid, ${id}::uuid, r.row, r.position, r.code, r."column", r.value, r.keeps
      from json_to_recordset(${JSON.stringify(problems)}::json) r (row integer, position integer, code text, "column" text, value text, keeps boolean)
      on conflict do nothing`.execute(scope.tx);
  await sql`update imports set rows_read = rows_read + ${counts.rowsRead}, added = added + ${counts.added}, unchanged = unchanged + ${counts.unchanged},
      rejected = rejected + ${counts.rejected}, left_out = left_out + ${counts.leftOut}, moved_at = ${scope.now.toString()}
    where business_id = ${scope.business} and id = ${id}`.execute(scope.tx);
}

/** Before a file is gone through once more: nothing was read, nothing is wrong. */
export async function resetProgress(scope: Scope, id: string): Promise<void> {
  await scope.tx.deleteFrom('import_problems').where('business_id', '=', scope.business).where('import_id', '=', id).execute();
  await scope.tx
    .updateTable('imports')
    .set({ rows_read: 0, added: 0, unchanged: 0, rejected: 0, left_out: 0, failure: '', cancel_asked: false, finished_at: null })
    .where('business_id', '=', scope.business)
    .where('id', '=', id)
    .execute();
}

/** Whether a file is being brought in or taken back right now: one at a time in a business. */
export async function isWriting(scope: Scope): Promise<boolean> {
  const rows = await scope.tx
    .selectFrom('imports')
    .select('id')
    .where('business_id', '=', scope.business)
    .where('state', '=', 'running')
    .where('step', '<>', 'check')
    .limit(1)
    .execute();
  return rows.length > 0;
}

/** What one customer's account was opened with. */
export type OpeningRow = Readonly<{
  importId: string;
  kind: 'opening' | 'credit';
  documentId: string | null;
  number: string | null;
  amountMinor: bigint;
  balanceMinor: bigint;
  currency: string;
  asOf: string;
}>;

export async function selectOpenings(scope: Scope, customerId: string): Promise<OpeningRow[]> {
  const b = scope.business;
  const { rows } = await sql<OpeningRow>`
    select t.import_id as "importId", t.kind, s.document_id as "documentId", s.number, coalesce(s.total_minor, l.amount_minor) as "amountMinor",
      coalesce(s.balance_minor, 0) as "balanceMinor", coalesce(s.currency, l.currency) as currency, coalesce(s.issued_on, l.effective_on) as "asOf"
    from imported_things t
    left join invoice_standings s on s.business_id = ${b} and s.document_id = t.thing_id
    left join ledger l on t.kind = 'credit' and l.business_id = ${b} and l.customer_id = t.customer_id and l.act_id = t.thing_id
    where t.business_id = ${b} and t.customer_id = ${customerId} and t.kind in ('opening', 'credit') order by 8, 2 limit 100`.execute(scope.tx);
  return rows;
}

/** Imports that say they run while nobody has moved them on since. */
export async function selectStalled(scope: Scope, since: string): Promise<string[]> {
  const rows = await scope.tx
    .selectFrom('imports')
    .select('id')
    .where('business_id', '=', scope.business)
    .where('state', '=', 'running')
    .where('moved_at', '<', since)
    .execute();
  return rows.map((row) => row.id);
}

export type StoredProblem = Problem & Readonly<{ edited: boolean }>;

export async function selectProblems(
  scope: Scope,
  id: string,
  question: Readonly<{ after: readonly string[] | null; limit: number; code?: string | undefined; except?: string | undefined; keeps?: boolean | undefined }>,
): Promise<StoredProblem[]> {
  const b = scope.business;
  const { after, limit, code, except, keeps } = question;
  const { rows } = await sql<StoredProblem>`select p.row, p.position, p.code, p.place as "column", p.value, p.keeps,
      exists (select from import_edits e where e.business_id = ${b} and e.import_id = ${id} and e.row = p.row and e.position = p.position) as edited
    from import_problems p where p.business_id = ${b} and p.import_id = ${id}
      ${code === undefined ? sql`` : sql`and p.code = ${code}`} ${except === undefined ? sql`` : sql`and p.code <> ${except}`} ${keeps === undefined ? sql`` : sql`and p.keeps = ${keeps}`}
      ${after === null ? sql`` : sql`and (p.row, p.position, p.code) > (${after[0]}::int, ${after[1]}::int, ${after[2]})`}
    order by p.row, p.position, p.code limit ${limit}`.execute(scope.tx);
  return rows;
}

export type ProblemCount = Readonly<{ code: string; column: string; position: number; keeps: boolean; count: number }>;

export async function countProblems(scope: Scope, id: string): Promise<ProblemCount[]> {
  const { rows } = await sql<ProblemCount>`select p.code, p.place as "column", p.position, p.keeps, count(*)::int as count
    from import_problems p where p.business_id = ${scope.business} and p.import_id = ${id} group by 1, 2, 3, 4 order by 4, 5 desc limit 50`.execute(scope.tx);
  return rows;
}

export async function selectItemNames(scope: Scope): Promise<string[]> {
  const rows = await scope.tx
    .selectFrom('items')
    .select('name')
    .where('business_id', '=', scope.business)
    .where('archived_at', 'is', null)
    .where('undone_at', 'is', null)
    .execute();
  return rows.map((row) => row.name);
}

export async function selectHouse(scope: Scope): Promise<{ currency: string; timeZone: string }> {
  const row = await scope.tx.selectFrom('businesses').select(['currency', 'time_zone']).where('id', '=', scope.business).executeTakeFirstOrThrow();
  return { currency: row.currency, timeZone: row.time_zone };
}
