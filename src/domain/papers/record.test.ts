import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Books, makeBooks, oneOf } from '../../../test/books.ts';
import { testDatabase } from '../../../test/db.ts';
import { paperText } from '../../../test/paper-text.ts';
import { recordCode } from '../../core/record-code.ts';
import { drawings } from '../../outgoing/pdf/press.ts';
import { pdfTemplates } from '../../outgoing/pdf/templates.ts';
import { startPdfRenderer } from '../../outside/pdf/renderer.ts';
import { localFileStore } from '../../outside/storage/file-store.ts';
import { drawRecordTask } from '../../tasks/draw-record.ts';
import { approveEstimate, declineEstimate, readApproval, undoApproval } from '../approvals/approvals.ts';
import { createDraft, extendEstimate, issueEstimate } from '../estimates/estimates.ts';
import { checkCode, checkFile } from './checking.ts';
import { documentPaper } from './papers.ts';
import { type RecordPress, recordPaper } from './record.ts';

const database = testDatabase();
const folder = mkdtempSync(join(tmpdir(), 'record-'));
const renderer = startPdfRenderer(pdfTemplates);
const appUrl = 'http://localhost:3000';
let books: Books;
let press: RecordPress;

beforeAll(async () => {
  books = await makeBooks(database().database);
  press = { database: database().database, files: localFileStore(folder), pdf: renderer, ...drawings(appUrl) };
  await books.office(({ tx }) => sql`update grants set can_manage = true where business_id = ${books.business} and person_id = ${books.person}`.execute(tx));
});
afterAll(async () => {
  await renderer.close();
  rmSync(folder, { recursive: true, force: true });
});

const untaxed = (amountMinor: number, more: object = {}) => oneOf(amountMinor, { taxRateId: null, ...more });
const by = { personId: '', identifiedBy: 'session', typedName: 'Dana Whitlock', acceptTerms: true, address: '203.0.113.7', browser: 'Firefox' } as const;

async function issued(): Promise<string> {
  const lines = [untaxed(431_000, { name: 'Kitchen' }), untaxed(20_000, { name: 'Disposal', choice: { kind: 'optional', chosen: false } })];
  const draft = await books.office((scope) =>
    createDraft(scope, { customerId: books.customer, lines, terms: 'Half on start.', deposit: { kind: 'percent', ratePpm: 500_000n } }),
  );
  await books.office((scope) => issueEstimate(scope, draft.id, { show: true }));
  return draft.id;
}
const approved = async (documentId: string) => {
  const signed = { ...by, documentId, personId: books.person, totalMinor: 431_000n };
  const { approvalId } = await books.portal({ customers: [books.customer] }, (scope) => approveEstimate(scope, signed));
  return books.system((scope) => readApproval(scope, approvalId));
};
const bytesOf = async (id: string) => (await recordPaper(press, books.business, id, null))?.bytes ?? new Uint8Array();
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The files inside a PDF, unpacked. */
function filesIn(pdf: Uint8Array): Buffer[] {
  const bytes = Buffer.from(pdf);
  const found: Buffer[] = [];
  for (let at = bytes.indexOf('/EmbeddedFile\n'); at >= 0; at = bytes.indexOf('/EmbeddedFile\n', at + 1)) {
    const start = bytes.indexOf('stream\n', at) + 'stream\n'.length;
    found.push(inflateSync(bytes.subarray(start, bytes.indexOf('\nendstream', start))));
  }
  return found;
}

