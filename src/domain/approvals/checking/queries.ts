import { sql } from 'kysely';
import type { Scope } from '../../../db/scope.ts';
import type { ApprovalKind } from '../approval.ts';

export type CheckedRow = Readonly<{
  id: string;
  seq: bigint;
  hash: string;
  kind: ApprovalKind;
  number: string;
  revision: number;
  typedName: string;
  /** Who approved first of two; '' with one. */
  firstName: string;
  totalMinor: bigint;
  currency: string;
  at: string;
  timeZone: string;
  withdrawnAt: string | null;
  /** Its facts and its hash still fit. */
  whole: boolean;
  /** Nothing was decided on the same paper after it. */
  stands: boolean;
}>;

/** One record by its number or its id, with what became of it. */
export async function selectChecked(scope: Scope, by: Readonly<{ seq: bigint } | { id: string }>): Promise<CheckedRow | undefined> {
  const b = scope.business;
  const which = 'seq' in by ? sql`a.seq = ${by.seq}` : sql`a.id = ${by.id}`;
  const { rows } = await sql<CheckedRow>`select a.id, a.seq, encode(a.hash, 'hex') as hash, a.kind, a.number, a.revision, a.typed_name as "typedName",
      coalesce(a.further -> 'first' ->> 'typedName', '') as "firstName",
      a.total_minor as "totalMinor", a.currency, a.at, a.time_zone as "timeZone",
      (select min(w.at) from approvals w where w.business_id = ${b} and w.document_id = a.document_id and w.undoes = a.id) as "withdrawnAt",
      approval_is_whole(${b}, a.seq) as whole,
      not exists (select from approvals l where l.business_id = ${b} and l.document_id = a.document_id and l.seq > a.seq) as stands
    from approvals a where a.business_id = ${b} and ${which}`.execute(scope.tx);
  return rows[0];
}
