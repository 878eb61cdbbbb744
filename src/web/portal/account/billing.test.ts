import { beforeAll, describe, expect, test } from 'vitest';
import { signedIn } from '../../../../test/portal-till.ts';
import { type Browser, type PortalWorld, portalWorld } from '../../../../test/portal-world.ts';
import { refusalOf } from '../../../../test/small-business.ts';
import { testWeb } from '../../../../test/web.ts';
import { publicId } from '../../../core/ids.ts';
import { readCustomer } from '../../../domain/customers/customers.ts';
import { listEvents } from '../../../domain/events/events.ts';
import { listMails } from '../../../domain/mails/mails.ts';
import { acceptDetailsChange, changeDetailRules, listDetailChanges, refuseDetailsChange, takeDetails } from '../../../domain/messages/details.ts';
import { setRights } from '../../../domain/people/people.ts';

const web = testWeb();
let world: PortalWorld;
let at = '';
beforeAll(async () => {
  world = await portalWorld(web());
  at = `/${world.house.slug}/billing`;
});

const textOf = async (browser: Browser, path = at): Promise<string> => (await (await browser.go(path)).text()).replaceAll('&#x27;', "'");
const same = { name: 'Dana Whitlock', company: 'Larkspur Keys (demo)', language: 'en' };
const changes = (state: 'waiting' | 'taken' | 'refused') =>
  world.house.office((scope) => listDetailChanges(scope, { state, customerId: world.customer, limit: 10 }));
const customer = () => world.house.office((scope) => readCustomer(scope, world.customer));

async function save(browser: Browser, fields: Readonly<Record<string, string>>): Promise<string | null> {
  const act = /name="act" value="([^"]+)"/.exec(await textOf(browser))?.[1] ?? '';
  const answer = await browser.post(at, { act, account: publicId('customer', world.customer), ...same, ...fields });
  return answer.status === 303 ? new URL(answer.headers.get('location') ?? '', 'http://x').searchParams.get('saved') : String(answer.status);
}

describe('billing details in the portal', () => {
  test('the language and the PO rule count at once, a name waits for the office and is told by mail when it counts', async () => {
    const dana = await signedIn(world, world.people.dana.id);
    expect(await save(dana, {})).toBe('same');
    expect(await save(dana, { company: 'Larkspur & Sons', language: 'es', poRequired: '1' })).toBe('asked');
    const [taken] = await changes('taken');
    for (let time = 0; time < 2; time += 1) await world.house.system((scope) => takeDetails(scope, taken?.id ?? ''));
    expect([(await customer()).language, (await customer()).poRequired, (await customer()).company]).toEqual(['es', true, 'Larkspur Keys (demo)']);
    const page = await textOf(dana, `${at}?saved=asked`);
    for (const words of ['We have your changes', 'We are looking at what you changed:', 'Larkspur &amp; Sons']) expect(page).toContain(words);
    const [waiting] = await changes('waiting');
    expect([waiting?.asked, waiting?.before]).toEqual([{ company: 'Larkspur & Sons' }, { company: 'Larkspur Keys (demo)' }]);
    await world.house.office((scope) => acceptDetailsChange(scope, waiting?.id ?? '', { company: 'Larkspur and Sons', name: 'Not asked for' }));
    expect([(await customer()).company, (await customer()).name]).toEqual(['Larkspur and Sons', 'Dana Whitlock']);
    expect((await refusalOf(world.house.office((scope) => refuseDetailsChange(scope, waiting?.id ?? '', 'Late')))).code).toBe('details_decided');
    const mails = await world.house.office((scope) => listMails(scope, { customerId: world.customer, limit: 10 }));
    expect(mails.filter(({ kind }) => kind === 'details_decided').map(({ to_address }) => to_address)).toEqual([world.people.dana.email]);
    const kinds = ['customer.details_changed', 'customer.details_asked', 'customer.details_accepted'] as const;
    const events = await world.house.office((scope) => listEvents(scope, { customerId: world.customer, kinds, limit: 5 }));
    expect(events.map(({ kind, actor_name }) => [kind, actor_name])).toEqual([
      ['customer.details_accepted', expect.any(String)],
      ['customer.details_asked', 'Dana Whitlock'],
      ['customer.details_changed', 'Dana Whitlock'],
    ]);
  });

  test('asking anew takes the place of what waits, and a refusal says why on the page', async () => {
    const dana = await signedIn(world, world.people.dana.id);
    const now = { company: 'Larkspur and Sons', language: 'en' };
    for (const city of ['Sampleton', 'Sample City']) expect(await save(dana, { ...now, 'billingAddress.city': city })).toBe('asked');
    const waiting = await changes('waiting');
    expect(waiting.map(({ asked }) => asked.billingAddress?.city)).toEqual(['Sample City']);
    await world.house.office((scope) => refuseDetailsChange(scope, waiting[0]?.id ?? '', 'There is no such city.'));
    expect(await textOf(dana)).toContain('There is no such city.');
    expect((await customer()).billingAddress.city ?? '').toBe('');
  });

  test('an exemption of tax waits even where names do not, and needs its number', async () => {
    const dana = await signedIn(world, world.people.dana.id);
    await world.house.office((scope) => changeDetailRules(scope, { review: false }));
    const now = { company: 'Larkspur and Sons', language: 'en' };
    expect(await save(dana, { ...now, taxExempt: '1' })).toBe('422');
    expect(await save(dana, { ...now, name: 'Dana W.', taxExempt: '1', taxExemptNote: 'TX-77' })).toBe('asked');
    expect((await changes('waiting')).map(({ asked }) => asked)).toEqual([{ taxExempt: true, taxExemptNote: 'TX-77' }]);
    expect((await changes('taken'))[0]?.asked).toMatchObject({ name: 'Dana W.' });
    await world.house.office((scope) => changeDetailRules(scope, { review: true }));
  });

  test('T6 whoever sees some properties, only looks, or belongs to another customer changes nothing', async () => {
    const { house, people, customer: customerId } = world;
    const before = (await changes('waiting')).length;
    for (const person of [people.edgar, people.rosa]) expect(await save(await signedIn(world, person.id), { name: 'Mine' })).toBe('404');
    const rights = (canPay: boolean) =>
      house.office((scope) => setRights(scope, { personId: people.dana.id, customerId, rights: { canPay, canManage: false } }));
    await rights(false);
    const dana = await signedIn(world, people.dana.id);
    expect(await save(dana, { name: 'Mine' })).toBe('404');
    expect(await textOf(dana)).toContain('Whoever pays for the whole account');
    await rights(true);
    expect((await changes('waiting')).length).toBe(before);
    expect((await world.browser().go(at)).headers.get('location')).toBe(`/${house.slug}?stay=1`);
  });
});
