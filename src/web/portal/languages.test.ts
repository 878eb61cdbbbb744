import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { offer } from '../../../test/estimate-world.ts';
import { type PortalWorld, portalWorld } from '../../../test/portal-world.ts';
import { testWeb } from '../../../test/web.ts';
import { portalSession } from '../../../test/world.ts';
import { publicId } from '../../core/ids.ts';
import { en } from '../../core/words/en.ts';
import { words } from '../../core/words/words.ts';
import { withdrawEstimate } from '../../domain/estimates/estimates.ts';
import { voidInvoice } from '../../domain/invoices/invoices.ts';
import { createJob } from '../../domain/jobs/jobs.ts';
import { planVisit } from '../../domain/jobs/visits.ts';
import { revokeLink } from '../../domain/links/links.ts';
import { setRights } from '../../domain/people/people.ts';

const web = testWeb();
let world: PortalWorld;
beforeAll(async () => {
  world = await portalWorld(web());
});

/** Every plain text of the English catalogue that this language says otherwise. */
function englishOnly(locale: 'es' | 'fr'): Set<string> {
  const found = new Set<string>();
  const walk = (own: unknown, other: unknown): void => {
    if (typeof own === 'string') {
      if (own !== other) found.add(own);
    } else if (own !== null && typeof own === 'object') {
      for (const [key, value] of Object.entries(own)) walk(value, (other as Record<string, unknown> | undefined)?.[key]);
    }
  };
  walk(en, words(locale));
  const also = new Set<string>();
  const all = (value: unknown): void => {
    if (typeof value === 'string') also.add(value);
    else if (value !== null && typeof value === 'object') for (const inner of Object.values(value)) all(inner);
  };
  all(words(locale));
  // Each language is offered under its own name.
  return new Set([...found].filter((text) => !also.has(text) && text !== en.common.languageName));
}

/** What a reader sees or hears: texts between tags and spoken attributes. */
function textsOf(html: string): string[] {
  const body = html.replace(/<style>.*?<\/style>/s, '');
  const spoken = [...body.matchAll(/(?:aria-label|alt|placeholder|title)="([^"]*)"/g)].map(([, text = '']) => text);
  return [...body.split(/<[^>]*>/), ...spoken].map((text) => text.trim().replaceAll('&#x27;', "'")).filter((text) => /\p{L}/u.test(text));
}

test.each(['es', 'fr'] as const)('each page in %s shows no English string of the catalogue', async (locale) => {
  const { house, people } = world;
  const [due, canceled, ended] = [
    await world.send([people.dana.id, people.edgar.id], { spread: true }),
    await world.send([people.dana.id]),
    await world.send([people.dana.id]),
  ];
  await house.office((scope) => voidInvoice(scope, { documentId: canceled.id, reason: 'x' }));
  await house.office((scope) => revokeLink(scope, ended.links[0] ?? ''));
  const browser = world.browser({ 'accept-language': locale });
  for (const sent of [due, canceled, ended]) await browser.open(house.slug, sent.tokens[0] ?? '');
  const edgar = world.browser({ 'accept-language': locale });
  await edgar.open(house.slug, due.tokens[1] ?? '');
  const at = `/${house.slug}`;
  const pages: [typeof browser, string][] = [
    ...['', '/pay', '/pay?other=1', '/pay?amount=abc', '/ask', '/announce', '/people', '/share', '/confirm', '/confirm?sent=1'].map(
      (sub) => [browser, due.path + sub] as [typeof browser, string],
    ),
    [browser, canceled.path],
    [browser, ended.path],
    [edgar, due.path],
    ...['', '/find', '/code/enter', '/enter/123456', '/verify'].map((sub) => [browser, at + sub] as [typeof browser, string]),
  ];
  const { rows } = await house.office(({ tx }) =>
    sql<{ id: string }>`select identity_id as id from people where business_id = ${house.id} and id = ${people.dana.id}`.execute(tx),
  );
  const { cookies } = await portalSession(web(), rows[0]?.id ?? '');
  const account = world.browser({ 'accept-language': locale, cookie: `portal=${cookies?.['portal']}` });
  const [first, over] = [await offer(world, [people.dana]), await offer(world, [people.dana], { extra: { scope: '¡', exclusions: '¡', terms: '¡' } })];
  await house.office((scope) => withdrawEstimate(scope, { documentId: over.id, reason: 'x' }));
  for (const sub of ['/approve', '/decline', '/changes']) pages.push([browser, first.path + sub]);
  for (const sent of [first, over]) {
    await browser.open(house.slug, sent.tokens[0] ?? '');
    for (const sub of ['', '?c=1&q5=99', '/ask', '/people']) pages.push([browser, sent.path + sub]);
  }
  const visitPage = await house.office(async (scope) => {
    const { id: jobId, today } = await createJob(scope, { customerId: world.customer, title: '¡', customerNotes: '¡' });
    const { id } = await planVisit(scope, { jobId, day: today, from: '08:00', until: '09:00' });
    return `/visits/${publicId('visit', id)}`;
  });
  for (const sub of [
    '/home',
    `/properties`,
    `/properties?sort=code&q=court`,
    `/properties/${publicId('property', world.properties[0] ?? '')}`,
    '/estimates',
    '/visits',
    '/visits?property=x',
    visitPage,
    '/invoices',
    '/payments',
    '/account',
    '/account?from=2020-01-01',
    '/account?from=2020-01-01&to=2099-01-01&asof=2020-01-01&property=none',
    '/documents',
    '/documents?ask=1',
    '/billing',
    '/billing?saved=asked',
    '/messages',
    '/messages?q=x',
    '/messages/new',
    '/pay',
    '/pay?amount=9999',
    '/pay?amount=abc',
  ])
    pages.push([account, at + sub]);
  await house.office((scope) => setRights(scope, { personId: people.dana.id, customerId: world.customer, rights: { canManage: true } }));
  const [dana, another] = [people.dana.id, people.edgar.id].map((id) => publicId('person', id));
  const managed = `${at}/people/${publicId('customer', world.customer)}`;
  for (const page of [
    `${at}/devices`,
    `${at}/elsewhere`,
    `${at}/people`,
    `${managed}/invite`,
    `${managed}/invite?as=pays`,
    `${managed}/${another}`,
    `${managed}/${dana}/remove`,
  ])
    pages.push([account, page]);
  pages.push([browser, `${at}/join/x`]);
  pages.push([account, `${at}/estimates/approve?estimate=${publicId('estimate', first.id)}&estimate=${publicId('estimate', over.id)}`]);
  const english = englishOnly(locale);
  for (const [reader, path] of pages) {
    const html = await (await reader.go(path)).text();
    expect(html).toContain(`<html lang="${locale}"`);
    expect([path, textsOf(html).filter((text) => english.has(text))]).toEqual([path, []]);
  }
});

test('a language chosen by its link stays chosen, whatever the browser asks for', async () => {
  const browser = world.browser({ 'accept-language': 'en-US' });
  await browser.go(`/${world.house.slug}?lang=fr`);
  expect(await (await browser.go(`/${world.house.slug}`)).text()).toContain('<html lang="fr"');
});