describe('the signed record of an approval', () => {
  it('F7 holds what was sent byte for byte, and its last page names who signed, what, how known, and the SHA-256 of all of it', async () => {
    const id = await issued();
    const approval = await approved(id);
    const original = (await documentPaper(press, books.business, id)) ?? new Uint8Array();
    const bytes = await bytesOf(approval.id);
    expect(filesIn(bytes).map(sha256)).toEqual([sha256(original)]);
    const text = (await paperText(bytes)).replaceAll(/\s+/g, ' ');
    const squeezed = text.replaceAll(' ', '');
    for (const words of [
      'Record of approval',
      'Dana Whitlock approved',
      '$4,310.00',
      'Kitchen',
      'Half on start.',
      '203.0.113.7',
      'Firefox',
      'Deposit when you approve $2,155.00',
    ])
      expect(text).toContain(words);
    for (const print of [sha256(original), approval.hash, approval.factsSha256, approval.termsSha256]) expect(squeezed).toContain(print);
    expect(squeezed).toContain(recordCode(approval.seq, approval.hash));
  });

  it('F7 J2 D2 is drawn once, however many ask, and stays the same when look, terms or the last day change', async () => {
    const id = await issued();
    const approval = await approved(id);
    const task = drawRecordTask({ database: database().database, files: press.files, renderer, appUrl });
    const input = { businessId: books.business, approvalId: approval.id };
    const [first] = await Promise.all([bytesOf(approval.id), task(input), task(input)]);
    await books.office(({ tx }) =>
      sql`update business_profiles set brand_color = '#ff0000', estimate_terms = 'Other terms' where business_id = ${books.business}`.execute(tx),
    );
    expect(sha256(await bytesOf(approval.id))).toBe(sha256(first));
    const { rows } = await books.office(({ tx }) =>
      sql`select 1 from file_refs where business_id = ${books.business} and document_id = ${id} and purpose = 'record'`.execute(tx),
    );
    expect(rows).toHaveLength(1);
  });

  it('the paper says the last day it was issued with, also when it was drawn after the day was moved', async () => {
    const id = await issued();
    const before = await documentPaper(press, books.business, id);
    const other = await issued();
    await books.office((scope) => extendEstimate(scope, { documentId: other, validUntil: '2027-06-30' }));
    const text = await paperText((await documentPaper(press, books.business, other)) ?? new Uint8Array());
    expect([before === null, text.includes('Jun 30, 2027')]).toEqual([false, false]);
  });

  it('there is none of a refusal, of another document, or in another business', async () => {
    const id = await issued();
    const declined = await books.portal({ customers: [books.customer] }, (scope) => declineEstimate(scope, { ...by, documentId: id, personId: books.person }));
    const approval = await approved(await issued());
    const other = await makeBooks(database().database);
    for (const asked of [
      () => recordPaper(press, books.business, declined.approvalId, null),
      () => recordPaper(press, books.business, approval.id, id),
      () => recordPaper(press, other.business, approval.id, null),
    ])
      await expect(asked()).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('whoever holds a record', () => {
  const check = (code: string, business = books.business) => checkCode(database().database, business, code);
  const checkBytes = (bytes: Uint8Array) => checkFile(database().database, books.business, bytes);

  it('is told that it is valid, by its code however typed or by the file, and no more than stands on it', async () => {
    const approval = await approved(await issued());
    const code = recordCode(approval.seq, approval.hash);
    const told = await check(code.toLowerCase().replaceAll('-', ' '));
    expect(told).toMatchObject({ state: 'valid', number: approval.number, totalMinor: 431_000n, typedName: 'Dana Whitlock', code });
    expect(await checkBytes(await bytesOf(approval.id))).toEqual(told);
  });

  it('is told that it was altered, whatever was changed in the file', async () => {
    const approval = await approved(await issued());
    const bytes = Buffer.from(await bytesOf(approval.id));
    bytes[bytes.length - 40] = (bytes[bytes.length - 40] ?? 0) ^ 1;
    expect(await checkBytes(bytes)).toEqual({ state: 'altered' });
  });

  it('is told that the approval was withdrawn, and of the next one that it stands', async () => {
    const id = await issued();
    const first = await approved(id);
    await books.portal({ customers: [books.customer] }, (scope) => undoApproval(scope, { ...by, documentId: id, personId: books.person }));
    const second = await approved(id);
    expect(await check(recordCode(first.seq, first.hash))).toMatchObject({ state: 'withdrawn', withdrawnAt: expect.stringMatching(/^\d{4}-/) });
    expect(await check(recordCode(second.seq, second.hash))).toMatchObject({ state: 'valid' });
    expect(await checkBytes(await bytesOf(first.id))).toMatchObject({ state: 'withdrawn' });
  });

  it('T10 learns nothing from a code that is nearly right, of another business, or from any other file', async () => {
    const approval = await approved(await issued());
    const code = recordCode(approval.seq, approval.hash);
    const other = await makeBooks(database().database);
    const wrong = code.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    for (const told of [await check(wrong), await check(code, other.business), await check('nothing'), await checkBytes(Buffer.from('%PDF-1.7 hello'))])
      expect(told).toEqual({ state: 'unknown' });
    const invoicePdf = (await documentPaper(press, books.business, approval.documentId)) ?? new Uint8Array();
    expect(await checkBytes(invoicePdf)).toEqual({ state: 'unknown' });
  });
});
