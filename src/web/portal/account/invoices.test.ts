import { beforeAll, describe, expect, test } from 'vitest';
import { paperText } from '../../../../test/paper-text.ts';
import { signedIn } from '../../../../test/portal-till.ts';
import { type Browser, type PortalWorld, portalWorld, type SentInvoice } from '../../../../test/portal-world.ts';
import { testWeb } from '../../../../test/web.ts';
import { publicId } from '../../../core/ids.ts';
import { newId } from '../../../db/fresh.ts';
import { recordPayment } from '../../../domain/payments/payments.ts';
import { setLogLevel } from '../../../log.ts';

setLogLevel('silent');
const web = testWeb();
let world: PortalWorld;
let dana: Browser;
let edgar: Browser;
let at = '';
let spread: SentInvoice;
let plain: SentInvoice;
let paid: SentInvoice;
let rosas: SentInvoice;

beforeAll(async () => {
  world = await portalWorld(web());
  at = `/${world.house.slug}/invoices`;
  const { dana: d, rosa } = world.people;
  spread = await world.send([d.id], { amounts: [10_000, 8_600], spread: true, extra: { poNumber: 'PO-77' } });
  plain = await world.send([d.id], { amounts: [123_456] });
  paid = await world.send([d.id], { amounts: [5_000] });
  rosas = await world.send([rosa.id], { customer: world.other });
  await world.house.office((scope) =>
    recordPayment(scope, {
      ...{ id: newId(), customerId: world.customer, method: 'check', amountMinor: 6_000n, currency: 'USD', receivedOn: '2026-01-05', keepCredit: false },
      targets: [
        { documentId: paid.id, amountMinor: 5_000n },
        { documentId: plain.id, amountMinor: 1_000n },
      ],
    }),
  );
  dana = await signedIn(world, d.id);
  edgar = await signedIn(world, world.people.edgar.id);
});

const named = ({ id }: SentInvoice): string => publicId('invoice', id);
const listed = async (browser: Browser, query: string): Promise<string[]> => {
  const html = await (await browser.go(`${at}?tab=all&${query}`)).text();
  return [...html.matchAll(/name="invoice" value="([^"]+)"/g)].map(([, id = '']) => id).toSorted();
};
const both = (...of: SentInvoice[]): string[] => of.map(named).toSorted();
/** The files of an archive by their names. */
function filesOf(archive: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (let from = 0; archive.readUInt32LE(from) === 0x04034b50; ) {
    const [size, name] = [archive.readUInt32LE(from + 18), archive.readUInt16LE(from + 26)];
    const begins = from + 30 + name + archive.readUInt16LE(from + 28);
    files.set(archive.subarray(from + 30, from + 30 + name).toString(), archive.subarray(begins, begins + size));
    from = begins + size;
  }
  return files;
}
const fetched = async (browser: Browser, query: string): Promise<Map<string, Buffer>> => {
  const answer = await browser.go(`${at}/files?${query}`);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/zip']);
  return filesOf(Buffer.from(await answer.arrayBuffer()));
};

describe('the invoices of an account', () => {
  test('are found by PO number, amount, state, property and days, without a script', async () => {
    expect(await listed(dana, 'po=po-77')).toEqual(both(spread));
    expect(await listed(dana, 'min=1%2C234.00&max=1234.56')).toEqual(both(plain));
    expect(await listed(dana, 'max=186')).toEqual(both(spread, paid));
    expect(await listed(dana, 'state=partly_paid')).toEqual(both(plain));
    expect(await listed(dana, `property=${publicId('property', world.properties[1] ?? '')}`)).toEqual(both(spread));
    expect(await listed(dana, 'from=2999-01-01')).toEqual([]);
    expect(await listed(dana, 'min=much&po=')).toEqual(both(spread, plain, paid));
    expect(await listed(edgar, 'max=100')).toEqual(both(spread));
  });

  test('F5 come together as their papers and a list, the ticked ones or all that fit', async () => {
    const two = await fetched(dana, `invoice=${named(spread)}&invoice=${named(paid)}`);
    expect([...two.keys()].filter((name) => name.endsWith('.pdf'))).toHaveLength(2);
    const rows = two.get('invoices.csv')?.toString().trim().split('\r\n') ?? [];
    expect(rows[0]).toBe('Number,Date,Due,Property,PO number,Total,Balance,Currency,Status');
    expect(rows.filter((row) => row.includes('PO-77,186.00,186.00,USD,'))).toHaveLength(1);
    expect([...(await fetched(dana, 'tab=open')).keys()]).toHaveLength(3);
    const csv = await (await dana.go(`${at}/csv?tab=all`)).text();
    expect(csv.trim().split('\r\n')).toHaveLength(4);
    expect((await dana.go(`${at}/files`)).status).toBe(303);
  });

  test('rule 29 bring a person of one property their part of the paper, and nothing of the others', async () => {
    const files = await fetched(edgar, `invoice=${named(spread)}`);
    const [pdf] = [...files].filter(([name]) => name.endsWith('.pdf')).map(([, bytes]) => bytes);
    const text = await paperText(new Uint8Array(pdf ?? []));
    expect(text).toContain('LK-01');
    for (const other of ['LK-02', '186.00', '86.00']) expect(text).not.toContain(other);
    expect(files.get('invoices.csv')?.toString()).not.toContain('186.00');
  });

  test('T5 F5 nothing comes when one of them is somebody else’s, none there, or there are too many', async () => {
    for (const other of [named(rosas), publicId('invoice', newId()), 'inv_x']) {
      expect((await dana.go(`${at}/files?invoice=${named(paid)}&invoice=${other}`)).status).toBe(404);
    }
    expect((await edgar.go(`${at}/files?invoice=${named(plain)}`)).status).toBe(404);
    const many = Array.from({ length: 101 }, () => `invoice=${publicId('invoice', newId())}`).join('&');
    expect((await dana.go(`${at}/files?${many}`)).status).toBe(422);
    expect((await world.browser().go(`${at}/files?invoice=${named(paid)}`)).headers.get('location')).toContain(`/${world.house.slug}?stay=1`);
  });
});
