import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publicId } from '../../src/core/ids.ts';
import { readInvoice } from '../../src/domain/invoices/invoices.ts';
import { listMails } from '../../src/domain/mails/mails.ts';
import { setLogLevel } from '../../src/log.ts';
import { pdfTemplates } from '../../src/outgoing/pdf/templates.ts';
import { sandboxGateway } from '../../src/outside/cards/sandbox-gateway.ts';
import { smtpGateway } from '../../src/outside/mail/smtp.ts';
import { startPdfRenderer } from '../../src/outside/pdf/renderer.ts';
import { createApp } from '../../src/web/app.ts';
import type { Deps } from '../../src/web/context.ts';
import { ask, type Caller, done } from '../api-client.ts';
import { type Browser, type PortalWorld, portalWorld, type SentInvoice } from '../portal-world.ts';
import { openPostRoom, type PostRoom } from '../post-room.ts';
import { startTcpProxy, type TcpProxy } from '../tcp-proxy.ts';
import { type SandboxTill, sandboxKey, sandboxTill, tillKeys } from '../till.ts';
import { testWeb } from '../web.ts';
import { officeSession } from '../world.ts';

setLogLevel('silent');
const web = testWeb();
const closedPort = 'smtp://127.0.0.1:9';
let deps: Deps;
let app: ReturnType<typeof createApp>;
let world: PortalWorld;
let till: SandboxTill;
let toTill: TcpProxy;
let post: PostRoom;
let owner: Caller;
let before: SentInvoice;
let during: SentInvoice;
const smtp = smtpGateway(closedPort, { connectMs: 500, replyMs: 500 });
const hanging = startPdfRenderer(pdfTemplates, { module: new URL('../silent-child', import.meta.url), timeoutMs: 200 });
let down = false;

const files = (): string => join(web().deps.config.dataDir, 'files');
/** Everything foreign at once: the mail server refuses, the folder of files is none, PDFs hang, the processor is out of reach. */
function pullDown(): void {
  down = true;
  toTill.cut();
  renameSync(files(), `${files()}-away`);
  writeFileSync(files(), 'not a folder');
}
function putBack(): void {
  rmSync(files());
  renameSync(`${files()}-away`, files());
  toTill.join();
  down = false;
}

beforeAll(async () => {
  till = await sandboxTill(web().database);
  toTill = await startTcpProxy(() => [{ host: '127.0.0.1', port: Number(new URL(till.process.url).port) }]);
  const secretOf = (business: string): string => tillKeys.mac(`inbound:sandbox:${business}`);
  const way = { key: sandboxKey, publicUrl: 'http://127.0.0.1:9', inboundUrl: 'http://127.0.0.1:9', secretOf, timeoutMs: 400 };
  const card = sandboxGateway({ ...way, url: `http://127.0.0.1:${toTill.port}` });
  const pdf: Deps['pdf'] = { render: (request) => (down ? hanging : web().deps.pdf).render(request) };
  deps = { ...web().deps, pdf, cards: { sandbox: card } };
  app = createApp(deps);
  world = await portalWorld({ ...web(), deps, app });
  owner = await officeSession(web(), world.house.id, world.house.ownerIdentity);
  post = await openPostRoom({ ...web(), deps });
  const kept = post.deps.mail;
  await post.close();
  post = { ...(await openPostRoom({ ...web(), deps }, { mail: { send: (mail) => (down ? smtp : kept).send(mail) } })), letters: post.letters };
  before = await world.send([world.people.dana.id]);
  await post.drain();
});
afterAll(async () => {
  await Promise.all([post.close(), hanging.close(), toTill.close()]);
  smtp.close();
  await till.close();
});

async function opened(sent: SentInvoice): Promise<Browser> {
  const browser = world.browser();
  expect(await browser.open(world.house.slug, sent.tokens[0] ?? '')).toBe(sent.path);
  return browser;
}
const pathsOf = (sent: SentInvoice): string[] => [sent.path, `${sent.path}/pay`, `${sent.path}/people`, `${sent.path}/ask`, `${sent.path}/announce`];
const invoiceOf = (sent: SentInvoice) => ({ params: { invoiceId: publicId('invoice', sent.id) } });
const lettersAbout = () => post.letters.filter(({ to }) => to.address === world.people.dana.email);

