import { describe, expect, it } from 'vitest';
import { ask, done } from '../../../test/api-client.ts';
import { testWorld } from '../../../test/world.ts';

const world = testWorld();
const today = new Date().toISOString().slice(0, 10);

async function received(amountMinor: number, more: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const { web, otter } = world();
  const body = { customerId: otter.ids.customerId, method: 'check', amountMinor, receivedOn: today, shares: [], keepRestAsCredit: true, ...more };
  return (await done(web, otter.owner, 'recordPayment', { body })).id;
}

describe('payments of the API, chosen', () => {
  it('are found by state, method, amount, day, customer, invoice, words and credit, all of it together', async () => {
    const { web, otter } = world();
    const check = await received(7_700, { reference: 'No. 2041' });
    const cash = await received(8_800, { method: 'cash' });
    const onBill = await received(1_000, { shares: [{ invoiceId: otter.ids.invoiceId, amountMinor: 1_000 }], keepRestAsCredit: false });
    const ids = async (query: Readonly<Record<string, string | number>>) => {
      const page = await done(web, otter.owner, 'listPayments', { query });
      return page.items.map((payment: { id: string }) => payment.id).filter((id: string) => [check, cash, onBill].includes(id));
    };
    expect(await ids({})).toEqual([onBill, cash, check]);
    expect(await ids({ method: 'cash' })).toEqual([cash]);
    expect(await ids({ minMinor: 7_700, maxMinor: 8_000 })).toEqual([check]);
    expect(await ids({ minMinor: 8_000 })).toEqual([cash]);
    expect(await ids({ tab: 'credit' })).toEqual([cash, check]);
    expect(await ids({ state: 'cleared', q: '2041' })).toEqual([check]);
    expect(await ids({ state: 'failed' })).toEqual([]);
    expect(await ids({ q: '88.00' })).toEqual([cash]);
    expect(await ids({ invoiceId: otter.ids.invoiceId })).toEqual([onBill]);
    expect(await ids({ customerId: otter.ids.customerId, from: today, to: today, method: 'check', tab: 'credit' })).toEqual([check]);
    expect(await ids({ to: '2001-01-01' })).toEqual([]);
    expect((await ask(web, otter.owner, 'listPayments', { query: { minMinor: 'much' } })).status).toBe(422);
  });

  it('leave as a file of just these, in which nothing runs as a formula, and the download is written down', async () => {
    const { web, otter } = world();
    const id = await received(9_900, { reference: '=HYPERLINK("http://x")', method: 'transfer' });
    const file = await ask(web, otter.owner, 'downloadPayments', { query: { method: 'transfer', minMinor: 9_900, maxMinor: 9_900 } });
    expect([file.status, file.headers.get('content-type'), file.headers.get('cache-control')]).toEqual([200, 'text/csv; charset=utf-8', 'private, no-store']);
    const [head, row, ...rest] = file.text.replace('\ufeff', '').trim().split('\r\n');
    expect(head).toBe(
      'payment_id,receipt_number,day,customer,method,method_label,state,reference,currency,amount,refunded,disputed,kept_as_credit,invoices,note,recorded_by,fee,net,tip,card_fee,saving',
    );
    expect(row).toContain(id);
    expect(row).toContain('"\'=HYPERLINK(""http://x"")",USD,99.00,0.00,0.00,99.00');
    expect(rest).toEqual([]);
    expect((await done(web, otter.owner, 'listEvents')).items[0]).toMatchObject({ kind: 'export.downloaded', data: { kind: 'payments' } });
  });

  it('T4 stay out of the list and the file of another business', async () => {
    const { web, otter, mop } = world();
    const of = { customerId: otter.ids.customerId };
    expect((await done(web, mop.owner, 'listPayments', { query: of })).items).toEqual([]);
    const file = await ask(web, mop.owner, 'downloadPayments', { query: of });
    expect(file.text.trim().split('\r\n')).toHaveLength(1);
  });
});
