import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importDesk } from '../../../test/import-desk.ts';
import { limits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import { verifyBooks } from '../ledger/ledger.ts';
import {
  cancelImport,
  changeImport,
  commitImport,
  type EditInput,
  editImport,
  type ImportChange,
  type ImportRow,
  listProblems,
  lookAgain,
  ownTemplates,
  previewImport,
  reviveImports,
  templateFile,
} from './imports.ts';
import { readTable } from './table.ts';

const desk = importDesk();
const samples = join(import.meta.dirname, '../../../test/samples');
const sample = (name: string): Buffer => readFileSync(join(samples, `${name}.csv`));

async function change(id: string, what: ImportChange): Promise<ImportRow> {
  const { books, files, office, read, work } = desk();
  const of = await read(id);
  const look = await lookAgain(files, books.business, of, what);
  await office((scope) => changeImport(scope, id, of.version, what, look));
  return work(id);
}
async function edit(id: string, edits: readonly EditInput[]): Promise<ImportRow> {
  await desk().office((scope) => editImport(scope, id, edits));
  return desk().work(id);
}
const check = async (text: string | Uint8Array): Promise<ImportRow> => desk().work(await desk().begin(text));
async function commit(id: string): Promise<ImportRow> {
  await desk().office((scope) => commitImport(scope, id));
  return desk().work(id);
}
const counts = ({ state, added, unchanged, rejected }: ImportRow): string => `${state} ${added}+${unchanged}-${rejected}`;

describe('files of other programs', { timeout: 60_000 }, () => {
  it('are known by their headings, checked without adding anything, and brought in as they were checked', async () => {
    const names = ['quickbooks-customers', 'quickbooks-invoice-lines', 'quickbooks-transactions', 'jobber-clients', 'jobber-invoices'];
    const more = ['invoice-ninja-clients', 'invoice-ninja-invoices', 'price-book'];
    const told = [];
    for (const name of [...names, ...more]) {
      const checked = await check(sample(name));
      const before = counts(checked);
      const done = await commit(checked.id);
      told.push(`${name}: ${checked.template} ${before} → ${counts(done)}`);
    }
    expect(told).toMatchInlineSnapshot(`
      [
        "quickbooks-customers: qbo_customers checked 3+0-0 → done 3+0-0",
        "quickbooks-invoice-lines: qbo_invoice_lines checked 3+0-0 → done 3+0-0",
        "quickbooks-transactions: qbo_transactions checked 3+0-2 → done 3+0-2",
        "jobber-clients: jobber_clients checked 3+0-0 → done 3+0-0",
        "jobber-invoices: jobber_invoices checked 2+0-0 → done 2+0-0",
        "invoice-ninja-clients: invoice_ninja_clients checked 2+0-0 → done 2+0-0",
        "invoice-ninja-invoices: invoice_ninja_invoices checked 2+0-0 → done 2+0-0",
        "price-book: own_items checked 2+0-0 → done 2+0-0",
      ]
    `);
    expect(await desk().seen("invoice_standings where number = 'Q-2002' and total_minor = 175050 and balance_minor = 25050")).toBe(1);
    expect(await desk().seen("invoice_standings where number = '501' and total_minor = 51960 and balance_minor = 0")).toBe(1);
    expect(await desk().seen("invoice_standings where number = 'N-0001' and total_minor = 129900")).toBe(1);
    expect(await desk().seen("items where name = 'Entstörung' and unit_price_milli = 9350000")).toBe(1);
    expect(await desk().seen('invoice_standings where shown')).toBe(0);
    expect(await desk().seen('mails')).toBe(0);
    expect(await desk().books.system(verifyBooks)).toEqual([]);
  });

  it('have templates of ours that come in as they are', async () => {
    for (const { id, kind } of ownTemplates) {
      const checked = await check(templateFile(id));
      expect([checked.template, checked.kind, checked.state], id).toEqual([`own_${id}`, kind, 'checked']);
    }
  });
});

describe('a file as it is written', { timeout: 60_000 }, () => {
  it('is read in UTF-16, with tabs, with days first and with decimal commas', async () => {
    const text = 'Invoice No\tCustomer\tInvoice Date\tUnit Price\r\nD-1\tDana Whitlock\t25/12/2025\t1.234,50\r\nD-2\tDana Whitlock\t03/12/2025\t7,25\r\n';
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
    const checked = await check(utf16);
    expect(checked).toMatchObject({ reading: { encoding: 'utf-16le', delimiter: 'tab', dates: 'dmy', decimals: 'comma' }, added: 2, rejected: 0 });
    const other = await change(checked.id, { reading: { dates: 'mdy' } });
    expect(other).toMatchObject({ reading: { dates: 'mdy' }, guessed: { dates: 'dmy' }, rejected: 1 });
    expect(counts(await commit((await change(checked.id, { reading: { dates: 'dmy' } })).id))).toBe('done 2+0-0');
    expect(await desk().seen("invoices where number = 'D-2' and issued_on = '2025-12-03'")).toBe(1);
  });

  it('I10 is refused when it is a workbook, an archive, a page, XML with entities or noise: nothing is unpacked, resolved or added', async () => {
    const junk: readonly [Buffer, string][] = [
      [Buffer.from('PK\u0003\u0004 and then some', 'latin1'), 'import_workbook'],
      [Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), 'import_workbook'],
      [Buffer.from([0x1f, 0x8b, 8, 0, 0, 0]), 'import_unreadable'],
      [Buffer.from('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'), 'import_unreadable'],
      [Buffer.from('<html><body>a,b</body></html>'), 'import_unreadable'],
      [Buffer.from('%PDF-1.7\nName,Email\n'), 'import_unreadable'],
      [Buffer.from([0, 1, 2, 3, 0, 0, 0, 9, 9, 9, 0, 7]), 'import_unreadable'],
      [Buffer.from(''), 'import_unreadable'],
      [Buffer.from(`${'a,'.repeat(300)}\n`), 'import_unreadable'],
    ];
    const before = await desk().seen('imports');
    for (const [bytes, code] of junk) await expect(check(bytes), bytes.subarray(0, 20).toString()).rejects.toMatchObject({ code });
    expect(await desk().seen('imports')).toBe(before);
  });
});

