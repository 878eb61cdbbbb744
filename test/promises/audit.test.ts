import { beforeAll, describe, expect, test } from 'vitest';
import { publicId } from '../../src/core/ids.ts';
import { newId } from '../../src/db/fresh.ts';
import { verifyChain } from '../../src/domain/events/events.ts';
import { setLogLevel } from '../../src/log.ts';
import type { OperationId } from '../../src/web/api/schemas/operations.ts';
import { type Asked, ask, done, type Json } from '../api-client.ts';
import { testWeb } from '../web.ts';
import { aLine, type House, makeHouse } from '../world.ts';

setLogLevel('silent');
const web = testWeb();
let house: House;
beforeAll(async () => {
  house = await makeHouse(web());
});

type Act = readonly [what: string, kind: RegExp, id: OperationId, asked: (made: Json) => Asked];
const body = (value: unknown): Asked => ({ body: value });
const named = (): Json => house.ids;
const draft = (): Asked => body({ customerId: named().customerId, lines: [aLine()] });

/** Each change of state an office makes, and the event it must leave. `made` is what the step before answered. */
const acts: readonly Act[] = [
  ['a setting', /^business\./, 'changeSettings', (made) => ({ version: made.version, body: { company: { phone: '(512) 555-0142' } } })],
  [
    'a customer',
    /^customer\.created$/,
    'addCustomer',
    () => body({ kind: 'residential', name: 'Gil Marlowe', contact: { name: 'Gil Marlowe', email: 'gil@example.com', phone: '' } }),
  ],
  ['a property', /^property\.created$/, 'addProperty', () => ({ params: { customerId: named().customerId }, body: { code: 'LK-77', name: 'Court' } })],
  [
    'a person',
    /^person\.added$/,
    'addPerson',
    () => ({ params: { customerId: named().customerId }, body: { name: 'Tess Marlowe', email: 'tess@example.com' } }),
  ],
  ['an item', /^item\.created$/, 'addItem', () => body({ name: 'Gutter', unitPriceMilli: 1_000_000 })],
  ['a tax rate', /^tax_rate\.created$/, 'addTaxRate', () => body({ name: 'City', components: [{ name: 'City', ratePpm: 20_000 }] })],
  ['a draft', /^invoice\.created$/, 'createDraft', draft],
  [
    'its sending',
    /^((invoice|estimate)\.(issued|sent|shown|pdf_stored)|mail\.)/,
    'sendInvoice',
    (made) => ({ params: { invoiceId: made.id }, body: { personIds: [named().personId] } }),
  ],
  ['its cancelling', /^invoice\.canceled$/, 'voidInvoice', (made) => ({ params: { invoiceId: made.invoice.id }, body: { reason: 'Wrong hours' } })],
  [
    'a payment',
    /^(payment\.recorded|invoice\.paid|mail\.)/,
    'recordPayment',
    () =>
      body({
        customerId: named().customerId,
        method: 'cash',
        amountMinor: 100,
        receivedOn: '2026-01-05',
        shares: [{ invoiceId: named().invoiceId, amountMinor: 100 }],
      }),
  ],
  ['its undoing', /^payment\.reversed$/, 'reversePayment', (made) => ({ params: { paymentId: made.id }, body: { reason: 'Check came back' } })],
  ['a link handed over', /^link\.copied$/, 'copyLink', () => ({ params: { linkId: named().linkId } })],
  ['a link’s end', /^link\.revoked$/, 'revokeLink', () => ({ params: { linkId: named().linkId } })],
  ['a key', /^key\.created$/, 'makeApiKey', () => body({ name: 'Export', scopes: ['invoices:read'] })],
  ['a key’s end', /^key\.revoked$/, 'revokeApiKey', (made) => ({ params: { keyId: made.apiKey.id } })],
  ['a person’s end', /^person\.removed$/, 'removePerson', () => ({ params: { customerId: named().customerId, personId: named().personId } })],
];

type Written = { seq: bigint; kind: string; actor_kind: string; actor_id: string | null; request_id: string };
/** What was written after an event, oldest first. */
const writtenAfter = (seq: bigint): Promise<Written[]> =>
  house.business.office(({ tx }) =>
    tx
      .selectFrom('events')
      .select(['seq', 'kind', 'actor_kind', 'actor_id', 'request_id'])
      .where('business_id', '=', house.business.id)
      .where('seq', '>', seq)
      .orderBy('seq')
      .execute(),
  );
const last = async (): Promise<bigint> => (await writtenAfter(0n)).at(-1)?.seq ?? 0n;

describe('D1 each change an office makes', () => {
  test('leaves its event in the same transaction: who, what, when, and by which request', async () => {
    let made: Json = await done(web(), house.owner, 'readSettings');
    for (const [what, kind, id, asked] of acts) {
      const before = await last();
      const answer = await ask(web(), house.owner, id, asked(made));
      expect([what, answer.status < 300, answer.status < 300 ? '' : answer.text]).toEqual([what, true, '']);
      made = answer.json;
      const fresh = await writtenAfter(before);
      expect([what, fresh.some((event) => kind.test(event.kind))]).toEqual([what, true]);
      const by = { actor_kind: 'staff', actor_id: house.business.owner.id, request_id: answer.headers.get('x-request-id') };
      for (const event of fresh) expect([what, event]).toEqual([what, { ...by, seq: event.seq, kind: event.kind }]);
    }
    expect(await house.business.system((scope) => verifyChain(scope))).toBeNull();
  });

  test('leaves none when it is refused', async () => {
    const before = await last();
    const refused: [OperationId, Asked][] = [
      ['addCustomer', body({ kind: 'residential', name: '' })],
      ['voidInvoice', { params: { invoiceId: publicId('invoice', newId()) }, body: { reason: 'x' } }],
      ['recordPayment', body({ customerId: named().customerId, method: 'cash', amountMinor: 0, receivedOn: '2026-01-05', shares: [] })],
      ['revokeLink', { params: { linkId: named().linkId } }],
    ];
    for (const [id, asked] of refused) expect([id, (await ask(web(), house.owner, id, asked)).status >= 400]).toEqual([id, true]);
    expect(await last()).toBe(before);
  });
});
