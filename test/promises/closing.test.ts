import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { publicId } from '../../src/core/ids.ts';
import { listCertificates } from '../../src/db/erase/certificates.ts';
import { ownerWorkOf } from '../../src/db/erase/owner-work.ts';
import { newId } from '../../src/db/fresh.ts';
import { inTransaction, systemActor } from '../../src/db/scope.ts';
import { foundBusiness } from '../../src/domain/businesses/sign-up.ts';
import { beginRound } from '../../src/domain/reminders/reminders.ts';
import { href } from '../../src/routes.ts';
import { finishErasing } from '../../src/tasks/erase-rest.ts';
import { mailNoticeTask } from '../../src/tasks/mail-notice.ts';
import { ask, done, type Json } from '../api-client.ts';
import { everythingKept } from '../db.ts';
import { Browser } from '../portal-world.ts';
import { testKeys } from '../small-business.ts';
import { inner, testWorld } from '../world.ts';

const world = testWorld();
const days = (count: number): Temporal.Instant => Temporal.Now.instant().add({ hours: 24 * count });
const finish = (now: Temporal.Instant) =>
  finishErasing({ database: world().web.database, ownerWork: ownerWorkOf(world().web.owner, world().web.deps.files), now: () => now });

type Kept = Awaited<ReturnType<typeof everythingKept>>;
const kept = (): Promise<Kept> => everythingKept((world().web.login as { database: string }).database);
const ofBusiness = (all: Kept, id: string): Kept => all.filter(({ place, row }) => row['business_id'] === id || (place === 'businesses' && row['id'] === id));
const filesOf = (id: string): string[] => {
  const root = join(world().web.deps.config.dataDir, 'files', id);
  return existsSync(root) ? readdirSync(root, { recursive: true, withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : [])) : [];
};

let name = '';
beforeAll(async () => {
  name = (await done(world().web, world().otter.owner, 'readClosing')).name;
});

