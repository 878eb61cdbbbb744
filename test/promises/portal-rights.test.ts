import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../src/db/fresh.ts';
import { shareDocument } from '../../src/domain/links/links.ts';
import { addPerson, type Rights } from '../../src/domain/people/people.ts';
import { setLogLevel } from '../../src/log.ts';
import { paths } from '../../src/routes.ts';
import { kitchenMinor, offer } from '../estimate-world.ts';
import { formOf, knock } from '../many-callers.ts';
import { type PortalWorld, portalWorld } from '../portal-world.ts';
import { testKeys } from '../small-business.ts';
import { testWeb } from '../web.ts';
import { portalSession } from '../world.ts';

setLogLevel('silent');
const web = testWeb();

/** What each address of a document takes: to see it, to ask, to pay, to say that one pays, to decide, or to be there under one's own name. `none`: shown to anybody alike. */
type Need = 'see' | 'ask' | 'pay' | 'tell' | 'decide' | 'named' | 'none';
const needs: Readonly<Record<string, Need>> = {
  ...{ [`GET ${paths.document}`]: 'see', [`POST ${paths.documentSeen}`]: 'see', [`GET ${paths.documentEvents}`]: 'see' },
  ...{ [`GET ${paths.documentVisit}`]: 'see', [`GET ${paths.documentPdf}`]: 'see', [`GET ${paths.documentFile}`]: 'see' },
  ...{ [`GET ${paths.receipt}`]: 'see', [`GET ${paths.receiptPdf}`]: 'see' },
  ...{ [`GET ${paths.approvalPdf}`]: 'see', [`GET ${paths.creditNotePdf}`]: 'see', [`POST ${paths.documentClose}`]: 'see' },
  ...{ [`GET ${paths.pay}`]: 'pay', [`POST ${paths.pay}`]: 'pay', [`GET ${paths.payReturn}`]: 'pay' },
  ...{ [`GET ${paths.ask}`]: 'ask', [`POST ${paths.ask}`]: 'ask', [`GET ${paths.announce}`]: 'tell', [`POST ${paths.announce}`]: 'tell' },
  ...{ [`GET ${paths.questionCharge}`]: 'ask', [`POST ${paths.questionCharge}`]: 'ask', [`POST ${paths.withdrawQuestion}`]: 'ask' },
  ...{ [`GET ${paths.approve}`]: 'decide', [`POST ${paths.approve}`]: 'decide', [`GET ${paths.decline}`]: 'decide', [`POST ${paths.decline}`]: 'decide' },
  ...{ [`GET ${paths.askForChanges}`]: 'decide', [`POST ${paths.askForChanges}`]: 'decide' },
  ...{ [`GET ${paths.undoApproval}`]: 'decide', [`POST ${paths.undoApproval}`]: 'decide' },
  ...{ [`GET ${paths.documentPeople}`]: 'named', [`POST ${paths.documentPeople}`]: 'named' },
  ...{ [`GET ${paths.documentShare}`]: 'named', [`POST ${paths.documentShare}`]: 'named' },
  ...{ [`GET ${paths.documentConfirm}`]: 'none', [`POST ${paths.documentConfirm}`]: 'none', [`POST ${paths.documentRenew}`]: 'none' },
};

type Kind = 'whole' | 'manages a property' | 'asks' | 'pays' | 'looks' | 'looks, pays elsewhere' | 'shared to look' | 'shared to pay';
const can: Readonly<Record<Kind, readonly Need[]>> = {
  whole: ['see', 'ask', 'pay', 'tell', 'decide', 'named'],
  'manages a property': ['see', 'ask', 'pay', 'tell', 'decide', 'named'],
  asks: ['see', 'ask', 'decide', 'named'],
  pays: ['see', 'pay', 'tell', 'named'],
  looks: ['see', 'named'],
  'looks, pays elsewhere': ['see', 'named'],
  'shared to look': ['see'],
  'shared to pay': ['see', 'pay'],
};

let world: PortalWorld;
/** The addresses of a bill and an estimate of one property, and the cookies each kind of reader has for either. */
let bill: string;
let quote: string;
const readers = new Map<Kind, Readonly<{ bill: string; quote: string }>>();

