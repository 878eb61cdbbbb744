import { createHash } from 'node:crypto';
import { markIn } from '../../core/record-code.ts';
import type { Database } from '../../db/pool.ts';
import { inTransaction, type Scope, systemActor } from '../../db/scope.ts';
import { type CheckedRecord, checkRecord, checkRecordOf } from '../approvals/approvals.ts';
import { selectByRecord } from './queries.ts';

/** `altered`: a file that says it is a record of ours, and is not the one we keep. */
export type Checked = CheckedRecord | Readonly<{ state: 'altered' | 'unknown' }>;

/** What a code is the code of. Whoever has it holds the record, so nothing more than stands there is said. */
export function checkCode(database: Database, business: string, code: string): Promise<Checked> {
  return looking(database, business, async (scope) => (await checkRecord(scope, code)) ?? { state: 'unknown' });
}

/** What a file is: one of ours byte for byte, one that was, or nothing of ours. */
export function checkFile(database: Database, business: string, bytes: Uint8Array): Promise<Checked> {
  return looking(database, business, async (scope) => {
    const ours = await selectByRecord(scope, createHash('sha256').update(bytes).digest('hex'));
    if (ours !== null) return (await checkRecordOf(scope, ours)) ?? { state: 'unknown' };
    const code = markIn(bytes);
    return code !== null && (await checkRecord(scope, code)) !== null ? { state: 'altered' } : { state: 'unknown' };
  });
}

function looking(database: Database, business: string, look: (scope: Scope) => Promise<Checked>): Promise<Checked> {
  return inTransaction(database, { role: 'system', business, actor: systemActor }, look);
}
