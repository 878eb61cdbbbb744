import { sql } from 'kysely';
import { describe, expect, it, vi } from 'vitest';
import { ask, done, type Json, requestOf } from '../../../test/api-client.ts';
import { testOrigin } from '../../../test/web.ts';
import { aLine, inner, testWorld } from '../../../test/world.ts';
import { inTransaction, systemActor } from '../../db/scope.ts';
import { beginAct } from '../../domain/acts/acts.ts';
import type { Operation } from './schemas/operation.ts';
import { apiOperations } from './schemas/operations.ts';

const world = testWorld();
const gil = { kind: 'residential', name: 'Gil Marlowe' };
const customersNamed = async (name: string): Promise<number> =>
  (await done(world().web, world().otter.owner, 'listCustomers', { query: { q: name, limit: 100 } })).items.length;

describe('A3 the Idempotency-Key', () => {
  it('gives the same bytes for the same key and body, and does it once', async () => {
    const { web, otter } = world();
    const asked = { body: { ...gil, name: 'Onceonly' }, once: 'key-1' };
    const [first, again] = [await ask(web, otter.key, 'addCustomer', asked), await ask(web, otter.key, 'addCustomer', asked)];
    expect(again.text).toBe(first.text);
    expect(again.status).toBe(201);
    expect(again.headers.get('etag')).toBe(first.headers.get('etag'));
    expect(await customersNamed('Onceonly')).toBe(1);
  });

  it('refuses the same key with another body, and keeps keys of callers and businesses apart', async () => {
    const { web, otter, mop } = world();
    await done(web, otter.key, 'addCustomer', { body: gil, once: 'key-2' });
    const other = await ask(web, otter.key, 'addCustomer', { body: { ...gil, name: 'Tess' }, once: 'key-2' });
    expect([other.status, other.json.code]).toEqual([422, 'idempotency_conflict']);
    for (const caller of [otter.owner, mop.key])
      expect((await ask(web, caller, 'addCustomer', { body: { ...gil, name: 'Tess' }, once: 'key-2' })).status).toBe(201);
  });

  it('keeps a refusal too, and asks for a key where one is missing', async () => {
    const { web, otter } = world();
    const asked = { params: otter.ids, body: { personIds: [otter.ids.personId.replace(/_.*/, `_${'0'.repeat(26)}`)] }, once: 'key-3' };
    const [first, again] = [await ask(web, otter.key, 'sendInvoice', asked), await ask(web, otter.key, 'sendInvoice', asked)];
    expect([first.status, again.text]).toEqual([404, first.text]);
    const request = requestOf(apiOperations.addCustomer as Operation, otter.key, { body: gil });
    request.headers.delete('idempotency-key');
    expect(((await (await web.app.request(request)).json()) as { code: string }).code).toBe('idempotency_key_required');
  });

  it('does twenty at the same moment once: the others are told it runs, or the same answer', async () => {
    const { web, otter } = world();
    const asked = { body: { ...gil, name: 'Stampede' }, once: 'key-4' };
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(web, otter.key, 'addCustomer', asked)));
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
    expect(await customersNamed('Stampede')).toBe(1);
  });

  it('answers 409 while one runs, and goes on by itself with what a crashed process began', async () => {
    const { web, otter } = world();
    const body = JSON.stringify({ ...gil, name: 'Crashed' });
    const act = { caller: `key:${await keyUuid()}`, id: 'key-5', route: 'post /api/v1/customers', body };
    expect((await beginAct(web.database, otter.business.id, act)).kind).toBe('run');
    const asked = { body: { ...gil, name: 'Crashed' }, once: 'key-5' };
    expect((await ask(web, otter.key, 'addCustomer', asked)).json.code).toBe('idempotency_in_flight');
    await inTransaction(web.database, { role: 'system', business: otter.business.id, actor: systemActor }, ({ tx, business }) =>
      sql`update acts set started_at = started_at - interval '2 minutes' where business_id = ${business} and id = 'key-5'`.execute(tx),
    );
    expect((await ask(web, otter.key, 'addCustomer', asked)).status).toBe(201);
    expect(await customersNamed('Crashed')).toBe(1);
  });

  it('L1 keeps no answer that holds a secret', async () => {
    const { web, otter } = world();
    const made = await done(web, otter.owner, 'makeApiKey', { body: { name: 'Secret', scopes: ['items:read'] } });
    const link = await done(web, otter.owner, 'makeLink', { params: otter.ids, body: { personId: null } });
    const copied = await done(web, otter.owner, 'copyLink', { params: { linkId: link.link.id } });
    expect(copied.url).toBe(link.url);
    const kept = await otter.business.system(({ tx, business }) =>
      sql<{ t: string }>`select coalesce(string_agg(a::text, ''), '') as t from acts a where business_id = ${business}`.execute(tx),
    );
    for (const secret of [made.key.slice(-43), link.url.split('/').at(-1)]) expect(kept.rows[0]?.t).not.toContain(secret);
  });
});

