import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { offer, offered, type SentEstimate } from '../../../../test/estimate-world.ts';
import { signedIn } from '../../../../test/portal-till.ts';
import { type Browser, type PortalWorld, portalWorld } from '../../../../test/portal-world.ts';
import { testWeb } from '../../../../test/web.ts';
import { publicId } from '../../../core/ids.ts';
import { listApprovals } from '../../../domain/approvals/approvals.ts';
import { readEstimate, withdrawEstimate } from '../../../domain/estimates/estimates.ts';
import { verifyBooks } from '../../../domain/ledger/ledger.ts';

const web = testWeb();
let world: PortalWorld;
let edgar: Browser;
beforeAll(async () => {
  world = await portalWorld(web());
  const { house, people } = world;
  await house.office(({ tx }) =>
    sql`update grants set approve_limit_minor = 50000 where business_id = ${house.id} and person_id = ${people.edgar.id}`.execute(tx),
  );
  edgar = await signedIn(world, people.edgar.id);
});

const at = (path: string): string => `/${world.house.slug}${path}`;
const id = (sent: SentEstimate): string => publicId('estimate', sent.id);
const make = (amount: number, more: Readonly<Record<string, unknown>> = {}): Promise<SentEstimate> =>
  offer(world, [world.people.dana], { lines: [offered('Pump', amount)], extra: { propertyId: world.properties[0], ...more } });
const page = async (browser: Browser, sent: readonly SentEstimate[]): Promise<string> =>
  (await browser.go(at(`/estimates/approve?${sent.map((each) => `estimate=${id(each)}`).join('&')}`))).text();
const fieldsOf = (html: string): [string, string][] => [
  ...[...html.matchAll(/<input type="hidden" name="estimate" value="([^"]+)"/g)].map(([, value = '']) => ['estimate', value] as [string, string]),
  ['acceptTerms', '1'],
  ['typedName', 'Edgar Finch'],
];
const records = (sent: SentEstimate) => world.house.office((scope) => listApprovals(scope, { documentId: sent.id }));

test('C10 rule 37: several within the limit are approved in one press, each with a record of its own; those above it are named and left', async () => {
  const [one, two, above] = [await make(10_000), await make(20_000), await make(60_000)];
  expect(await (await edgar.go(at('/estimates'))).text()).toContain('Approve selected');
  const html = await page(edgar, [one, two, above]);
  for (const said of ['Approve $300.00', '$100.00', '$200.00', 'Not decided here', 'Above what you may approve by yourself']) expect(html).toContain(said);
  const fields = fieldsOf(html);
  expect(fields.filter(([name]) => name === 'estimate').length).toBe(2);
  for (let twice = 0; twice < 2; twice += 1) {
    const answer = await edgar.post(at('/estimates/approve'), fields);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, at('/estimates?approved=2&of=2')]);
  }
  for (const each of [one, two]) expect((await records(each)).rows.map(({ kind, typedName }) => [kind, typedName])).toEqual([['approved', 'Edgar Finch']]);
  expect((await records(above)).rows).toEqual([]);
  expect(await (await edgar.go(at('/estimates?approved=2&of=2'))).text()).toContain('2 of 2 are approved.');
  expect(await world.house.office((scope) => verifyBooks(scope))).toEqual([]);
});

test('T5 what changed, was withdrawn or is not theirs is not approved, whatever the form says; the others are', async () => {
  const [one, gone, other] = [await make(10_000), await make(12_000), await make(13_000, { propertyId: world.properties[1] })];
  const fields = fieldsOf(await page(edgar, [one, gone, other]));
  await world.house.office((scope) => withdrawEstimate(scope, { documentId: gone.id, reason: '' }));
  const forged: [string, string][] = [...fields, ['estimate', `${id(other)}.13000`]];
  expect((await edgar.post(at('/estimates/approve'), forged)).headers.get('location')).toBe(at('/estimates?approved=1&of=3'));
  const states = await Promise.all([one, gone, other].map(async (each) => (await world.house.office((scope) => readEstimate(scope, each.id))).standing.now));
  expect(states).toEqual(['approved', 'withdrawn', 'sent']);
  const wrong = await make(15_000);
  await edgar.post(at('/estimates/approve'), [
    ['estimate', `${id(wrong)}.14000`],
    ['acceptTerms', '1'],
    ['typedName', 'Edgar Finch'],
  ]);
  expect((await records(wrong)).rows).toEqual([]);
});

test('asks for the name, the terms and the PO number that is needed, and signs nothing without', async () => {
  const { house, properties } = world;
  const sent = await make(10_000);
  const press = async (more: readonly (readonly [string, string])[]) => {
    const answer = await edgar.post(at('/estimates/approve'), [['estimate', `${id(sent)}.10000`], ...more]);
    return [answer.status, (await records(sent)).rows.length];
  };
  expect(await press([['acceptTerms', '1']])).toEqual([422, 0]);
  expect(await press([['typedName', 'Edgar Finch']])).toEqual([422, 0]);
  await house.office(({ tx }) =>
    sql`insert into property_rules (business_id, property_id, customer_id, po_required) values (${house.id}, ${properties[0]}, ${world.customer}, true)`.execute(
      tx,
    ),
  );
  const named = [
    ['acceptTerms', '1'],
    ['typedName', 'Edgar Finch'],
  ] as const;
  expect(await page(edgar, [sent])).toContain('name="poNumber"');
  expect(await press(named)).toEqual([422, 0]);
  expect(await press([...named, ['poNumber', 'PO-12']])).toEqual([303, 1]);
  expect((await records(sent)).rows[0]).toMatchObject({ kind: 'approved', poNumber: 'PO-12' });
});
