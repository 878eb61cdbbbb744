import { describe, expect, it } from 'vitest';
import { ask, done } from '../../../test/api-client.ts';
import { testWorld } from '../../../test/world.ts';
import { readId } from '../../core/ids.ts';
import { recordPayout } from '../../domain/payments/payments.ts';

const world = testWorld();
const said = {
  reference: 'po_api',
  state: 'paid',
  amountMinor: 9_680n,
  currency: 'USD',
  arrivesUnixS: 1_790_000_000,
  createdUnixS: 1_789_990_000,
  failure: '',
  manual: false,
} as const;
const movement = {
  reference: 'txn_api',
  kind: 'payment',
  payment: '=1+1',
  amountMinor: 10_000n,
  feeMinor: 320n,
  currency: 'USD',
  createdUnixS: 1_789_800_000,
} as const;

async function told(): Promise<string> {
  const { web, otter } = world();
  await otter.business.system((scope) => recordPayout(scope, 'sandbox', said, [movement]));
  const { items } = await done(web, otter.owner, 'listPayouts');
  return items.find(({ reference }: { reference: string }) => reference === 'po_api').id;
}

describe('payouts of the API', () => {
  it('one is listed, read with what does not match, taken apart, and leaves as a file that is written down', async () => {
    const { web, otter } = world();
    const params = { payoutId: await told() };
    expect(await done(web, otter.owner, 'readPayout', { params })).toMatchObject({
      ...{ state: 'paid', amountMinor: 9_680, feesMinor: 320, missingMinor: 0, strangers: 1, differing: 0, arrivesOn: '2026-09-21' },
    });
    expect((await done(web, otter.owner, 'listPayoutEntries', { params })).items).toMatchObject([{ kind: 'payment', payment: null, netMinor: 9_680 }]);
    const file = await ask(web, otter.owner, 'downloadPayout', { params });
    const [head, row] = file.text.replace('\ufeff', '').trim().split('\r\n');
    expect(head).toBe('at,kind,reference,payment_id,receipt_number,customer,currency,amount,fee,net');
    expect(row).toContain('payment,txn_api,,,,USD,100.00,3.20,96.80');
    expect((await done(web, otter.owner, 'listEvents')).items[0]).toMatchObject({ kind: 'export.downloaded', data: { kind: 'payout' } });
  });

  it('T4 is nobody else’s, and none of the crew’s', async () => {
    const { web, otter, mop } = world();
    const params = { payoutId: await told() };
    expect(readId('payout', params.payoutId)).not.toBeNull();
    for (const id of ['readPayout', 'listPayoutEntries', 'downloadPayout'] as const)
      expect([id, (await ask(web, mop.owner, id, { params })).status]).toEqual([id, 404]);
    for (const id of ['readPayout', 'listPayoutEntries', 'downloadPayout'] as const)
      expect([id, (await ask(web, otter.field, id, { params })).status]).toEqual([id, 403]);
  });
});