describe('a file without end', { timeout: 60_000 }, () => {
  async function* endless(row: string, most: number): AsyncGenerator<Uint8Array> {
    const piece = Buffer.from(row.repeat(1_000));
    yield Buffer.from('Name,Email\r\n');
    for (let n = 0; n < most; n += 1_000) yield piece;
  }
  const outcome = async (source: AsyncIterable<Uint8Array>): Promise<string> => {
    let rows = 0;
    try {
      for await (const _ of (await readTable(source)).rows) rows += 1;
      return `${rows} rows`;
    } catch (error) {
      return error instanceof Refusal ? `${error.code} after ${rows}` : String(error);
    }
  };

  it('I10 is read to its millionth row and no further, and no row is longer than a megabyte', async () => {
    expect(await outcome(endless('A,b\r\n', limits.importRows))).toBe(`${limits.importRows} rows`);
    expect(await outcome(endless('A,b\r\n', limits.importRows * 5))).toBe(`import_too_large after ${limits.importRows}`);
    expect(await outcome(endless('"never closed,', 200_000))).toBe('import_unreadable after 0');
  });
});

describe('making a file ready', { timeout: 60_000 }, () => {
  it('waits to be told what its columns are, and remembers it for the same header', async () => {
    const text = 'Wer,Post,Egal\r\nIngrid Sommer,ingrid@example.com,x\r\n';
    const waiting = await check(text);
    expect(waiting).toMatchObject({ state: 'waiting', rowsRead: 0 });
    const ready = await change(waiting.id, { kind: 'customers', mapping: ['name', 'email', null] });
    expect(counts(ready)).toBe('checked 1+0-0');
    expect(await check(text.replace('Sommer', 'Winter'))).toMatchObject({ state: 'checked', kind: 'customers', mapping: ['name', 'email', null] });
    await expect(change(waiting.id, { mapping: ['name', 'name', null] })).rejects.toMatchObject({ code: 'wrong_choice' });
    await expect(change(waiting.id, { mapping: ['number', null, null] })).rejects.toMatchObject({ code: 'wrong_choice' });
    const { files, books, office, read } = desk();
    const look = await lookAgain(files, books.business, await read(waiting.id), {});
    await expect(office((scope) => changeImport(scope, waiting.id, 1, {}, look))).rejects.toMatchObject({ code: 'stale_version' });
  });

  it('takes corrections of a cell, of every cell that says the same, and rows left out, and judges anew', async () => {
    const lines = ['Invoice No,Customer,Invoice Date,Qty,Unit Price'];
    for (const n of [1, 2, 3]) lines.push(`E-${n},Dana Whitlok,2026-01-0${n},1,5.00`);
    lines.push('E-4,Dana Whitlock,2026-01-04,oops,5.00', 'TOTAL,,,,20.00');
    const { id, ...checked } = await check(`${lines.join('\r\n')}\r\n`);
    expect(counts({ id, ...checked })).toBe('checked 0+0-5');
    expect(await desk().problems(id)).toContain('2 Customer import_customer_unknown');
    const named = await edit(id, [{ position: 1, was: 'Dana Whitlok', value: 'Dana Whitlock' }]);
    expect([counts(named), named.edits]).toEqual(['checked 3+0-2', 1]);
    const fixed = await edit(id, [
      { row: 5, position: 3, value: '2' },
      { row: 6, leaveOut: true },
    ]);
    expect([counts(fixed), fixed.leftOut]).toEqual(['checked 4+0-0', 1]);
    const back = await edit(id, [{ row: 6, leaveOut: false }]);
    expect([counts(back), back.leftOut]).toEqual(['checked 4+0-1', 0]);
    await edit(id, [{ row: 6, leaveOut: true }]);
    const { files, books, office, read } = desk();
    const rows = await previewImport({ files, inScope: office }, books.business, await read(id), 25);
    expect(rows.map(({ row, leftOut, fields }) => [row, leftOut, fields.find(({ name }) => name === 'Total')?.amountMinor])).toEqual([
      ...[2, 3, 4].map((row) => [row, false, 500n]),
      [5, false, 1000n],
      [6, true, 2000n],
    ]);
    expect(counts(await commit(id))).toBe('done 4+0-0');
    await expect(edit(id, [{ row: 2, position: 1, value: 'x' }])).rejects.toMatchObject({ code: 'import_changed' });
  });

  it('tells apart what keeps rows out and what is only told', async () => {
    const { id } = await check('Name,Email\r\n,a@example.com\r\nLena Roth,no address\r\n');
    const told = async (keeps: boolean): Promise<string[]> =>
      (await desk().office((scope) => listProblems(scope, id, { limit: 9, keeps }))).items.map(({ row, code }) => `${row} ${code}`);
    expect([await told(false), await told(true)]).toEqual([['2 required'], ['3 email_invalid']]);
    const rest = await desk().office((scope) => listProblems(scope, id, { limit: 9, except: 'required' }));
    expect(rest.items.map(({ code }) => code)).toEqual(['email_invalid']);
  });

  it('I1 keeps hostile text as text, in cells, headings and names of files', async () => {
    const evil = '<script>alert(1)</script>';
    const { begin, work, office, files, books } = desk();
    const id = await begin(`Name,${evil}\r\n${evil},x\r\n"=cmd|' /C calc'!A0",y\r\n`, { kind: 'customers', name: `${evil}\u202e.csv` });
    const checked = await work(id);
    expect(checked).toMatchObject({ state: 'checked', added: 2, fileName: `${evil}.csv` });
    expect(checked.header[1]).toBe(evil);
    const [row] = await previewImport({ files, inScope: office }, books.business, checked, 5);
    expect(row?.fields[0]?.text).toBe(evil);
  });
});