describe('D6 closing a business', () => {
  test('D6 is for an owner who types its name, and begins thirty days in which it is only looked at', async () => {
    const { web, otter } = world();
    const code = async (caller: typeof otter.owner, typed: string): Promise<string> =>
      (await ask(web, caller, 'startClosing', { body: { name: typed } })).json.code;
    expect(await code(otter.office, name)).toBe('only_owners');
    expect(await code(otter.key, name)).toBe('api_key_scope');
    expect(await code(otter.owner, 'Otter')).toBe('export_name_differs');
    const { closing } = await done(web, otter.owner, 'startClosing', { body: { name } });
    const length = Temporal.Instant.from(closing.askedAt).until(closing.endsAt, { largestUnit: 'hours' }).hours;
    expect(length).toBe(30 * 24);
    expect(await code(otter.owner, name)).toBe('business_closing');
  });

  test('D6 nothing is written or sent meanwhile, by nobody; everything is read and exported', async () => {
    const { web, otter } = world();
    const { ids } = otter;
    for (const caller of [otter.owner, otter.office, otter.key])
      expect((await ask(web, caller, 'createDraft', { body: { customerId: ids.customerId } })).json.code).toBe('business_closing');
    expect((await ask(web, otter.owner, 'sendInvoice', { params: ids, body: { personIds: [ids.personId] } })).json.code).toBe('business_closing');
    const crewWrite = { body: { customerId: ids.customerId, lines: [{ itemId: ids.itemId, quantityMilli: 1000 }] } };
    expect((await ask(web, otter.field, 'fieldWrite', crewWrite)).json.code).toBe('business_closing');
    await otter.business.system(async (scope) => expect(await beginRound(scope)).toBe(0));
    expect((await done(web, otter.owner, 'readInvoice', { params: ids })).id).toBe(ids.invoiceId);
    expect((await done(web, otter.owner, 'startExport', { body: { kind: 'archive' } })).state).toBe('waiting');
    expect((await done(web, world().mop.owner, 'createDraft', { body: { customerId: world().mop.ids.customerId } })).id).toBeTruthy();
  });

  test('D6 rule 48 customers still read and download, are told until when, and nothing is taken from them', async () => {
    const { web, otter } = world();
    const browser = new Browser(web);
    const page = await browser.open(otter.business.slug, testKeys.linkToken(otter.business.id, inner('link', otter.ids.linkId)));
    const shown = await (await browser.go(page)).text();
    expect(shown).toContain('We are closing our account here');
    expect(shown).not.toMatch(/>Pay \$/);
    const at = { business: otter.business.slug, document: otter.ids.invoiceId };
    expect((await browser.go(href('documentPdf', at))).status).toBe(200);
    expect((await browser.post(href('pay', at), { act: newId(), amountMinor: '100', method: 'card' })).status).not.toBe(303);
    const asked = await browser.post(href('ask', at), { act: newId(), text: 'Are you there?' });
    expect(await asked.text()).toContain('take nothing new');
    expect(await (await new Browser(web).go(href('frontDoor', { business: otter.business.slug }))).text()).toContain('We are closing our account here');
  });

  test('D6 every owner is told by mail', async () => {
    const { web, otter } = world();
    const tasks = (await kept()).filter(
      ({ place, row }) => place === 'graphile_worker._private_jobs' && (row['payload'] as Json).notice === 'business_closing',
    );
    expect(tasks.map(({ row }) => (row['payload'] as Json).businessId)).toEqual([otter.business.id]);
    await mailNoticeTask(web)((tasks[0] as { row: Json }).row.payload);
    const { items } = await done(web, otter.owner, 'listMails');
    expect(items.map(({ kind }: Json) => kind)).toContain('staff_notice');
  });

  test('D6 stopping restores all of it at once', async () => {
    const { web, otter } = world();
    expect((await ask(web, otter.office, 'stopClosing')).json.code).toBe('only_owners');
    expect((await done(web, otter.owner, 'stopClosing')).closing).toBe(null);
    expect((await done(web, otter.office, 'createDraft', { body: { customerId: otter.ids.customerId } })).id).toBeTruthy();
    expect(await finish(days(40))).toEqual({ erasures: 0, removed: [] });
    const { items } = await done(web, otter.owner, 'listEvents');
    expect(items.map(({ kind }: Json) => kind)).toEqual(expect.arrayContaining(['business.closing', 'business.closing_stopped']));
  });

  test('D6 after the last day there are 0 rows and 0 files, the other business is as it was, and a certificate says how much went', async () => {
    const { web, otter, mop } = world();
    await done(web, otter.owner, 'startClosing', { body: { name } });
    expect(await finish(days(29))).toEqual({ erasures: 0, removed: [] });
    const before = await kept();
    const [mine, others, files] = [ofBusiness(before, otter.business.id), ofBusiness(before, mop.business.id), filesOf(mop.business.id)];
    expect(filesOf(otter.business.id).length).toBeGreaterThan(0);
    expect(await finish(days(31))).toEqual({ erasures: 0, removed: [otter.business.id] });
    const after = await kept();
    expect(ofBusiness(after, otter.business.id)).toEqual([]);
    expect(after.filter(({ place, row }) => place !== 'removed_businesses' && JSON.stringify(row).includes(otter.business.id))).toEqual([]);
    expect(filesOf(otter.business.id)).toEqual([]);
    expect(ofBusiness(after, mop.business.id)).toEqual(others);
    expect(filesOf(mop.business.id)).toEqual(files);
    const [certificate] = await listCertificates(web.database);
    const counted = Object.entries(Object.groupBy(mine, ({ place }) => place)).map(([place, rows]) => [place, rows?.length]);
    const record = JSON.parse(certificate?.record ?? '{}');
    expect(record.business).toBe(otter.business.id);
    expect(Object.entries(record.rows).filter(([table, count]) => table !== 'total' && count !== 0)).toEqual(counted.sort());
    expect(record.rows.total).toBe(mine.length);
    expect(certificate?.sha256).toBe(
      createHash('sha256')
        .update(certificate?.record ?? '')
        .digest('hex'),
    );
    expect(certificate?.record).not.toContain(otter.business.slug);
  });

  test('D6 nobody of it gets in any more, and its address name is given to nobody again', async () => {
    const { web, otter } = world();
    expect((await ask(web, otter.owner, 'readSettings')).status).toBe(401);
    const [slug, token] = [otter.business.slug, 'x'.repeat(43)];
    const visitor = new Browser(web, { cookie: `link=${token}; portal=${token}` });
    const pages = [
      href('link', { business: slug, token }),
      href('document', { business: slug, document: publicId('invoice', newId()) }),
      href('documentPdf', { business: slug, document: publicId('estimate', newId()) }),
      href('home', { business: slug }),
      href('frontDoor', { business: slug }),
    ];
    const answers = await Promise.all(pages.map(async (page) => (await visitor.go(page)).status));
    expect(answers).toEqual([404, 404, 404, 303, 404]);
    const id = newId();
    const fields = {
      name,
      trade: 'plumbing',
      country: 'US',
      timeZone: 'America/Chicago',
      currency: 'USD',
      ownerName: 'Ida',
      email: 'new.ida@example.com',
    } as const;
    const again = await inTransaction(web.database, { role: 'system', business: id, actor: systemActor }, (scope) =>
      foundBusiness(scope, fields, { confirmed: true }),
    );
    expect(again.slug).not.toBe(otter.business.slug);
  });
});
