import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publicId } from '../../src/core/ids.ts';
import { readInvoice } from '../../src/domain/invoices/invoices.ts';
import { setLogLevel } from '../../src/log.ts';
import { formOf, knock } from '../many-callers.ts';
import { type PortalWorld, portalWorld } from '../portal-world.ts';
import { openPostRoom, type PostRoom } from '../post-room.ts';
import { testOrigin, testWeb } from '../web.ts';
import { officeSession } from '../world.ts';

setLogLevel('silent');
const web = testWeb();
let world: PortalWorld;
let room: PostRoom;
let at = '';

beforeAll(async () => {
  world = await portalWorld(web());
  room = await openPostRoom(web());
  at = `/${world.house.slug}`;
  await room.drain();
});
afterAll(() => room.close());

const ask = (url: string, init?: RequestInit): Promise<Response> => knock(web(), url, init);

/** How somebody lies about where the server is. */
const lies: readonly (readonly [string, Record<string, string>])[] = [
  ['http://evil.example.org', {}],
  ['https://evil.example.org:8443', {}],
  [testOrigin, { 'x-forwarded-host': 'evil.example.org' }],
  [testOrigin, { 'x-forwarded-host': 'evil.example.org, localhost:3999', 'x-forwarded-proto': 'https' }],
  [testOrigin, { forwarded: 'for=192.0.2.1;host=evil.example.org;proto=https' }],
  [testOrigin, { 'x-forwarded-server': 'evil.example.org' }],
  [testOrigin, { 'x-original-host': 'evil.example.org', 'x-host': 'evil.example.org' }],
  [testOrigin, { 'x-forwarded-prefix': '//evil.example.org' }],
  [testOrigin, { 'x-rewrite-url': 'http://evil.example.org/', 'x-original-url': 'http://evil.example.org/' }],
  ['http://localhost.evil.example.org:3999', {}],
  ['http://localhost@evil.example.org', {}],
  [testOrigin, { host: 'evil.example.org', origin: testOrigin, referer: 'http://evil.example.org/' }],
];

describe('L9 whatever a request says about the host', () => {
  test('every mailed and handed-out address is the configured one, in 12 ways to lie', async () => {
    const owner = await officeSession(web(), world.house.id, world.house.ownerIdentity);
    const cookie = `office=${owner.cookies?.['office']}`;
    expect(lies).toHaveLength(12);
    for (const [origin, headers] of lies) {
      const sent = await world.send([world.people.dana.id]);
      const url = new URL(origin);
      url.username = '';
      const json = { ...headers, cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json', 'idempotency-key': `lie-${sent.id}` };
      const resent = await ask(`${url.origin}/api/v1/invoices/${publicId('invoice', sent.id)}/send`, {
        method: 'POST',
        headers: json,
        body: JSON.stringify({ personIds: [publicId('person', world.people.dana.id)] }),
      });
      expect([origin, resent.status]).toEqual([origin, 200]);
      const copied = await ask(`${url.origin}/api/v1/invoices/${publicId('invoice', sent.id)}/links`, { method: 'POST', headers: json, body: '{}' });
      expect(((await copied.json()) as { url: string }).url).toMatch(new RegExp(`^${testOrigin}${at}/l/[\\w-]{43}$`));
      const moved = await ask(`${url.origin}${at}/l/${sent.tokens[0]}`, { headers });
      expect(moved.headers.get('location')).toBe(sent.path);
      expect(moved.headers.getSetCookie().join()).not.toContain('Domain');
    }
    await ask(`http://evil.example.org${at}/code`, formOf({ email: world.people.dana.email }));
    await ask(`http://evil.example.org${at}/find`, formOf({ number: '1001', 'find-email': world.people.dana.email }));
    await room.drain();
    expect(room.letters.length).toBeGreaterThanOrEqual(14);
    for (const { html, text, replyTo, subject } of room.letters) {
      expect(JSON.stringify([html, text, replyTo, subject])).not.toContain('evil');
      for (const [address] of `${html} ${text}`.matchAll(/https?:\/\/[^\s"'<>)]+/g))
        expect(address.startsWith(`${testOrigin}/`) || /w3\.org/.test(address)).toBe(true);
    }
  }, 60_000);
});

const lookAlikes = (email: string): string[] => {
  const [local = '', domain = ''] = email.split('@');
  return [
    `${local}@evil.${domain}`,
    `${local}@${domain}.evil.org`,
    email.replace('a', '\u0430'),
    email.replace('dana', 'd\u00e1na'),
    email.replace('example', 'ex\u0251mple'),
    email.replace('a', '\uff41'),
    `${email}\u200b`,
    `\u202e${email}`,
    email.replace('@', '\uff20'),
    email.replace('.com', '\u3002com'),
    `"${local}"@${domain}`,
    `"${email}"@evil.org`,
    `${local}@[127.0.0.1]`,
    `<${email}>`,
    `${email},x@evil.org`,
    `${email};x@evil.org`,
    `x@evil.org ${email}`,
    `${email}\r\nBcc: x@evil.org`,
    `${email}%0abcc:x@evil.org`,
    `${local}+x@${domain}`,
    `${local}(comment)@${domain}`,
    `${local}@${domain}@evil.org`,
    `${email}\u0000`,
    `mailto:${email}`,
    `${email}/x@evil.org`,
    `${local}\\@${domain}`,
    `x@evil.org\n${email}`,
    `=?utf-8?q?${local}?=@${domain}`,
  ];
};

describe('L15 an address somebody types', () => {
  test('is never written to: look-alikes get no mail at the door, at find-my-invoice and at sign-in', async () => {
    const sent = await world.send([world.people.dana.id]);
    await room.drain();
    const { facts } = await world.house.office((scope) => readInvoice(scope, sent.id));
    const before = room.letters.length;
    const typed = lookAlikes(world.people.dana.email);
    expect(typed.length).toBeGreaterThanOrEqual(25);
    for (const email of typed) {
      const found = await ask(`${at}/find`, formOf({ number: facts.document.number, 'find-email': email }));
      const code = await ask(`${at}/code`, formOf({ email }));
      expect([email, [303, 422].includes(found.status), [303, 422].includes(code.status)]).toEqual([email, true, true]);
    }
    await room.drain();
    expect(room.letters.slice(before).map(({ to, subject }) => [to.address, subject])).toEqual([]);
    await ask(`${at}/find`, formOf({ number: facts.document.number, 'find-email': ` ${world.people.dana.email.toUpperCase()} ` }));
    await room.drain();
    expect(room.letters.slice(before).map(({ to }) => to.address)).toEqual([world.people.dana.email]);
  }, 60_000);
});