describe('the way in', { timeout: 60_000 }, () => {
  const many = (prefix: string, count: number): string => {
    const rows = Array.from({ length: count }, (_, n) => `${prefix} ${n % 90},${prefix.toLowerCase()}${n}@example.com,${n} Elm,${n % 7 === 3 ? 'House' : ''}`);
    return ['Name,Email,Billing Street,Property Name', ...rows, ',nobody@example.com,,'].join('\r\n');
  };
  const sold = (prefix: string): string => {
    const rows = Array.from({ length: 130 }, (_, n) => `${prefix}-${n},${prefix} ${n % 95},2026-01-01,${n}.00,${n % 3 === 0 ? 'full' : ''}`);
    return ['Invoice No,Customer,Invoice Date,Unit Price,Paid', ...rows, `${prefix}-3,${prefix} 3,2026-01-01,9.00,`].join('\r\n');
  };

  it('J3 comes to the same when it is cut off after every part and taken up again', async () => {
    const { begin, work, read, problems, seen } = desk();
    const whole = await work(await begin(many('Whole', 230), { kind: 'customers', mode: 'import' }));
    const id = await begin(many('Parts', 230), { kind: 'customers', mode: 'import' });
    let turns = 0;
    for (let row = await read(id); row.state === 'running'; row = await work(id, () => false)) turns += 1;
    expect(turns).toBeGreaterThan(2);
    expect(counts(await read(id))).toBe(counts(whole));
    expect((await problems(id)).map((each) => each.replace('Parts', 'Whole'))).toEqual(await problems(whole.id));
    expect(await seen("people where email like 'parts%'")).toBe(await seen("people where email like 'whole%'"));
    const bills = [
      await work(await begin(sold('Whole'), { kind: 'invoices', mode: 'import' })),
      await begin(sold('Parts'), { kind: 'invoices', mode: 'import' }),
    ] as const;
    for (let row = await read(bills[1]); row.state === 'running'; ) row = await work(bills[1], () => false);
    expect(counts(await read(bills[1]))).toBe(counts(bills[0]));
    expect(await problems(bills[1])).toEqual(await problems(bills[0].id));
    expect(await desk().books.system(verifyBooks)).toEqual([]);
  });

  it('J2 has one effect however many work on it at once', async () => {
    const { begin, work, read, seen } = desk();
    const id = await begin(many('Twice', 230), { kind: 'customers', mode: 'import' });
    await Promise.all([work(id), work(id), work(id)]);
    expect(counts(await work(id))).toBe('done 230+0-1');
    expect((await read(id)).rowsRead).toBe(231);
    expect(await seen("customers where name like 'Twice %'")).toBe(90);
    expect(await seen("people where email like 'twice%'")).toBe(230);
  });

  it('stops between two parts when asked to; what came in stays, and a second file waits for the first', async () => {
    const { begin, work, office } = desk();
    const id = await begin(many('Stop', 230), { kind: 'customers', mode: 'import' });
    await work(id, () => false);
    await expect(begin(many('Other', 5), { kind: 'customers', mode: 'import' })).rejects.toMatchObject({ code: 'import_running' });
    await office((scope) => cancelImport(scope, id));
    expect(counts(await work(id))).toBe('canceled 100+0-0');
    await expect(office((scope) => cancelImport(scope, id))).resolves.toBeUndefined();
    await expect(office((scope) => commitImport(scope, id))).rejects.toMatchObject({ code: 'import_not_ready' });
  });

  it('J3 is taken up by a sweep when whoever worked on it is gone', async () => {
    const { begin, work, books } = desk();
    const id = await begin(many('Gone', 230), { kind: 'customers', mode: 'import' });
    await work(id, () => false);
    const later = (minutes: number): Promise<number> => books.system((scope) => reviveImports({ ...scope, now: scope.now.add({ minutes }) }));
    expect(await later(0)).toBe(0);
    expect(await later(3)).toBe(1);
    expect(counts(await work(id))).toBe('done 230+0-1');
    expect(await later(3)).toBe(0);
  });

  it('checks in parts as it would check in one go', async () => {
    const { begin, work, read, problems } = desk();
    const whole = await work(await begin(many('Tried', 230), { kind: 'customers' }));
    const id = await begin(many('Tried', 230), { kind: 'customers' });
    for (let row = await read(id); row.state === 'running'; ) row = await work(id, () => false);
    expect(counts(await read(id))).toBe(counts(whole));
    expect(counts(whole)).toBe('checked 230+0-1');
    expect(await problems(id)).toEqual(await problems(whole.id));
    expect(await desk().seen("customers where name like 'Tried %'")).toBe(0);
  });
});