beforeAll(async () => {
  world = await portalWorld(web());
  const [lk01 = ''] = world.properties;
  const sent = await world.send([world.people.dana.id], { extra: { propertyId: lk01 } });
  const offered = await offer(world, [world.people.dana], { extra: { propertyId: lk01 } });
  [bill, quote] = [sent.path, offered.path];
  const reader = async (kind: Kind, rights: Partial<Rights>, elsewhere = false): Promise<void> => {
    const email = `${newId().slice(-8)}@example.com`;
    const identity = await world.house.office(async (scope) => {
      const { id } = await addPerson(scope, { name: 'Reader', email, customerId: world.customer, rights });
      if (elsewhere) await addPerson(scope, { name: 'Reader', email, customerId: world.other });
      const { rows } = await sql<{ id: string }>`select identity_id as id from people where business_id = ${world.house.id} and id = ${id}`.execute(scope.tx);
      return rows[0]?.id ?? '';
    });
    const cookie = `portal=${(await portalSession(web(), identity)).cookies?.['portal']}`;
    readers.set(kind, { bill: cookie, quote: cookie });
  };
  await reader('whole', {});
  await reader('manages a property', { propertyIds: [lk01], canManage: true, approveLimitMinor: 1n });
  await reader('asks', { propertyIds: [lk01], canPay: false });
  await reader('pays', { propertyIds: [lk01], canAsk: false });
  await reader('looks', { propertyIds: [lk01], canAsk: false, canPay: false });
  await reader('looks, pays elsewhere', { propertyIds: [lk01], canAsk: false, canPay: false }, true);
  const actor = { kind: 'person', id: world.people.dana.id, name: 'Dana Whitlock' } as const;
  const shared = async (documentId: string, mayPay: boolean): Promise<string> => {
    const sharing = { documentId, byLink: null, name: 'Olive', email: 'olive@example.com', language: 'en', mayPay, days: 30, note: '' } as const;
    const { linkId } = await world.house.system((scope) => shareDocument({ ...scope, actor }, testKeys, sharing));
    return `link=${testKeys.linkToken(world.house.id, linkId)}`;
  };
  readers.set('shared to look', { bill: await shared(sent.id, false), quote: await shared(offered.id, false) });
  readers.set('shared to pay', { bill: await shared(sent.id, true), quote: await shared(offered.id, true) });
}, 60_000);

const routes = (): string[] => [
  ...new Set(
    web()
      .app.routes.filter(({ method, path }) => path.startsWith(paths.document) && ['GET', 'POST'].includes(method))
      .map(({ method, path }) => `${method} ${path}`),
  ),
];

/** All a press could have meant, at once. */
const form = (): Record<string, string> => ({
  ...{
    act: newId(),
    text: 'Why?',
    line: '',
    charge: 'whole',
    reason: 'quality',
    amount: '1.00',
    amountMinor: '100',
    method: 'card',
    day: '2027-01-01',
    note: '',
  },
  ...{ totalMinor: String(kitchenMinor), acceptTerms: '1', typedName: 'Reader', name: 'Olive', email: 'o@example.com', language: 'en', mayPay: '1', days: '5' },
});

async function statusOf(route: string, of: string, cookie: string): Promise<number> {
  const [method = '', path = ''] = route.split(' ');
  const address = (of + path.slice(paths.document.length)).replace(/:\w+/g, 'x');
  const posted = formOf(form());
  const headers = { ...(method === 'POST' ? (posted.headers as Record<string, string>) : {}), cookie };
  return (await knock(web(), address, method === 'POST' ? { ...posted, headers } : { headers })).status;
}

/** What only somebody with a right may add to. */
async function written(): Promise<unknown> {
  const b = world.house.id;
  const tables = ['messages', 'threads', 'payments', 'payment_shares', 'announced_payments', 'questioned_charges', 'approvals', 'links', 'grants', 'people'];
  return world.house.system(async ({ tx }) => {
    const counts = [];
    for (const table of tables)
      counts.push((await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)} where business_id = ${b}`.execute(tx)).rows[0]?.n);
    return counts;
  });
}

describe('T4 the rights of each kind of reader at every address of a document', () => {
  test('each address has a row', () => {
    expect(routes().filter((route) => needs[route] === undefined)).toEqual([]);
    expect(Object.keys(needs).filter((route) => !routes().includes(route))).toEqual([]);
  });

  test.each(Object.keys(can) as Kind[])('who %s reaches what that right opens, and presses nothing else', async (kind) => {
    const reader = readers.get(kind) ?? { bill: '', quote: '' };
    const before = await written();
    for (const route of routes()) {
      const need = needs[route] ?? 'none';
      if (need === 'none' || (can[kind].includes(need) && route.startsWith('POST'))) continue;
      for (const [of, cookie] of [
        [bill, reader.bill],
        [quote, reader.quote],
      ] as const) {
        const status = await statusOf(route, of, cookie);
        expect([kind, route, status < 500]).toEqual([kind, route, true]);
        if (kind.startsWith('shared') && !can[kind].includes(need)) expect([kind, route, status === 404 || need === 'pay']).toEqual([kind, route, true]);
      }
    }
    expect([kind, await written()]).toEqual([kind, before]);
    expect([await statusOf(`GET ${paths.document}`, bill, reader.bill), await statusOf(`GET ${paths.document}`, quote, reader.quote)]).toEqual([200, 200]);
    expect([kind, (await statusOf(`GET ${paths.pay}`, bill, reader.bill)) === 200]).toEqual([kind, can[kind].includes('pay')]);
  });

  test('the same presses by who has the right do write: the rows above mean something', async () => {
    const before = await written();
    const { bill: asking, quote: deciding } = readers.get('asks') ?? { bill: '', quote: '' };
    expect([await statusOf(`POST ${paths.ask}`, bill, asking), await statusOf(`POST ${paths.approve}`, quote, deciding)]).toEqual([303, 303]);
    expect(await written()).not.toEqual(before);
  });
});
