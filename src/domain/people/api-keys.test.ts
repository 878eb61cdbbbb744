import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/db.ts';
import { refusalOf, type SmallBusiness, smallBusiness } from '../../../test/small-business.ts';
import { newId } from '../../db/fresh.ts';
import { asLogin, type Scope } from '../../db/scope.ts';
import { createCustomer, listCustomers } from '../customers/customers.ts';
import { createApiKey, listApiKeys, noteKeyUse, readApiKey, revokeApiKey } from './api-keys.ts';
import { keyRights } from './rights.ts';
import { addStaff, changeStaff, listStaff, removeStaff } from './staff.ts';

const db = testDatabase();

async function openByKey(text: string): Promise<{ state: string; key?: string; scopes?: string[] } | undefined> {
  const key = readApiKey(text);
  if (key === null) return undefined;
  return asLogin(
    db().database,
    async (tx) =>
      (await sql<{ o: { state: string; key?: string; scopes?: string[] } }>`select open_by_key(${key.business}, ${key.hash}) as o`.execute(tx)).rows[0]?.o,
  );
}
const make = (house: SmallBusiness, scopes: readonly string[] = ['customers:read'], expiresAt: string | null = null) =>
  house.office((scope) => createApiKey(scope, { name: 'Bookkeeper', scopes, expiresAt }));

describe('A6 an API key', () => {
  test('has a prefix, its business and 256 random bits, and is stored as a hash only', async () => {
    const house = await smallBusiness(db().database);
    const { key, hint } = await make(house);
    expect(key).toMatch(/^sip_[0-9a-hjkmnp-tv-z]{26}_[A-Za-z0-9_-]{43}$/);
    expect(readApiKey(key)?.business).toBe(house.id);
    expect(hint).toBe(`sip_…${key.slice(-4)}`);
    const rows = await house.office(({ tx, business }) =>
      sql<{ row: string }>`select api_keys::text as row from api_keys where business_id = ${business}`.execute(tx),
    );
    expect(rows.rows.some(({ row }) => row.includes(key.slice(-43)))).toBe(false);
    expect(await openByKey(key)).toMatchObject({ state: 'open', scopes: ['customers:read'] });
  });

  test.each([
    '',
    'sip_',
    'Bearer x',
    `sip_${'0'.repeat(26)}_${'a'.repeat(42)}`,
    `sip_${'0'.repeat(26)}_${'a'.repeat(43)}\n`,
    `SIP_${'0'.repeat(26)}_${'a'.repeat(43)}`,
    `sip_${'u'.repeat(26)}_${'a'.repeat(43)}`,
  ])('is told from %j without a look at the database', (text) => {
    expect(readApiKey(text)).toBeNull();
  });

  test('may do what it was made for and nothing else', async () => {
    const house = await smallBusiness(db().database);
    const { id } = await make(house);
    const key = { kind: 'key', id, name: 'Bookkeeper' } as const;
    expect((await house.office((scope) => listCustomers(scope, {}), key)).items).toEqual([]);
    expect((await refusalOf(house.office((scope) => createCustomer(scope, { kind: 'residential', name: 'X' }), key))).code).toBe('api_key_scope');
    expect((await refusalOf(house.office((scope) => createApiKey(scope, { name: 'Mine', scopes: ['customers:read'] }), key))).code).toBe('api_key_scope');
    expect((await refusalOf(house.office((scope) => addStaff(scope, { name: 'X', email: 'x@example.com', role: 'owner' }), key))).code).toBe('api_key_scope');
  });

  test('can be given every right but the team and keys', async () => {
    const house = await smallBusiness(db().database);
    await make(house, keyRights);
    for (const scope of ['team:write', 'keys:write', 'everything', '*']) expect((await refusalOf(make(house, [scope]))).code).toBe('wrong_choice');
    expect((await refusalOf(make(house, []))).code).toBe('required');
  });

  test('opens nothing once revoked, expired or shown at another business', async () => {
    const [house, other] = [await smallBusiness(db().database), await smallBusiness(db().database)];
    const { id, key } = await make(house, ['customers:read'], '2999-01-01T00:00:00Z');
    const parts = key.split('_');
    const otherBusiness = (await make(other)).key.slice(4, 30);
    expect((await openByKey(`sip_${otherBusiness}_${parts.slice(2).join('_')}`))?.state).toBe('unknown');
    await house.office(({ tx, business }) =>
      sql`insert into api_keys (business_id, id, name, hint, key_hash, scopes, created_at, expires_at)
      select business_id, ${newId()}, name, hint, '\\x00', scopes, created_at, now() from api_keys where business_id = ${business}`.execute(tx),
    );
    const expired = await asLogin(
      db().database,
      async (tx) => (await sql<{ o: { state: string } }>`select open_by_key(${house.id}, '\\x00') as o`.execute(tx)).rows[0]?.o,
    );
    expect(expired?.state).toBe('unknown');
    await house.office((scope) => revokeApiKey(scope, id));
    expect((await openByKey(key))?.state).toBe('unknown');
    expect((await refusalOf(house.office((scope) => revokeApiKey(scope, id)))).code).toBe('not_found');
    const actor = { kind: 'key', id, name: 'Bookkeeper' } as const;
    expect((await refusalOf(house.office((scope) => listCustomers(scope, {}), actor))).code).toBe('api_key_scope');
    expect((await refusalOf(make(house, ['customers:read'], '2020-01-01T00:00:00Z'))).code).toBe('wrong_choice');
  });

  test('is listed with its last use, never with itself', async () => {
    const house = await smallBusiness(db().database);
    const { id, key } = await make(house);
    await house.office((scope) => noteKeyUse(scope, id));
    const [row] = await house.office(listApiKeys);
    expect(row).toMatchObject({ id, name: 'Bookkeeper', revoked_at: null });
    expect(row?.last_used_at).not.toBeNull();
    expect(JSON.stringify(row)).not.toContain(key.slice(-43));
  });
});