async function keyUuid(): Promise<string> {
  const { web, otter } = world();
  const keys = (await done(web, otter.owner, 'listApiKeys')).items as { id: string; scopes: string[] }[];
  return inner('apiKey', keys.find(({ scopes }) => scopes.length > 5)?.id ?? '');
}

describe('A8 If-Match', () => {
  it('of fifty edits at once takes one and answers the others 412: none is lost', async () => {
    const { web, otter } = world();
    const customer = await done(web, otter.owner, 'addCustomer', { body: gil });
    const edits = Array.from({ length: 50 }, (_, at) =>
      ask(web, otter.owner, 'changeCustomer', { params: { customerId: customer.id }, version: 1, body: { company: `Edit ${at}` } }),
    );
    const statuses = (await Promise.all(edits)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 412)).toHaveLength(49);
    expect((await done(web, otter.owner, 'readCustomer', { params: { customerId: customer.id } })).version).toBe(2);
  });

  it('gives the version as ETag, takes it weak too, and asks for it', async () => {
    const { web, otter } = world();
    const { headers } = await ask(web, otter.owner, 'readItem', { params: otter.ids });
    expect(headers.get('etag')).toBe('"1"');
    const asked = { params: otter.ids, body: { name: 'Drain cleaning, big' } };
    const request = requestOf(apiOperations.changeItem as Operation, otter.owner, asked);
    request.headers.delete('if-match');
    expect((await web.app.request(request)).status).toBe(412);
    expect((await ask(web, otter.owner, 'changeItem', { ...asked, headers: { 'If-Match': 'W/"1"' } })).headers.get('etag')).toBe('"2"');
    expect((await ask(web, otter.owner, 'changeItem', { ...asked, headers: { 'If-Match': '*' } })).status).toBe(412);
  });
});

describe('A5 cursors', () => {
  it('show each customer once and miss none of those there at the start, while others are added', async () => {
    const { web, mop } = world();
    const names = Array.from({ length: 30 }, (_, at) => `Paged ${String(at).padStart(2, '0')}`);
    for (const name of names) await done(web, mop.owner, 'addCustomer', { body: { ...gil, name } });
    for (const sort of ['name', 'newest', 'balance']) {
      const seen: string[] = [];
      let cursor: string | null = '';
      for (let page = 0; cursor !== null; page += 1) {
        const answer: Json = await done(web, mop.owner, 'listCustomers', { query: { sort, limit: 7, ...(cursor === '' ? {} : { cursor }) } });
        seen.push(...answer.items.map(({ name }: { name: string }) => name));
        await done(web, mop.owner, 'addCustomer', { body: { ...gil, name: `Paged ${page} ${sort}` } });
        cursor = answer.nextCursor;
      }
      const listed = seen.filter((name) => names.includes(name));
      expect(listed.sort()).toEqual(names);
    }
  });

  it('made by somebody else, for another list, or by another business are refused', async () => {
    const { web, mop, otter } = world();
    const { nextCursor } = await done(web, mop.owner, 'listEvents', { query: { limit: 1 } });
    const forged = Buffer.from(JSON.stringify(['feed', '1'])).toString('base64url');
    for (const cursor of ['x', forged, `${nextCursor}A`, Buffer.from('null').toString('base64url')]) {
      expect((await ask(web, mop.owner, 'listEvents', { query: { cursor } })).json.code).toBe('cursor_invalid');
      expect((await ask(web, mop.owner, 'listInvoices', { query: { cursor } })).json.code).toBe('cursor_invalid');
    }
    expect((await ask(web, otter.owner, 'listEvents', { query: { cursor: nextCursor } })).status).toBe(400);
    for (const limit of [0, 101, -1, '1e1', 'x']) expect((await ask(web, mop.owner, 'listEvents', { query: { limit } })).status).toBe(422);
  });
});

