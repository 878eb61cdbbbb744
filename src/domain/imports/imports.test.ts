import { createReadStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Books, makeBooks } from '../../../test/books.ts';
import { testDatabase } from '../../../test/db.ts';
import type { FileStore } from '../../core/gateways.ts';
import { type Scope, systemActor } from '../../db/scope.ts';
import { localFileStore } from '../../outside/storage/file-store.ts';
import { verifyBooks } from '../ledger/ledger.ts';
import { showHistory } from './history.ts';
import { type ImportKind, type ImportRow, listProblems, rejectedFile, runImport, type StoredProblem } from './imports.ts';

const test = testDatabase();
const samples = join(import.meta.dirname, '../../../test/samples');
const folder = mkdtempSync(join(tmpdir(), 'imports-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let books: Books;
let files: FileStore;
beforeAll(async () => {
  books = await makeBooks(test().database);
  files = localFileStore(folder);
});

async function* bytesOf(text: string | Buffer, size = 1 << 16): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

type Ran = ImportRow & { problems: StoredProblem[] };

async function run(kind: ImportKind, source: AsyncIterable<Uint8Array>, checkOnly = false): Promise<Ran> {
  const order = { business: books.business, actor: systemActor, kind, fileName: `${kind}.csv`, mode: checkOnly ? 'check' : 'import', source } as const;
  const result = await runImport({ database: test().database, files }, order);
  return { ...result, problems: (await books.system((scope) => listProblems(scope, result.id, { limit: 1000 }))).items };
}

async function rejectedOf(result: ImportRow): Promise<string> {
  const pieces = [];
  for await (const piece of rejectedFile({ files, inScope: books.system }, books.business, result)) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}

const csv = (kind: ImportKind, text: string | Buffer): Promise<Ran> => run(kind, bytesOf(text));
const sample = (kind: ImportKind, checkOnly = false): Promise<Ran> => run(kind, createReadStream(join(samples, `${kind}.csv`)), checkOnly);

function count(what: string): Promise<number> {
  return books.system(async ({ tx }: Scope) => {
    const { rows } = await sql<{ n: bigint }>`select count(*) as n from ${sql.raw(what)}`.execute(tx);
    return Number(rows[0]?.n ?? 0);
  });
}

const problemsOf = (result: Ran): string[] => result.problems.map(({ row, column, code }) => `${row} ${column} ${code}`);

describe('the two files a real business has', { timeout: 120_000 }, () => {
  it('I10 judges without adding anything when only asked to check', async () => {
    const before = await count('customers');
    const checked = await sample('customers', true);
    expect(checked).toMatchObject({ state: 'checked', checkOnly: true, rowsRead: 599, rejected: 2 });
    expect(await count('customers')).toBe(before);
  });

  it('takes customers with their contacts and properties, and tells every bad cell by row and column', async () => {
    const before = await count('customers');
    const result = await sample('customers');
    expect(result.state).toBe('done');
    expect(result.rowsRead).toBe(result.added + result.unchanged + result.rejected);
    expect(await count('customers')).toBeGreaterThan(before + 280);
    expect(problemsOf(result)).toMatchInlineSnapshot(`
      [
        "59 Display Name import_same_name",
        "71 Display Name import_same_name",
        "72 Display Name import_same_name",
        "91 Display Name import_same_name",
        "98 Display Name import_same_name",
        "110 Display Name import_same_name",
        "117 Email email_invalid",
        "143 Email email_invalid",
        "148 Display Name import_same_name",
        "186 Display Name import_same_name",
        "192 Display Name import_same_name",
        "239 Display Name import_same_name",
        "265 Display Name import_same_name",
        "322 Email email_invalid",
        "336 Display Name import_same_name",
        "368 Display Name import_same_name",
        "372 Display Name import_same_name",
        "384 Display Name import_same_name",
        "403 Display Name import_same_name",
        "404 Display Name import_same_name",
        "418 Display Name import_same_name",
        "419 Display Name import_same_name",
        "420 Display Name import_same_name",
        "421 Display Name import_same_name",
        "422 Display Name import_same_name",
        "423 Display Name import_same_name",
        "424 Display Name import_same_name",
        "425 Display Name import_same_name",
        "426 Display Name import_same_name",
        "427 Display Name import_same_name",
        "448 Email email_invalid",
        "449 Email email_invalid",
        "450 Email email_invalid",
        "451 Email email_invalid",
        "452 Email email_invalid",
        "453 Email email_invalid",
        "454 Email email_invalid",
        "455 Email email_invalid",
        "456 Email email_invalid",
        "464 Display Name import_same_name",
        "473 Display Name import_same_name",
        "474 Display Name import_same_name",
        "476 Display Name import_same_name",
        "477 Display Name import_same_name",
        "499 Display Name import_same_name",
        "512 Display Name import_same_name",
        "515 Display Name import_same_name",
        "516 Display Name import_same_name",
        "517 Display Name import_same_name",
        "528 Display Name import_same_name",
        "553 Email email_invalid",
        "571 Display Name import_same_name",
        "593 Display Name import_same_name",
        "596 Display Name import_same_name",
        "597 Display Name import_same_name",
        "598 Display Name import_same_name",
        "599 Display Name required",
        "600  import_row_width",
      ]
    `);
  });

  it('takes invoices with lines and payments, whole or not at all, hidden, in a series of their own', async () => {
    const result = await sample('invoices');
    expect(result.state).toBe('done');
    expect(result.rowsRead).toBe(4395);
    expect(result.rowsRead).toBe(result.added + result.unchanged + result.rejected);
    // Payments dated after the day this runs are told too; which ones these are changes from day to day.
    const lasting = problemsOf(result).filter((told) => !/payment_day_in_future|import_invoice_left_out/.test(told));
    expect(lasting).toMatchInlineSnapshot(`
      [
        "434  total_negative",
        "2425  total_negative",
        "4162  total_negative",
        "4311  total_negative",
        "4394 Invoice No import_number_repeated",
        "4394 Invoice Date date_invalid",
        "4395 Customer import_customer_unknown",
        "4396 Qty quantity_invalid",
        "4396 Unit Price amount_invalid",
        "4396 Tax Rate rate_invalid",
      ]
    `);
    expect(await count(`invoices where series <> 'imported'`)).toBe(0);
    expect(await count('invoice_standings where shown')).toBe(0);
    expect(await count('mails')).toBe(0);
    expect(await books.system(verifyBooks)).toEqual([]);
  });

  it('adds nothing when the same files come again', async () => {
    const [customers, invoices, ledger] = [await count('customers'), await count('invoices'), await count('ledger')];
    const again = await sample('customers');
    const invoicesAgain = await sample('invoices');
    expect([again.added, invoicesAgain.added]).toEqual([0, 0]);
    expect([await count('customers'), await count('invoices'), await count('ledger')]).toEqual([customers, invoices, ledger]);
  });

  it('gives the rows that stayed out back as a file that can be corrected and imported', async () => {
    const result = await sample('invoices', true);
    const lines = await rejectedOf(result);
    expect(lines.startsWith('\ufeffInvoice No,Customer,')).toBe(true);
    expect(lines).toContain('Problem\r\n');
    expect(lines).toContain('Nobody We Know');
    const corrected = lines
      .split('\r\n')
      .filter((line) => line.startsWith('INV-1961') || line.startsWith('\ufeff'))
      .join('\r\n')
      .replace('Nobody We Know', 'Tom D\u2019Nowhere');
    expect((await csv('invoices', corrected)).problems.map(({ code }) => code)).toContain('import_customer_unknown');
  });
});

describe('files as people have them', () => {
  it('reads semicolons, a byte order mark, Windows letters and line breaks in quotes', async () => {
    const text = '\ufeffName;E-mail;Notes\r\n"Zoë; & Söhne";zoe@example.com;"first\r\nsecond"\r\n';
    expect(await csv('customers', text)).toMatchObject({ rowsRead: 1, added: 1, rejected: 0 });
    const windows = Buffer.concat([Buffer.from('Name,Email\r\nCaf'), Buffer.from([0xe9]), Buffer.from(' Noir,cafe@example.com\r\n')]);
    expect(await csv('customers', windows)).toMatchObject({ added: 1 });
    expect(await count(`customers where name in ('Zoë; & Söhne', 'Café Noir')`)).toBe(2);
  });

  it('refuses what is no table, naming what is missing', async () => {
    await expect(csv('customers', '')).rejects.toMatchObject({ code: 'import_unreadable' });
    await expect(csv('customers', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 1]))).rejects.toMatchObject({ code: 'import_workbook' });
    await expect(csv('invoices', 'a,b\r\n1,2\r\n')).rejects.toMatchObject({
      code: 'import_columns_missing',
      details: { missing: ['number', 'customer', 'issuedOn', 'unitPrice'] },
    });
  });

  it('I10 leaves out the whole invoice when one of its lines is bad, and says so on each of its rows', async () => {
    const text =
      'Invoice No,Customer,Invoice Date,Item,Qty,Unit Price\r\nX-1,"Zoë; & Söhne",2026-01-02,A,1,10.00\r\nX-1,"Zoë; & Söhne",2026-01-02,B,oops,10.00\r\nX-2,"Zoë; & Söhne",1/3/26,C,2,"1,000.00"\r\n';
    const result = await csv('invoices', text);
    expect(result).toMatchObject({ rowsRead: 3, added: 1, rejected: 2 });
    expect(problemsOf(result)).toEqual(['2 Invoice No import_invoice_left_out', '3 Qty quantity_invalid']);
  });

  it('M11 takes no number that is not plainly one', async () => {
    for (const price of ['1e3', 'NaN', '１２', '0x10', '1,2,3.4', '--5']) {
      const result = await csv('invoices', `Invoice No,Customer,Invoice Date,Item,Qty,Unit Price\r\nBAD-1,"Zoë; & Söhne",2026-01-02,A,1,"${price}"\r\n`);
      expect(result, price).toMatchObject({ added: 0, rejected: 1 });
    }
  });

  it('F8 keeps a formula as the text it is, and disarms it in the file that goes back', async () => {
    const result = await csv('customers', 'Name,Email,Notes\r\nFormula Fan,not an address,"=HYPERLINK(""http://x"")"\r\n,,"=1+1"\r\n');
    expect(result).toMatchObject({ added: 1, rejected: 1 });
    expect(await count(`customers where name = 'Formula Fan' and notes like '=HYPERLINK%'`)).toBe(1);
    expect(await rejectedOf(result)).toContain("'=1+1");
    expect(readFileSync(join(samples, 'customers.csv'), 'utf8')).toContain('=HYPERLINK');
  });
});

describe('history', { timeout: 120_000 }, () => {
  it('stays hidden until the office shows it, all at once, and sends nothing', async () => {
    const hidden = await count('invoice_standings where imported and not shown');
    expect(hidden).toBeGreaterThan(900);
    expect(await books.system(showHistory)).toBe(hidden);
    expect(await count('invoice_standings where imported and not shown')).toBe(0);
    expect(await count('payments where imported and not shown')).toBe(0);
    expect(await count('mails')).toBe(0);
  });
});