describe('the team', () => {
  test('is run by owners and admins alone', async () => {
    const house = await smallBusiness(db().database);
    const theo = await house.office((scope) => addStaff(scope, { name: 'Theo Park', email: 'Theo@Example.com', role: 'office' }));
    const asTheo = { kind: 'staff', id: theo.id, name: 'Theo' } as const;
    expect((await house.office(listStaff, asTheo)).map((colleague) => colleague.email)).toContain('theo@example.com');
    const forbidden = [
      (scope: Scope) => addStaff(scope, { name: 'X', email: 'x@example.com', role: 'owner' }),
      (scope: Scope) => createApiKey(scope, { name: 'X', scopes: ['customers:read'] }),
    ];
    for (const work of forbidden) expect((await refusalOf(house.office<unknown>(work, asTheo))).code).toBe('not_allowed');
    expect((await refusalOf(house.office((scope) => addStaff(scope, { name: 'T', email: 'theo@example.com', role: 'field' })))).code).toBe('staff_duplicate');
  });

  test('keeps its last owner, whoever asks and however many at once', async () => {
    const house = await smallBusiness(db().database);
    const owner = house.owner.id ?? '';
    expect((await refusalOf(house.office((scope) => removeStaff(scope, owner)))).code).toBe('last_owner');
    expect((await refusalOf(house.office((scope) => changeStaff(scope, { id: owner, role: 'admin' })))).code).toBe('last_owner');
    const second = await house.office((scope) => addStaff(scope, { name: 'Second', email: `s.${newId()}@example.com`, role: 'owner' }));
    const both = await Promise.allSettled([owner, second.id].map((id) => house.system((scope) => removeStaff(scope, id))));
    expect(both.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
  });

  test('T5 of another business is out of reach', async () => {
    const [ours, theirs] = [await smallBusiness(db().database), await smallBusiness(db().database)];
    expect((await refusalOf(ours.office((scope) => removeStaff(scope, theirs.owner.id ?? '')))).code).toBe('not_found');
    expect((await refusalOf(ours.office((scope) => changeStaff(scope, { id: theirs.owner.id ?? '', role: 'field' })))).code).toBe('not_found');
  });

  test('takes back who left as the same member', async () => {
    const house = await smallBusiness(db().database);
    const add = () => house.office((scope) => addStaff(scope, { name: 'Theo', email: `theo.${house.slug}@example.com`, role: 'office' }));
    const first = await add();
    await house.office((scope) => removeStaff(scope, first.id));
    expect((await add()).id).toBe(first.id);
  });
});
