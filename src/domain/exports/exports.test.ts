import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/db.ts';
import { type FilledBusiness, filledBusiness } from '../../../test/filled-business.ts';
import { refusalOf } from '../../../test/small-business.ts';
import { openBundle } from '../../db/backup/bundle.ts';
import { localFileStore } from '../../outside/storage/file-store.ts';
import { makeExportTask } from '../../tasks/make-export.ts';
import { createCustomers } from '../customers/customers.ts';
import { addStaff } from '../people/staff.ts';
import {
  askExport,
  downloadExport,
  type ExportOrder,
  exportKinds,
  readExport,
  readJournalSettings,
  removeOldExports,
  saveJournalSettings,
  sheetKinds,
} from './exports.ts';

const db = testDatabase();
const folder = mkdtempSync(join(tmpdir(), 'exports-'));
const files = localFileStore(folder);
let otter: FilledBusiness;
let mop: FilledBusiness;
const deps = () => ({ database: db().database, files, dataDir: folder });

beforeAll(async () => {
  otter = await filledBusiness(db().database, files, { customer: '=cmd|calc!A0', person: '＋Rosa', note: '\t@SUM(1)' });
  mop = await filledBusiness(db().database, files, { customer: 'Of another business' });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function made(order: ExportOrder): Promise<{ id: string; bytes: Buffer }> {
  const { id } = await otter.office((scope) => askExport(scope, order));
  await makeExportTask(deps())({ businessId: otter.id, exportId: id });
  const row = await otter.office((scope) => downloadExport(scope, id));
  return { id, bytes: Buffer.from((await files.get(otter.id, row.sha256)) ?? []) };
}

type Row = Record<string, string>;
const rowsOf = (bytes: Buffer): Row[] => parse(bytes, { bom: true, columns: true });
const sheet = async (order: ExportOrder): Promise<Row[]> => rowsOf((await made(order)).bytes);
const cents = (text: string): bigint => BigInt(text === '' ? 0 : text.replace('.', ''));
const sum = (rows: readonly Row[], column: string): bigint => rows.reduce((total, row) => total + cents(row[column] ?? ''), 0n);

/** What the books say, asked in another way. */
async function ledgerNets(): Promise<Record<string, bigint>> {
  return otter.system(async ({ tx, business }) => {
    const { rows } = await sql<{ account: string; net: bigint }>`select side.account, sum(side.amount)::bigint as net
      from ledger l cross join lateral (values (l.debit, l.amount_minor), (l.credit, -l.amount_minor)) side (account, amount)
      where l.business_id = ${business} group by 1 having sum(side.amount) <> 0`.execute(tx);
    return Object.fromEntries(rows.map(({ account, net }) => [account, net]));
  });
}

describe('a file of rows', () => {
  test.each(sheetKinds)('%s holds its published columns, amounts as plain decimals with the currency beside, and nothing of another business', async (kind) => {
    const { bytes } = await made({ kind });
    const text = bytes.toString('utf8');
    expect(text.startsWith('\ufeff')).toBe(true);
    expect(rowsOf(bytes).length).toBeGreaterThan(0);
    expect(Object.keys(rowsOf(bytes)[0] ?? {})).toMatchSnapshot();
    expect(text).not.toContain('Of another business');
    expect(text).not.toMatch(/(?<=^|,)-?\d[\d.]*(n|e[+-]?\d+)(?=,|$)/m);
  });

  test('F8 no cell of any column of any file is run by a spreadsheet, and a plain number below zero stays one', async () => {
    for (const kind of sheetKinds) {
      for (const row of rowsOf((await made({ kind })).bytes)) {
        for (const [column, cell] of Object.entries(row)) {
          const harmless = /^-?\d+(\.\d+)?$/.test(cell) || !/^[\s"']*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(cell.replace(/^'/, 'x'));
          expect(`${kind}.${column}: ${harmless ? 'harmless' : cell}`).toBe(`${kind}.${column}: harmless`);
        }
      }
    }
    const credits = await sheet({ kind: 'credits' });
    expect(credits.map(({ change }) => change)).toContain('-86.00');
    expect((await sheet({ kind: 'customers' }))[0]?.['customer']).toBe("'=cmd|calc!A0");
  });

  test('invoices, their lines, payments and their shares add up to what the books hold', async () => {
    const [invoices, lines, payments, shares] = [
      await sheet({ kind: 'invoices' }),
      await sheet({ kind: 'invoice_lines' }),
      await sheet({ kind: 'payments' }),
      await sheet({ kind: 'payment_shares' }),
    ];
    const nets = await ledgerNets();
    expect(sum(invoices, 'balance')).toBe(nets['receivable']);
    expect(sum(lines, 'net')).toBe(sum(invoices, 'net'));
    expect(sum(payments, 'amount')).toBe(nets['clearing_check']);
    expect(sum(shares, 'applied')).toBe(sum(invoices, 'paid'));
    expect(-sum(await sheet({ kind: 'credits' }), 'change')).toBe(nets['customer_credit']);
  });

  test('of a period holds the days of that period only, and a period without end or beginning is refused', async () => {
    const today = (await sheet({ kind: 'invoices' }))[0]?.['issued_on'] ?? '';
    expect(await sheet({ kind: 'invoices', from: today, to: today })).toHaveLength(3);
    expect(await sheet({ kind: 'invoices', from: '2020-01-01', to: '2020-12-31' })).toHaveLength(0);
    const refused = (order: ExportOrder) => refusalOf(otter.office((scope) => askExport(scope, order)));
    expect(await refused({ kind: 'invoices', from: '2026-02-01', to: '2026-01-01' })).toMatchObject({ code: 'period_invalid' });
    expect(await refused({ kind: 'invoices', from: '2026-02-30' })).toMatchObject({ code: 'date_invalid' });
    expect(await refused({ kind: 'customers', from: '2026-01-01' })).toMatchObject({ code: 'period_invalid' });
  });

  test('of twenty thousand customers is made in pieces, with the count told on the way', async () => {
    const many = Array.from({ length: 20_000 }, (_, at) => ({ kind: 'residential' as const, name: `Customer ${at}` }));
    for (let from = 0; from < many.length; from += 2_000) await mop.office((scope) => createCustomers(scope, many.slice(from, from + 2_000)));
    const { id } = await mop.office((scope) => askExport(scope, { kind: 'customers' }));
    await makeExportTask(deps())({ businessId: mop.id, exportId: id });
    const row = await mop.office((scope) => readExport(scope, id));
    expect(row).toMatchObject({ state: 'done', rowsDone: 20_001n, rowsTotal: 20_001n });
  });
});

describe('a journal for bookkeepers', () => {
  test('for QuickBooks balances entry by entry, names the customer, and adds up to the books account by account', async () => {
    const rows = await sheet({ kind: 'journal_quickbooks' });
    expect(sum(rows, 'Debits')).toBe(sum(rows, 'Credits'));
    const entries = Map.groupBy(rows, (row) => row['Journal No'] ?? '');
    expect(entries.size).toBeGreaterThan(3);
    for (const lines of entries.values()) {
      expect(sum(lines, 'Debits')).toBe(sum(lines, 'Credits'));
      expect(lines.filter((line) => line['Account Name'] === 'Accounts Receivable (A/R)').length).toBeLessThan(2);
      expect(new Set(lines.map((line) => line['Journal Date'])).size).toBe(1);
    }
    for (const no of entries.keys()) expect(no).toMatch(/^J\d{6}-[0-9a-f]{12}$/);
    const nets = await ledgerNets();
    const net = (name: string): bigint =>
      rows.filter((row) => row['Account Name'] === name).reduce((total, row) => total + cents(row['Debits'] ?? '') - cents(row['Credits'] ?? ''), 0n);
    expect(net('Accounts Receivable (A/R)')).toBe(nets['receivable']);
    expect(net('Undeposited Funds')).toBe(nets['clearing_check']);
    expect(net('Customer Credits')).toBe(nets['customer_credit']);
    expect(net('Services')).toBe(nets['revenue']);
  });

  test('for Xero is one journal a day that sums to zero, with the codes and the tax rate of the business’s own books', async () => {
    const before = await otter.office(readJournalSettings);
    const names = [{ account: 'revenue', quickbooks: 'Plumbing income', xero: '4000' }];
    await otter.office((scope) => saveJournalSettings(scope, { version: before.version, accounts: names, xeroTaxRate: 'No Tax (0%)' }));
    const rows = await sheet({ kind: 'journal_xero' });
    for (const lines of Map.groupBy(rows, (row) => row['*Date'] ?? '').values()) expect(sum(lines, '*Amount')).toBe(0n);
    const nets = await ledgerNets();
    expect(
      sum(
        rows.filter((row) => row['*AccountCode'] === '4000'),
        '*Amount',
      ),
    ).toBe(nets['revenue']);
    expect(new Set(rows.map((row) => row['*TaxRate']))).toEqual(new Set(['No Tax (0%)']));
    expect(rows[0]?.['*Date']).toMatch(/^\d{1,2} [A-Z][a-z]{2} \d{4}$/);
    expect(await refusalOf(otter.office((scope) => saveJournalSettings(scope, { version: before.version, accounts: [], xeroTaxRate: 'x' })))).toMatchObject({
      code: 'stale_version',
    });
  });
});

describe('asking for a file', () => {
  test('D3 each one asked for and each download is an event that says who and what', async () => {
    const { id } = await made({ kind: 'price_book' });
    await otter.office((scope) => downloadExport(scope, id));
    const events = await otter.office(({ tx, business }) =>
      tx
        .selectFrom('events')
        .select(['kind', 'actor_name', 'data'])
        .where('business_id', '=', business)
        .where('kind', 'like', 'export.%')
        .orderBy('seq', 'desc')
        .limit(3)
        .execute(),
    );
    expect(events.map(({ kind }) => kind)).toEqual(['export.downloaded', 'export.downloaded', 'export.asked']);
    for (const { actor_name, data } of events)
      expect([actor_name, data]).toEqual(['Ida Brandt', expect.objectContaining({ exportId: id, kind: 'price_book' })]);
  });

  test('J2 the task run twice, at the same time and again, leaves one file', async () => {
    const { id } = await otter.office((scope) => askExport(scope, { kind: 'customers' }));
    const run = () => makeExportTask(deps())({ businessId: otter.id, exportId: id });
    await Promise.all([run(), run()]);
    const first = await otter.office((scope) => readExport(scope, id));
    await run();
    expect(await otter.office((scope) => readExport(scope, id))).toEqual(first);
    expect(first.state).toBe('done');
  });

  test('T7 another business’s file is not there; a file being made cannot be had yet; after a week its bytes are gone', async () => {
    const { id } = await otter.office((scope) => askExport(scope, { kind: 'price_book' }));
    expect(await refusalOf(otter.office((scope) => downloadExport(scope, id)))).toMatchObject({ code: 'export_running' });
    expect(await refusalOf(mop.office((scope) => downloadExport(scope, id)))).toMatchObject({ code: 'not_found' });
    await makeExportTask(deps())({ businessId: otter.id, exportId: id });
    const { sha256 } = await otter.office((scope) => downloadExport(scope, id));
    await otter.system(({ tx, business }) => tx.updateTable('exports').set({ ends_at: '2020-01-01T00:00:00Z' }).where('business_id', '=', business).execute());
    await removeOldExports(deps(), otter.id);
    expect(await files.has(otter.id, sha256)).toBe(false);
    expect(await files.has(otter.id, otter.file)).toBe(true);
    expect(await refusalOf(otter.office((scope) => downloadExport(scope, id)))).toMatchObject({ code: 'export_ended' });
  });

  test('the crew may export nothing, the office all but the archive', async () => {
    const hand = async (role: 'office' | 'field') => {
      const { id, name } = await otter.office((scope) => addStaff(scope, { name: `${role} hand`, email: `${role}@example.com`, role }));
      return { kind: 'staff', id, name } as const;
    };
    const [office, field] = [await hand('office'), await hand('field')];
    for (const kind of exportKinds) {
      const order = { kind, customerId: otter.customer };
      expect(await refusalOf(otter.office((scope) => askExport(scope, order), field))).toMatchObject({ code: 'not_allowed' });
    }
    expect(await refusalOf(otter.office((scope) => askExport(scope, { kind: 'archive' }), office))).toMatchObject({ code: 'not_allowed' });
    await expect(otter.office((scope) => askExport(scope, { kind: 'customers' }), office)).resolves.toMatchObject({ state: 'waiting' });
  });
});

describe('archives asked for in the office', () => {
  const opened = async (order: ExportOrder) => {
    const path = join(folder, `${order.kind}.zip`);
    writeFileSync(path, (await made(order)).bytes);
    return openBundle(path);
  };

  test('the archive of the business is the one the command line writes', async () => {
    const bundle = await opened({ kind: 'archive' });
    expect(bundle.manifest).toMatchObject({ format: 'service-invoice-pro archive', business: { id: otter.id }, files: { count: 1 } });
    bundle.close();
  });

  test('D5 the data of one customer is complete and for machines: their rows of every table, and their files', async () => {
    const bundle = await opened({ kind: 'subject', customerId: otter.customer });
    const read = async (name: string): Promise<unknown[]> => {
      let text = '';
      for await (const piece of await bundle.read(`data/${name}.jsonl`)) text += String(piece);
      return text
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line));
    };
    expect(await read('customers')).toMatchObject([{ id: otter.customer }]);
    expect(await read('people')).toMatchObject([{ id: otter.person }]);
    expect(await read('invoices')).toHaveLength(3);
    expect(await read('messages')).toHaveLength(1);
    expect((await read('events')).length).toBeGreaterThan(5);
    expect(bundle.names).toContain(`files/${otter.file}`);
    bundle.close();
    expect(await refusalOf(otter.office((scope) => askExport(scope, { kind: 'subject', customerId: mop.customer })))).toMatchObject({ code: 'not_found' });
  });
});
