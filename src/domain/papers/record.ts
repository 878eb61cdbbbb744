import { createHash } from 'node:crypto';
import { formatDay, formatTime, todayIn } from '../../core/calendar.ts';
import type { PdfRequest } from '../../core/gateways.ts';
import type { Locale } from '../../core/locale.ts';
import { recordCode } from '../../core/record-code.ts';
import { Refusal } from '../../core/refusal.ts';
import { inTransaction, type Scope, systemActor } from '../../db/scope.ts';
import type { EstimateFacts } from '../../outgoing/estimate-facts.ts';
import type { RecordFacts } from '../../outgoing/record-facts.ts';
import type { Evidence } from '../approvals/approval.ts';
import { readApproval } from '../approvals/approvals.ts';
import { readEstimate } from '../estimates/estimates.ts';
import { parseStored } from '../invoices/stored.ts';
import { documentPaper, letterheadOf, type Press, type Sheet } from './papers.ts';
import { insertRecord, selectRecord } from './queries.ts';

export type RecordPress = Press & Readonly<{ drawRecord: (facts: RecordFacts, sheet: Sheet, original: Uint8Array) => PdfRequest }>;

type Record = Readonly<{ bytes: Uint8Array; name: string }>;

/**
 * The signed record of an approval: the pages as they were sent, how it was signed on the last, the original inside byte for byte. The same bytes
 * for ever, as documents are. Null when the renderer fails or its file is away. Refuses `not_found`, also for a record that is no approval, or of another document than `of`.
 */
export async function recordPaper(press: RecordPress, business: string, approvalId: string, of: string | null): Promise<Record | null> {
  const as = { role: 'system', business, actor: systemActor } as const;
  const { approval, estimate, stored } = await inTransaction(press.database, as, async (scope) => {
    const found = await approvedOf(scope, approvalId, of);
    return { approval: found, estimate: (await readEstimate(scope, found.documentId)).facts, stored: await selectRecord(scope, approvalId) };
  });
  const name = `${approval.number}${approval.revision > 1 ? `-R${approval.revision}` : ''}-record-${approval.seq}.pdf`;
  if (stored !== null) return named(await press.files.get(business, stored), name);
  const original = await documentPaper(press, business, approval.documentId);
  if (original === null) return null;
  const facts = factsOf(approval, estimate, createHash('sha256').update(original).digest('hex'));
  const made = await press.pdf.render(press.drawRecord(facts, await letterheadOf(press, business), original));
  if (made.kind === 'failed') return null;
  const { sha256, size } = await press.files.put(business, made.bytes);
  const kept = await inTransaction(press.database, as, async (scope) => {
    await insertRecord(scope, { approvalId, documentId: approval.documentId, sha256, bytes: size, name });
    return (await selectRecord(scope, approvalId)) ?? sha256;
  });
  return named(kept === sha256 ? made.bytes : await press.files.get(business, kept), name);
}

const named = (bytes: Uint8Array | null, name: string): Record | null => bytes && { bytes, name };

async function approvedOf(scope: Scope, id: string, of: string | null): Promise<Evidence> {
  const found = await readApproval(scope, id);
  if (found.kind !== 'approved' || (of !== null && found.documentId !== of)) throw new Refusal('not_found');
  return found;
}

const momentOf = (at: string, timeZone: string, language: Locale): string =>
  `${formatDay(todayIn(timeZone, at), language)}, ${formatTime(at, timeZone, language)} (${timeZone})`;

function factsOf(approval: Evidence, estimate: EstimateFacts, originalSha256: string): RecordFacts {
  const { language } = estimate.document;
  const signedOn = todayIn(approval.timeZone, approval.at);
  const { chosen } = parseStored<Pick<RecordFacts, 'chosen'>>(approval.facts);
  return {
    estimate,
    chosen,
    approval,
    code: recordCode(approval.seq, approval.hash),
    signedOn,
    signedAt: momentOf(approval.at, approval.timeZone, language),
    firstAt: approval.further.first ? momentOf(approval.further.first.at, approval.timeZone, language) : '',
    originalSha256,
  };
}