describe('A6 keys', () => {
  it('are refused in an address, before anything else is looked at', async () => {
    const { web, otter } = world();
    for (const name of ['key', 'api_key', 'access_token']) {
      const answer = await web.app.request(`${testOrigin}/api/v1/customers?${name}=${otter.key.key}`, {
        headers: { Authorization: `Bearer ${otter.key.key}` },
      });
      expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([400, 'api_key_in_url']);
    }
  });

  it('open nothing from the moment they are revoked', async () => {
    const { web, otter } = world();
    const made = await done(web, otter.owner, 'makeApiKey', { body: { name: 'Short-lived', scopes: ['items:read'] } });
    expect((await ask(web, { key: made.key }, 'listItems')).status).toBe(200);
    await done(web, otter.owner, 'revokeApiKey', { params: { keyId: made.apiKey.id } });
    expect((await ask(web, { key: made.key }, 'listItems')).status).toBe(401);
    expect(JSON.stringify(await done(web, otter.owner, 'listApiKeys'))).not.toContain(made.key.slice(-20));
  });
});

describe('I6 what is sent', () => {
  const send = async (raw: string, type = 'application/json'): Promise<[number, string]> => {
    const { web, otter } = world();
    const { status, json } = await ask(web, otter.key, 'addCustomer', { raw: { bytes: raw, type } });
    return [status, json.code];
  };

  it('is JSON without names twice, __proto__, or more than 20 levels, of at most 1 MB', async () => {
    expect(await send('{"kind":"residential","name":"A","name":"B"}')).toEqual([400, 'body_malformed']);
    expect(await send('{"kind":"residential","name":"A","n\\u0061me":"B"}')).toEqual([400, 'body_malformed']);
    expect(await send('{"kind":"residential","name":"A","__proto__":{"x":1}}')).toEqual([400, 'body_malformed']);
    expect(await send(`{"name":${'['.repeat(30)}${']'.repeat(30)}}`)).toEqual([400, 'body_malformed']);
    expect(await send('{"kind":')).toEqual([400, 'body_malformed']);
    expect(await send('')).toEqual([400, 'body_malformed']);
    expect(await send(`{"name":"${'x'.repeat(1_100_000)}"}`)).toEqual([413, 'body_too_large']);
  });

  it('comes as JSON and says so', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/json', '']) {
      expect((await send(JSON.stringify(gil), type))[0]).toBe(415);
    }
  });

  it('names no parameter twice, and none that does not exist', async () => {
    const { web, otter } = world();
    const at = (query: string) => web.app.request(`${testOrigin}/api/v1/customers?${query}`, { headers: { Authorization: `Bearer ${otter.key.key}` } });
    expect((await at('limit=1&limit=2')).status).toBe(400);
    expect((await at('tenant_id=1')).status).toBe(422);
    expect((await ask(web, otter.owner, 'readSettings', { query: { x: '1' } })).status).toBe(422);
  });

  it('T9 sets no field that is not the caller’s to set', async () => {
    const { web, otter } = world();
    for (const field of ['business_id', 'businessId', 'status', 'paidMinor', 'number', 'role', 'version', 'createdAt']) {
      const answer = await ask(web, otter.owner, 'addCustomer', { body: { ...gil, [field]: 'x' } });
      expect([answer.status, answer.json.errors[0]]).toEqual([422, expect.objectContaining({ field, code: 'unknown_field' })]);
    }
  });
});

describe('L11 acts from elsewhere', () => {
  const body = JSON.stringify(gil);
  const post = (headers: Record<string, string>) => {
    const { web, otter } = world();
    const cookie = `office=${otter.owner.cookies?.['office']}`;
    return web.app.request(`${testOrigin}/api/v1/customers`, {
      method: 'POST',
      body,
      headers: { cookie, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID(), ...headers },
    });
  };

  it('are refused for every foreign or missing origin, and taken from our own', async () => {
    const foreign: Record<string, string>[] = [
      ...['https://evil.example', 'http://localhost:3998', 'http://localhost:3999.evil.example', 'null.example'].map((origin) => ({ origin })),
      ...['cross-site', 'same-site', 'none'].map((site) => ({ 'sec-fetch-site': site, origin: testOrigin })),
      {},
    ];
    for (const headers of foreign) expect((await post(headers)).status).toBe(403);
    expect((await post({ origin: testOrigin })).status).toBe(201);
    expect((await post({ 'sec-fetch-site': 'same-origin' })).status).toBe(201);
  });

  it('change nothing by GET: no changing operation answers it', async () => {
    const { web, otter } = world();
    const reading = new Set(
      Object.values(apiOperations)
        .filter((op) => op.method === 'get')
        .map((op) => op.path.replace(/\{\w+\}/g, '{}')),
    );
    for (const op of Object.values(apiOperations)) {
      if (op.method === 'get' || [...reading].some((path) => new RegExp(`^${path.replace(/\{\}/g, '[^/]+')}$`).test(op.path))) continue;
      const path = op.path.replace(/\{(\w+)\}/g, (_, name: string) => (otter.ids as Record<string, string>)[name] ?? 'x');
      const answer = await web.app.request(`${testOrigin}/api/v1${path}`, { headers: { Authorization: `Bearer ${otter.key.key}` } });
      expect(answer.status, op.path).toBe(404);
    }
  });
});

