import { beforeAll, describe, expect, test } from 'vitest';
import { type PortalWorld, portalWorld, type SentInvoice } from '../../../test/portal-world.ts';
import { testKeys } from '../../../test/small-business.ts';
import { testWeb } from '../../../test/web.ts';
import { publicId } from '../../core/ids.ts';
import { listEvents } from '../../domain/events/events.ts';
import { createDraft, issueInvoice, readInvoice, replaceInvoice, voidInvoice } from '../../domain/invoices/invoices.ts';
import { ensureLink, freshLink, markUsed, renewLinks, revokeLink, whoCanOpen } from '../../domain/links/links.ts';
import { listMails } from '../../domain/mails/mails.ts';
import { removePerson } from '../../domain/people/people.ts';

const web = testWeb();
let world: PortalWorld;
let bill: SentInvoice;

beforeAll(async () => {
  world = await portalWorld(web());
  bill = await world.send([world.people.dana.id]);
});

const tokenPath = (token = '') => `/${world.house.slug}/l/${token}`;
const opened = async (sent: SentInvoice, at = 0) => {
  const browser = world.browser();
  await browser.open(world.house.slug, sent.tokens[at] ?? '');
  return browser;
};
const standing = async (id: string) => await world.house.office((scope) => readInvoice(scope, id));
const kinds = (id: string) => world.house.office(async (scope) => (await listEvents(scope, { documentId: id, limit: 100 })).map((event) => event.kind));

