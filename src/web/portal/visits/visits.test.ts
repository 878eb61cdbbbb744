import { beforeAll, describe, expect, test } from 'vitest';
import { signedIn } from '../../../../test/portal-till.ts';
import { type Browser, type PortalWorld, portalWorld } from '../../../../test/portal-world.ts';
import { testKeys } from '../../../../test/small-business.ts';
import { testWeb } from '../../../../test/web.ts';
import { addDays, todayIn } from '../../../core/calendar.ts';
import { publicId } from '../../../core/ids.ts';
import { newId } from '../../../db/fresh.ts';
import { issueInvoice } from '../../../domain/invoices/invoices.ts';
import type { NewVisit } from '../../../domain/jobs/job.ts';
import { createJob, invoiceJob, saveVisitRules } from '../../../domain/jobs/jobs.ts';
import { addVisitPhoto, cancelVisit, changeVisit, finishVisit, planVisit } from '../../../domain/jobs/visits.ts';
import { sendInvoice, shareDocument } from '../../../domain/links/links.ts';

const web = testWeb();
let world: PortalWorld;
let [dana, edgar, rosa]: Browser[] = [];
let today = '';

beforeAll(async () => {
  world = await portalWorld(web());
  const { dana: d, edgar: e, rosa: r } = world.people;
  [dana, edgar, rosa] = [await signedIn(world, d.id), await signedIn(world, e.id), await signedIn(world, r.id)];
  today = await world.house.office(async ({ now }) => todayIn('America/Chicago', now));
});

const at = (path: string): string => `/${world.house.slug}${path}`;
const go = async (browser: Browser | undefined, path: string): Promise<{ status: number; html: string }> => {
  const answer = await browser?.go(at(path));
  return { status: answer?.status ?? 0, html: (await answer?.text()) ?? '' };
};
const work = (more: Partial<NewVisit> & { property?: number; title?: string } = {}) =>
  world.house.office(async (scope) => {
    const { property, title = 'Drain cleaning', ...rest } = more;
    const lines = [{ name: title, quantityMilli: 1000n, unitPriceMilli: 9_300_000n, taxRateId: null }];
    const job = await createJob(scope, {
      customerId: world.customer,
      propertyId: property === undefined ? null : (world.properties[property] ?? null),
      title,
      lines,
    });
    const visit = await planVisit(scope, { jobId: job.id, day: today, crew: [scope.actor.id ?? ''], ...rest });
    return { jobId: job.id, id: visit.id, version: visit.version, page: `/visits/${publicId('visit', visit.id)}` };
  });