describe('M11 bad amounts', () => {
  it('are refused on every way in, and change no row', async () => {
    const { web, otter } = world();
    const count = () =>
      otter.business.system(
        async ({ tx, business }) => (await sql<{ n: bigint }>`select count(*) as n from payments where business_id = ${business}`.execute(tx)).rows[0]?.n,
      );
    const before = await count();
    const template = JSON.stringify({
      customerId: otter.ids.customerId,
      method: 'cash',
      receivedOn: '2026-01-02',
      shares: [],
      keepRestAsCredit: true,
      amountMinor: 0,
    });
    for (const bad of [
      'NaN',
      '1e999',
      '"1e3"',
      '"1,000"',
      '-1',
      '0',
      '0.30000000000000004',
      '9007199254740993',
      '"１２"',
      '100000000',
      'null',
      '[]',
      '{}',
      '""',
      'true',
    ]) {
      const raw = { bytes: template.replace('"amountMinor":0', `"amountMinor":${bad}`), type: 'application/json' };
      const { status } = await ask(web, otter.owner, 'recordPayment', { raw });
      expect([400, 422], bad).toContain(status);
    }
    for (const line of [
      { quantityMilli: 0.5 },
      { unitPriceMilli: 1e300 },
      { quantityMilli: '1' },
      { unitPriceMilli: 99_999_999_999_000, quantityMilli: 1_000_000_000 },
    ]) {
      const { status } = await ask(web, otter.owner, 'createDraft', { body: { customerId: otter.ids.customerId, lines: [aLine(line)] } });
      expect([400, 422]).toContain(status);
    }
    expect(await count()).toBe(before);
  });
});

describe('D7 errors', () => {
  it('carry a request id and nothing of the inside, a bug too', async () => {
    const { web, otter } = world();
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const broken = vi.spyOn(web.deps.files, 'get').mockRejectedValue(new Error('select secret from /srv/app.ts at line 3'));
    const answer = await ask(web, otter.owner, 'readAttachment', { params: otter.ids });
    broken.mockRestore();
    write.mockRestore();
    expect(answer.status).toBe(500);
    expect(Object.keys(answer.json).sort()).toEqual(['code', 'detail', 'requestId', 'status', 'title', 'type']);
    expect(answer.json).toMatchObject({ code: 'internal', requestId: answer.headers.get('x-request-id') });
    expect(answer.text).not.toMatch(/select|secret|srv|\.ts|line 3|Error/);
  });
});

describe('L9 mailed addresses', () => {
  it('begin with the configured origin, whatever host the request names', async () => {
    const { web, otter } = world();
    const evil = 'evil.example';
    const variants: Record<string, string>[] = [
      { host: evil },
      { host: `localhost:3999@${evil}` },
      { host: `${evil}:443` },
      { 'x-forwarded-host': evil },
      { 'x-forwarded-proto': 'https', 'x-forwarded-host': evil },
      { 'x-forwarded-server': evil },
      { 'x-forwarded-port': '99' },
      { forwarded: `host=${evil};proto=https` },
      { 'x-original-url': `https://${evil}/` },
      { 'x-rewrite-url': `https://${evil}/` },
      { 'x-host': evil },
      { 'x-forwarded-for': evil, via: evil },
    ];
    for (const headers of variants) {
      const sent = await done(web, otter.key, 'sendInvoice', { params: otter.ids, body: { personIds: [otter.ids.personId] }, headers });
      const mail = await done(web, otter.owner, 'readMail', { params: { mailId: sent.mails[0].mailId } });
      const urls = String(mail.text).match(/https?:\/\/[^\s)]+/g) ?? [];
      expect(urls.length).toBeGreaterThan(0);
      for (const url of urls) expect(url.startsWith(`${testOrigin}/`)).toBe(true);
      const link = await done(web, otter.key, 'makeLink', { params: otter.ids, body: {}, headers });
      expect(link.url.startsWith(`${testOrigin}/`)).toBe(true);
    }
  });
});