describe('a mailed link', () => {
  test('L5 answers 303 to a clean address with the token in a cookie of the document’s own path', async () => {
    const browser = world.browser();
    const first = await browser.go(tokenPath(bill.tokens[0]));
    expect([first.status, first.headers.get('location')]).toEqual([303, bill.path]);
    expect(browser.cookies()).toEqual([{ name: 'link', value: bill.tokens[0], path: bill.path }]);
    const html = await (await browser.go(bill.path)).text();
    expect(html).toContain('$186.00');
    expect(html).not.toContain(bill.tokens[0]);
  });

  test('L3 twenty HEAD and GET visits leave it working, not opened, and sign nobody in', async () => {
    const sent = await world.send([world.people.dana.id]);
    for (let at = 0; at < 20; at += 1) {
      const scanner = world.browser({ 'user-agent': 'LinkScanner' });
      await scanner.go(tokenPath(sent.tokens[0]), { method: at % 2 ? 'HEAD' : 'GET' });
      await scanner.go(sent.path, { method: at % 3 ? 'GET' : 'HEAD' });
      await scanner.go(`${sent.path}/pay`);
      await scanner.go(`${sent.path}/ask`);
    }
    expect((await (await opened(sent)).go(sent.path)).status).toBe(200);
    expect(await kinds(sent.id)).not.toContain('invoice.opened');
  });

  test('rule 4 the beacon of a visible page opens it, once a day for each person', async () => {
    const sent = await world.send([world.people.dana.id]);
    const browser = await opened(sent);
    expect((await browser.post(`${sent.path}/seen`)).status).toBe(204);
    expect((await browser.post(`${sent.path}/seen`)).status).toBe(204);
    expect((await kinds(sent.id)).filter((kind) => kind === 'invoice.opened')).toHaveLength(1);
  });

  test('a download is told once a day, and only of someone who was seen on the page', async () => {
    const sent = await world.send([world.people.dana.id]);
    const downloads = async () => (await kinds(sent.id)).filter((kind) => kind === 'invoice.downloaded').length;
    const browser = await opened(sent);
    const paper = await browser.go(`${sent.path}/pdf`);
    expect(
      Buffer.from(await paper.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    await browser.post(`${sent.path}/seen`);
    expect(await downloads()).toBe(0);
    const again = await browser.go(`${sent.path}/pdf`);
    expect(again.headers.get('content-disposition')).toMatch(/^attachment; filename="\d+\.pdf"/);
    await expect.poll(downloads).toBe(1);
    await browser.go(`${sent.path}/pdf`);
    expect(await downloads()).toBe(1);
  });

  test('rule 4 a browser that works in the office opens nothing', async () => {
    const sent = await world.send([world.people.dana.id]);
    const browser = await opened(sent);
    const cookie = `link=${sent.tokens[0]}; office=${'a'.repeat(43)}`;
    await world.web.app.request(`http://localhost:3999${sent.path}/seen`, { method: 'POST', headers: { cookie, 'sec-fetch-site': 'same-origin' } });
    expect(browser.cookies()).toHaveLength(1);
    expect(await kinds(sent.id)).not.toContain('invoice.opened');
  });

  test('rule 9 twenty open documents are twenty cookies, and each stays open', async () => {
    const browser = world.browser();
    const sent = [];
    for (let at = 0; at < 20; at += 1) sent.push(await world.send([world.people.dana.id]));
    for (const each of sent) await browser.open(world.house.slug, each.tokens[0] ?? '');
    for (const each of sent) expect((await browser.go(each.path)).status).toBe(200);
    expect(browser.cookies()).toHaveLength(20);
  });

  test('L4 a document link opens nothing of another document', async () => {
    const other = await world.send([world.people.dana.id]);
    const browser = await opened(bill);
    for (const sub of ['', '/pdf', '/pay', '/ask', '/announce', '/people', '/events', '/receipts/pay_00000000000000000000000000']) {
      const cookie = `link=${bill.tokens[0]}`;
      const answer = await world.web.app.request(`http://localhost:3999${other.path}${sub}`, { headers: { cookie } });
      expect([sub, answer.status === 303 ? answer.headers.get('location') : answer.status]).toEqual([sub, answer.status === 303 ? bill.path : 404]);
    }
    expect((await browser.go(other.path)).status).toBe(404);
  });

  test('L4 ends when it is revoked, and the page then shows nothing of the invoice', async () => {
    const sent = await world.send([world.people.dana.id]);
    const browser = await opened(sent);
    await world.house.office((scope) => revokeLink(scope, sent.links[0] ?? ''));
    const ended = await browser.go(sent.path);
    const html = await ended.text();
    expect(ended.status).toBe(410);
    expect(html).toContain('This link has ended');
    expect(html).not.toContain('$186.00');
    expect(html).not.toContain('Send me a new link');
  });

  test('F5 the paper of an invoice is asked for its right each time', async () => {
    const sent = await world.send([world.people.dana.id]);
    const browser = await opened(sent);
    expect((await (await browser.go(`${sent.path}/pdf`)).text()).slice(0, 5)).toBe('%PDF-');
    await world.house.office((scope) => revokeLink(scope, sent.links[0] ?? ''));
    for (const sub of ['/pdf', '/events', '/people']) {
      const after = await browser.go(`${sent.path}${sub}`);
      expect([sub, after.status, (await after.text()).includes('%PDF-')]).toEqual([sub, 410, false]);
    }
  });

  test('L4 a person who is removed has no link any more', async () => {
    const own = await portalWorld(web());
    const sent = await own.send([own.people.dana.id]);
    await own.house.office((scope) => removePerson(scope, { personId: own.people.dana.id, customerId: own.customer }));
    const answer = await own.browser().go(`/${own.house.slug}/l/${sent.tokens[0]}`);
    expect(answer.status).toBe(410);
  });

  test('the older link of the same person works beside the newer one', async () => {
    const sent = await world.send([world.people.dana.id]);
    const again = await world.house.office(async (scope) =>
      ensureLink(scope, testKeys, {
        documentId: sent.id,
        customerId: world.customer,
        personId: world.people.dana.id,
        sentTo: '',
      }),
    );
    const newer = await world.house.office(async (scope) =>
      freshLink(scope, testKeys, {
        documentId: sent.id,
        customerId: world.customer,
        personId: world.people.dana.id,
        sentTo: '',
      }),
    );
    expect(again).toBe(sent.links[0]);
    for (const token of [sent.tokens[0], testKeys.linkToken(world.house.id, newer)]) {
      expect((await world.browser().go(tokenPath(token))).status).toBe(303);
    }
  });

  test('an unknown token, a document without its cookie and one that does not exist answer the same page', async () => {
    const pages = await Promise.all([
      world.browser().go(bill.path),
      world.browser().go(bill.path.replace(/inv_\w+$/, publicId('invoice', '01900000-0000-7000-8000-000000000000'))),
    ]);
    const [one, two] = await Promise.all(pages.map(async (page) => [page.status, (await page.text()).replaceAll(/inv_\w{26}/g, 'inv')]));
    expect(one).toEqual(two);
    expect(one?.[0]).toBe(404);
    expect((await world.browser().go(tokenPath('x'.repeat(43)))).status).toBe(404);
  });

  test('its last use is kept at most once an hour', async () => {
    const first = await world.house.system((scope) => markUsed(scope, bill.links));
    const second = await world.house.system((scope) => markUsed(scope, bill.links));
    expect([first <= 1, second]).toEqual([true, 0]);
    const [opener] = await world.house.office((scope) => whoCanOpen(scope, bill.id));
    expect(opener?.lastUsedAt).not.toBeNull();
  });
});

describe('L6 every page', () => {
  test('is not kept, not indexed, sends no referrer, loads nothing from elsewhere and runs nothing inline', async () => {
    const browser = await opened(bill);
    for (const path of [
      bill.path,
      `${bill.path}/pay`,
      `${bill.path}/ask`,
      `${bill.path}/announce`,
      `${bill.path}/people`,
      `/${world.house.slug}`,
      `/${world.house.slug}/find`,
    ]) {
      const answer = await browser.go(path);
      const html = await answer.text();
      expect([path, answer.headers.get('cache-control'), answer.headers.get('referrer-policy'), answer.headers.get('x-robots-tag')]).toEqual([
        path,
        'no-store',
        'no-referrer',
        'noindex, nofollow',
      ]);
      expect(answer.headers.get('content-security-policy')).toMatch(/default-src 'none'; script-src 'self'; style-src 'sha256-[^']+';.*frame-ancestors 'none'/);
      expect(answer.headers.get('content-security-policy')).not.toContain('unsafe');
      expect(html).not.toMatch(/(src|href)="(https?:)?\/\//);
      expect(html).not.toMatch(/ on\w+=|style="/);
    }
  });
});

describe('T6 what a customer may see', () => {
  test('a draft and an invoice that was issued but not sent do not exist', async () => {
    const [draft, issued] = await world.house.office(async (scope) => {
      const line = { name: 'Secret work', quantityMilli: 1000n, unitPriceMilli: 1_000_000n };
      const one = await createDraft(scope, { customerId: world.customer, lines: [line] });
      const two = await createDraft(scope, { customerId: world.customer, lines: [line] });
      await issueInvoice(scope, two.id);
      return [one.id, two.id];
    });
    for (const id of [draft, issued]) {
      const answer = await (await opened(bill)).go(bill.path.replace(/inv_\w+$/, publicId('invoice', id ?? '')));
      expect(answer.status).toBe(404);
      expect(await answer.text()).not.toContain('Secret work');
    }
  });

  test('rule 29 a person of one property sees that part only: no total, no other property, a paper of the part', async () => {
    const sent = await world.send([world.people.dana.id, world.people.edgar.id], { amounts: [10_000, 20_000, 30_000], spread: true });
    const edgar = await opened(sent, 1);
    const html = await (await edgar.go(sent.path)).text();
    expect(html).toContain('Your part of invoice');
    expect(html).toContain('$100.00');
    for (const hidden of ['$600.00', '$200.00', 'LK-02', 'LK-03', 'Drain 2']) expect(html).not.toContain(hidden);
    const pay = await (await edgar.go(`${sent.path}/pay`)).text();
    expect(pay).toContain('Continue to pay $100.00');
    for (const hidden of ['$600.00', 'LK-02']) expect(pay).not.toContain(hidden);
    const paper = await edgar.go(`${sent.path}/pdf`);
    expect([paper.status, paper.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    const whole = await (await opened(sent, 0)).go(sent.path);
    expect(await whole.text()).toContain('$600.00');
  });

  test('a customer of another business finds nothing under this one', async () => {
    const stranger = await portalWorld(web());
    const theirs = await stranger.send([stranger.people.dana.id]);
    expect((await world.browser().go(tokenPath(theirs.tokens[0]))).status).toBe(404);
    const crossed = theirs.path.replace(stranger.house.slug, world.house.slug);
    const answer = await web().app.request(`http://localhost:3999${crossed}`, { headers: { cookie: `link=${theirs.tokens[0]}` } });
    expect(answer.status).toBe(404);
  });
});

describe('what became of an invoice', () => {
  test('rule 6 a canceled one stays readable and owes nothing', async () => {
    const sent = await world.send([world.people.dana.id]);
    await world.house.office((scope) => voidInvoice(scope, { documentId: sent.id, reason: 'Billed twice' }));
    const answer = await (await opened(sent)).go(sent.path);
    const html = await answer.text();
    expect(answer.status).toBe(200);
    expect(html).toContain('You owe nothing on it.');
    expect(html).not.toContain('Pay $');
  });

  test('rule 5 an old link of a replaced one leads to the new one, which says what changed', async () => {
    const sent = await world.send([world.people.dana.id]);
    const browser = await opened(sent);
    const next = await world.house.office(async (scope) => {
      const draft = await replaceInvoice(scope, sent.id);
      await issueInvoice(scope, draft.id, { show: true });
      return draft.id;
    });
    const moved = await browser.go(sent.path);
    const path = bill.path.replace(/inv_\w+$/, publicId('invoice', next));
    expect([moved.status, moved.headers.get('location')]).toEqual([303, path]);
    expect(await (await browser.go(path)).text()).toContain('This replaces invoice');
  });

  test('no line is lost at five hundred', async () => {
    const sent = await world.send([world.people.dana.id], { amounts: Array.from({ length: 500 }, (_, at) => 100 + at) });
    const html = await (await (await opened(sent)).go(sent.path)).text();
    expect(html.match(/class="line"/g)).toHaveLength(500);
    expect((await standing(sent.id)).facts.lines).toHaveLength(500);
  });
});

describe('a link that ended', () => {
  test('L4 L15 mails a new one to the recorded address only, at most once in ten minutes, and says the same each time', async () => {
    const sent = await world.send([world.people.dana.id]);
    const browser = world.browser();
    const path = `${sent.path}/new-link`;
    const answers = [await browser.post(path, { email: 'attacker@example.com' }), await browser.post(path)];
    for (const answer of answers) expect([answer.status, answer.headers.get('location')]).toEqual([303, `${sent.path}?sent=1`]);
    for (let times = 0; times < 3; times += 1) await world.house.system((scope) => renewLinks(scope, testKeys, { linkId: null, documentId: sent.id }));
    const mails = await world.house.office((scope) => listMails(scope, { documentId: sent.id, limit: 50 }));
    const renewed = mails.filter((mail) => mail.kind === 'new_link');
    expect(renewed.map((mail) => mail.to_address)).toEqual([world.people.dana.email]);
  });
});