const daysIn = (html: string): string[] => [...html.matchAll(/href="[^"]*\/visits\/(vis_\w+)"/g)].map(([, id]) => id ?? '');

describe('visits of an account', () => {
  test('T6 stand with what is coming up first; a person of one property sees its own, another customer none and no such section', async () => {
    const done = await work({ property: 0, day: addDays(today, -5) });
    await world.house.office((scope) => finishVisit(scope, done.id, 'Cleared.'));
    const later = await work({ property: 1, day: addDays(today, 4) });
    const soon = await work({ property: 0, day: addDays(today, 2), from: '08:00', until: '10:00' });
    const hidden = await work({ property: 0, shown: false });
    const all = await go(dana, '/visits');
    expect(daysIn(all.html)).toEqual([soon, later, done].map(({ id }) => publicId('visit', id)));
    expect(all.html).toContain('8:00');
    const own = await go(edgar, '/visits');
    expect(daysIn(own.html)).toEqual([soon, done].map(({ id }) => publicId('visit', id)));
    expect(own.html).not.toContain('LK-02');
    const narrowed = await go(dana, `/visits?property=${publicId('property', world.properties[1] ?? '')}`);
    expect(daysIn(narrowed.html)).toEqual([publicId('visit', later.id)]);
    expect((await go(dana, '/home')).html).toContain('Next visit');
    expect((await go(rosa, '/home')).html).not.toContain(at('/visits'));
    expect(daysIn((await go(rosa, '/visits')).html)).toEqual([]);
    for (const path of [hidden.page, `/visits/${publicId('visit', newId())}`]) expect((await go(dana, path)).status).toBe(404);
    for (const path of [later.page, `${later.page}/calendar`]) expect([(await go(edgar, path)).status, (await go(rosa, path)).status]).toEqual([404, 404]);
  });
});

describe('the page of a visit', () => {
  test('says when, where, who by first name where the business allows it, and what was done', async () => {
    const visit = await work({ property: 0, customerNote: 'Water is off for an hour.' });
    const before = (await go(dana, visit.page)).html;
    for (const text of ['Any time of the day', 'Water is off for an hour.', 'Ida', 'Add to calendar', 'Ask a question']) expect(before).toContain(text);
    expect(before).not.toContain('Brandt');
    await world.house.office((scope) => finishVisit(scope, visit.id, 'Cleared; <b>ran</b> hot water.'));
    await world.house.office((scope) => saveVisitRules(scope, { crewNamed: false }));
    const after = (await go(dana, visit.page)).html;
    expect(after).toContain('Cleared; &lt;b&gt;ran&lt;/b&gt; hot water.');
    expect(after).not.toContain('Ida');
    expect(after).not.toContain('Add to calendar');
    await world.house.office((scope) => saveVisitRules(scope, { crewNamed: true }));
  });

  test('gives a calendar entry of one name, newer after each change, and canceled when nobody comes', async () => {
    const visit = await work({ day: addDays(today, 3), from: '08:00', until: '10:00' });
    const entry = async (): Promise<string> => (await go(dana, `${visit.page}/calendar`)).html;
    const uid = `UID:${publicId('visit', visit.id)}@localhost`;
    const first = await entry();
    expect(first).toContain(uid);
    expect(first).toContain('SEQUENCE:0');
    await world.house.office((scope) => changeVisit(scope, { id: visit.id, version: visit.version, changes: { day: addDays(today, 5) } }));
    await world.house.office((scope) => cancelVisit(scope, visit.id, 'Rain'));
    const last = await entry();
    for (const line of [uid, 'SEQUENCE:2', 'STATUS:CANCELLED']) expect(last).toContain(line);
    expect((await go(dana, visit.page)).html).toContain('Nobody comes on this day.');
  });
});

describe('a line of an invoice', () => {
  test('opens the visit it was done on, for whoever holds the link of that invoice and for nobody by another', async () => {
    const visit = await work({ property: 0 });
    const { sha256, size } = await web().deps.files.put(world.house.id, Buffer.from([0xff, 0xd8, 0xff, 0xd9]));
    await world.house.office((scope) => addVisitPhoto(scope, visit.id, { name: 'sink.jpg', mediaType: 'image/jpeg', bytes: size, sha256 }));
    await world.house.office((scope) => finishVisit(scope, visit.id, 'Cleared.'));
    const { id, tokens } = await world.house.office(async (scope) => {
      const draft = await invoiceJob(scope, visit.jobId);
      await issueInvoice(scope, draft, { show: true });
      const { mails } = await sendInvoice(scope, testKeys, { documentId: draft, personIds: [world.people.dana.id] });
      return { id: draft, tokens: mails.map(({ linkId }) => testKeys.linkToken(world.house.id, linkId ?? '')) };
    });
    const other = await world.send([world.people.dana.id]);
    const browser = world.browser();
    await browser.open(world.house.slug, tokens[0] ?? '');
    const page = at(`/d/${publicId('invoice', id)}`);
    const line = `${page}${visit.page}`;
    expect(await (await browser.go(page)).text()).toContain(`href="${line}"`);
    const html = await (await browser.go(line)).text();
    expect(html).toContain('Cleared.');
    const photo = /src="([^"]*small=1)"/.exec(html)?.[1]?.replace('?small=1', '') ?? '';
    expect([photo.startsWith(`${page}/files/`), (await browser.go(photo)).status]).toEqual([true, 200]);
    expect(html).toContain(`href="${page}/ask"`);
    const sharing = { documentId: id, byLink: null, name: 'Olive', email: 'olive@example.com', language: 'en', mayPay: false, days: 30, note: '' } as const;
    const actor = { kind: 'person', id: world.people.dana.id, name: 'Dana' } as const;
    const { linkId } = await world.house.system((scope) => shareDocument({ ...scope, actor }, testKeys, sharing));
    const sentOn = world.browser();
    await sentOn.open(world.house.slug, testKeys.linkToken(world.house.id, linkId));
    const seen = await (await sentOn.go(line)).text();
    expect([seen.includes('Cleared.'), seen.includes('/ask')]).toEqual([true, false]);
    await browser.open(world.house.slug, other.tokens[0] ?? '');
    expect((await browser.go(`${other.path}${visit.page}`)).status).toBe(404);
    const account = await go(dana, visit.page);
    expect(account.html).toContain(`href="${page}"`);
    const own = /href="([^"]*\/photos\/fil_\w+)"/.exec(account.html)?.[1] ?? '';
    expect([(await dana?.go(own))?.status, (await rosa?.go(own))?.status]).toEqual([200, 404]);
    const stranger = await work({ property: 0 });
    expect((await dana?.go(own.replace(/vis_\w+/, publicId('visit', stranger.id))))?.status).toBe(404);
  });
});
