import { beforeAll, describe, expect, test } from 'vitest';
import { kitchenMinor, offer, type SentEstimate } from '../../../../test/estimate-world.ts';
import { type Browser, type PortalWorld, portalWorld } from '../../../../test/portal-world.ts';
import { testWeb } from '../../../../test/web.ts';
import { publicId } from '../../../core/ids.ts';
import { limits } from '../../../core/limits.ts';
import { recordCode } from '../../../core/record-code.ts';
import { approveEstimate, readApproval } from '../../../domain/approvals/approvals.ts';

const web = testWeb();
let world: PortalWorld;
let sent: SentEstimate;
let code: string;
let paper: string;

beforeAll(async () => {
  world = await portalWorld(web());
  sent = await offer(world, [world.people.rosa], { customer: world.other });
  const signed = { documentId: sent.id, personId: world.people.rosa.id, identifiedBy: 'session', typedName: 'Rosa Quill', acceptTerms: true } as const;
  const { approvalId } = await world.house.system((scope) => approveEstimate(scope, { ...signed, totalMinor: kitchenMinor }));
  const { seq, hash } = await world.house.system((scope) => readApproval(scope, approvalId));
  code = recordCode(seq, hash);
  paper = `${sent.path}/approvals/${publicId('approval', approvalId)}/pdf`;
});

const opened = async (estimate: SentEstimate): Promise<Browser> => {
  const browser = world.browser();
  await browser.open(world.house.slug, estimate.tokens[0] ?? '');
  return browser;
};
const at = (): string => `/${world.house.slug}/verify`;
const byCode = async (typed: string, where = at()) => (await world.browser().post(where, { code: typed })).text();
const byFile = async (bytes: Uint8Array, where = at()) => {
  const body = new FormData();
  body.set('file', new File([Uint8Array.from(bytes)], 'record.pdf', { type: 'application/pdf' }));
  const request = new Request(`http://x${where}`, { method: 'POST', body });
  const sent = await request.arrayBuffer();
  const type = request.headers.get('content-type') ?? '';
  const headers = { 'content-type': type, 'content-length': String(sent.byteLength), 'sec-fetch-site': 'same-origin' };
  return world.browser().go(where, { method: 'POST', headers, body: sent });
};

describe('the signed record in the portal', () => {
  test('is on the page of what was approved, and is given to whoever sees that page', async () => {
    const browser = await opened(sent);
    const html = await (await browser.go(sent.path)).text();
    for (const said of [paper, code, `href="${at()}"`]) expect(html).toContain(said);
    const answer = await browser.go(paper);
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('content-disposition')]).toEqual([
      200,
      'application/pdf',
      expect.stringMatching(/attachment; .*record-\d+\.pdf/),
    ]);
  });

  test('T4 T6 is not there for nobody, for another customer, or under another document', async () => {
    const danas = await offer(world, [world.people.dana]);
    const dana = await opened(danas);
    const foreign = paper.replace(/\/d\/[^/]+/, danas.path.slice(danas.path.indexOf('/d/')));
    const nonexistent = paper.replace(/approvals\/[^/]+/, `approvals/${publicId('approval', '01920000-0000-7000-8000-00000000dead')}`);
    for (const [who, path] of [
      [world.browser(), paper],
      [dana, paper],
      [dana, foreign],
      [await opened(sent), nonexistent],
      [await opened(sent), paper.replace(/approvals\/[^/]+/, 'approvals/x')],
    ] as const)
      expect((await who.go(path)).status).toBe(404);
  });
});

describe('checking a record', () => {
  test('needs no account: by its code the page says what stands on it and no more', async () => {
    expect((await world.browser().go(at())).status).toBe(200);
    const html = await byCode(code.toLowerCase());
    for (const said of ['Valid', 'Rosa Quill', '$690.00', code]) expect(html).toContain(said);
    for (const unsaid of [world.people.rosa.email, 'Sixty gallons', sent.tokens[0] ?? '-']) expect(html).not.toContain(unsaid);
  });

  test('by the file: the one we keep is valid, one bit more and it is altered', async () => {
    const bytes = new Uint8Array(await (await (await opened(sent)).go(paper)).arrayBuffer());
    expect(await (await byFile(bytes)).text()).toContain('Valid');
    bytes[bytes.length - 40] = (bytes[bytes.length - 40] ?? 0) ^ 1;
    expect(await (await byFile(bytes)).text()).toContain('Altered');
  });

  test('T10 a wrong code, another business and any other file are answered alike', async () => {
    const other = await portalWorld(web());
    const same = (html: string): boolean => html.includes('Not known here') && !html.includes('Rosa Quill');
    expect([same(await byCode('9-0000-0000-0000-0000-0000')), same(await byCode(code, `/${other.house.slug}/verify`))]).toEqual([true, true]);
    expect(same(await (await byFile(Buffer.from('%PDF-1.7 something else'))).text())).toBe(true);
  });

  test('comes back with the field when nothing is in it, and takes no more than a file may be', async () => {
    const empty = await world.browser().post(at(), { code: ' ' });
    expect([empty.status, (await empty.text()).includes('aria-invalid="true"')]).toEqual([422, true]);
    expect((await byFile(new Uint8Array())).status).toBe(422);
    expect((await byFile(new Uint8Array(limits.attachmentBytes + 1))).status).toBe(422);
    expect((await byFile(new Uint8Array(limits.attachmentBytes + 128 * 1024))).status).toBe(413);
    // A body that does not say how long it is would be read to its end, wherever that is.
    const headers = { 'content-type': 'multipart/form-data; boundary=x', 'transfer-encoding': 'chunked', 'sec-fetch-site': 'same-origin' };
    expect((await world.browser().go(at(), { method: 'POST', headers, body: '--x--' })).status).toBe(413);
  });
});
