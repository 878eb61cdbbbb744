import { readRecordCode, recordCode } from '../../../core/record-code.ts';
import type { Scope } from '../../../db/scope.ts';
import type { ApprovalKind } from '../approval.ts';
import { selectChecked } from './queries.ts';

/**
 * What is said of a record somebody holds. `valid`: ours, unchanged, and it stands; `withdrawn`: ours, taken back later; `superseded`: ours, and a
 * later decision on the same paper stands; `broken`: our own copy no longer fits its fingerprint; `unknown`: none of ours.
 */
export type RecordState = 'valid' | 'withdrawn' | 'superseded' | 'broken' | 'unknown';

/** Of a known record: no more than whoever holds it reads on it. Amounts in minor units. */
export type CheckedRecord = Readonly<{
  state: Exclude<RecordState, 'unknown'>;
  id: string;
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
  /** Set where the approval was taken back. */
  withdrawnAt: string | null;
  code: string;
}>;

/** By the code as it was typed. Null: unknown, also when it is only nearly right. */
export async function byCode(scope: Scope, typed: string): Promise<CheckedRecord | null> {
  const code = readRecordCode(typed);
  if (code === null) return null;
  const found = await selectChecked(scope, { seq: code.seq });
  return found?.hash.startsWith(code.start) ? checkedOf(found) : null;
}

/** By the id of the approval, which the bytes of its record name. */
export async function byId(scope: Scope, id: string): Promise<CheckedRecord | null> {
  const found = await selectChecked(scope, { id });
  return found ? checkedOf(found) : null;
}

type Found = NonNullable<Awaited<ReturnType<typeof selectChecked>>>;

function checkedOf({ hash, seq, whole, stands, ...record }: Found): CheckedRecord {
  const state = !whole ? 'broken' : record.withdrawnAt !== null ? 'withdrawn' : stands ? 'valid' : 'superseded';
  return { ...record, state, code: recordCode(seq, hash) };
}