async function paid(sent: SentInvoice): Promise<bigint | null> {
  const view = await world.house.office((scope) => readInvoice(scope, sent.id));
  return view.whole ? view.facts.paidMinor : null;
}

/** Presses pay. `payment` is its public id. */
async function pay(browser: Browser, sent: SentInvoice): Promise<{ answer: Response; payment: string }> {
  const html = await (await browser.go(`${sent.path}/pay`)).text();
  const fields = [...html.matchAll(/<input type="hidden" name="(act|amountMinor|part)" value="([^"]*)"/g)].map(
    ([, name = '', value = '']) => [name, value] as const,
  );
  const answer = await browser.post(`${sent.path}/pay`, [...fields, ['method', 'card']]);
  return { answer, payment: publicId('payment', fields.find(([name]) => name === 'act')?.[1] ?? '') };
}

describe('O8 with mail server, files, PDF renderer and card processor down at once', () => {
  beforeAll(async () => {
    pullDown();
    during = await world.send([world.people.dana.id]);
  });

  test('every page of a bill answers, and so does the office; a bill is issued and sent, and its mail waits', async () => {
    for (const sent of [before, during]) {
      const browser = await opened(sent);
      for (const path of pathsOf(sent)) expect([path, (await browser.go(path)).status]).toEqual([path, 200]);
    }
    const read = { app };
    for (const id of ['listInvoices', 'totalInvoices', 'readHome', 'listCustomers', 'listMails', 'listPayments', 'readSettings'] as const)
      expect([id, (await ask(read, owner, id)).status]).toEqual([id, 200]);
    expect((await done(read, owner, 'readInvoice', invoiceOf(during))).number).not.toBe('');
    expect(lettersAbout()).toHaveLength(1);
    const mails = await world.house.office((scope) => listMails(scope, { documentId: during.id, limit: 9 }));
    expect(mails.map(({ state }) => state)).not.toContain('failed');
  });

  test('what cannot be done is said in plain words and leaves nothing half done', async () => {
    const paper = await (await opened(before)).go(`${before.path}/pdf`);
    expect(paper.status).toBe(503);
    expect(await paper.text()).not.toMatch(/ENOTDIR|files\/|silent-child/);
    const raw = { bytes: '%PDF-1.7\n%%EOF\n', type: 'application/pdf' };
    const draft = await done({ app }, owner, 'createDraft', { body: { customerId: publicId('customer', world.customer) } });
    const refused = await ask({ app }, owner, 'addAttachment', { params: { invoiceId: draft.id }, query: { name: 'drain.pdf' }, raw });
    expect([refused.status, refused.json.code]).toEqual([503, 'busy']);
    expect((await done({ app }, owner, 'readInvoice', { params: { invoiceId: draft.id } })).attachments ?? []).toEqual([]);
    const browser = await opened(before);
    const { answer: pressed } = await pay(browser, before);
    expect(pressed.status).toBeLessThan(500);
    expect((await browser.go(pressed.headers.get('location') ?? before.path)).status).toBeLessThan(500);
    expect(await paid(before)).toBe(0n);
  });

  test('with files alone away, a bill’s paper is drawn for its reader, the same bytes as ever', async () => {
    putBack();
    const browser = await opened(before);
    const bytes = Buffer.from(await (await browser.go(`${before.path}/pdf`)).arrayBuffer());
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    renameSync(files(), `${files()}-away`);
    writeFileSync(files(), 'not a folder');
    const drawn = Buffer.from(await (await browser.go(`${before.path}/pdf`)).arrayBuffer());
    putBack();
    expect(drawn.equals(bytes)).toBe(true);
  });

  test('once they are back, what waited leaves, once each', async () => {
    await expect.poll(() => lettersAbout().length, { timeout: 30_000, interval: 200 }).toBe(2);
    await post.drain();
    expect(lettersAbout()).toHaveLength(2);
    const browser = await opened(during);
    expect((await browser.go(`${during.path}/pdf`)).status).toBe(200);
    const { answer, payment } = await pay(browser, during);
    const session = /cs_\w+/.exec(answer.headers.get('location') ?? '')?.[0] ?? '';
    expect(await till.pay(session, 'card_success')).toBe('done');
    await browser.go(`${during.path}/pay/${payment}/return`);
    expect(await paid(during)).toBe(18_600n);
  }, 60_000);
});
