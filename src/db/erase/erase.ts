import pg from 'pg';
import type { FileStore } from '../../core/gateways.ts';
import { clientConfig, type Login } from '../pool.ts';
import { eraseIdentities, eraseTasks } from './around.ts';
import { eraseEvents } from './events.ts';
import { importsNaming } from './import-files.ts';
import { treatments } from './tables.ts';
import { allWords, patternsOf } from './words.ts';

export type OpenErasure = Readonly<{ business: string; erasure: string }>;
export type Erasing = Readonly<{ business: string; customer: string; people: readonly string[]; words: readonly string[]; imports: readonly string[] }>;

/**
 * Takes the personal data of one customer out of every table of the business, as the owner of the tables: events and frozen rows are closed to
 * every other login. All of it or nothing, files before the commit, so that what was cut off is simply done again. Done already, it does nothing.
 */
export async function eraseRest(owner: Login, files: FileStore, { business, erasure }: OpenErasure): Promise<'erased' | 'done before'> {
  const client = new pg.Client(clientConfig(owner, 'service-invoice-pro erase', '-c lock_timeout=20s -c statement_timeout=0'));
  await client.connect();
  try {
    await client.query('begin');
    await client.query(`set local app.business = ${pg.escapeLiteral(business)}`);
    const of = await openErasure(client, business, erasure);
    if (of === null) return 'done before';
    const words = await allWords(client, of);
    const erasing: Erasing = { ...of, words, imports: await importsNaming(client, files, of, words) };
    const before = await storedHashes(client, business);
    await eraseEvents(client, erasing, erasure);
    for (const table of Object.keys(treatments)) await treat(client, table, erasing);
    await eraseTasks(client, erasing);
    await eraseIdentities(client, of.identities);
    const gone = await hashesGone(client, business, before);
    await client.query(`update erasures set words = '{}', done_at = now() where business_id = $1 and id = $2`, [business, erasure]);
    for (const sha256 of gone) await files.remove(business, sha256);
    await client.query('commit');
    return 'erased';
  } finally {
    await client.end();
  }
}

type Found = Readonly<{ business: string; customer: string; people: string[]; words: string[]; identities: string[] }>;

/** What was asked for; null when it is done. Two who come at once take turns. */
async function openErasure(client: pg.Client, business: string, erasure: string): Promise<Found | null> {
  const { rows } = await client.query<{ customer_id: string; person_ids: string[]; words: string[] }>(
    'select customer_id, person_ids, words from erasures where business_id = $1 and id = $2 and done_at is null for update',
    [business, erasure],
  );
  const [row] = rows;
  if (!row) return null;
  const found = await client.query<{ identity_id: string }>(
    `select distinct identity_id from memberships where business_id = $1 and kind = 'person' and member_id = any ($2::uuid[])`,
    [business, row.person_ids],
  );
  return { business, customer: row.customer_id, people: row.person_ids, words: row.words, identities: found.rows.map((each) => each.identity_id) };
}

async function treat(client: pg.Client, table: string, of: Erasing): Promise<void> {
  const { remove, change } = treatments[table] ?? {};
  const name = pg.escapeIdentifier(table);
  const mine = `business_id = ${pg.escapeLiteral(of.business)}`;
  if (change) {
    const set = Object.entries(change.set).map(([column, value]) => `${pg.escapeIdentifier(column)} = ${filled(value, of)}`);
    await client.query(`update ${name} set ${set.join(', ')} where ${mine} and (${filled(change.rows, of)})`);
  }
  if (remove !== undefined) await client.query(`delete from ${name} where ${mine} and (${filled(remove, of)})`);
}

/** Every value is quoted, whatever it holds. */
function filled(text: string, of: Erasing): string {
  const list = (values: readonly string[], type: string): string => `array[${values.map((value) => pg.escapeLiteral(value)).join(', ')}]::${type}[]`;
  return text
    .replaceAll('{business}', () => `${pg.escapeLiteral(of.business)}::uuid`)
    .replaceAll('{customer}', () => `${pg.escapeLiteral(of.customer)}::uuid`)
    .replaceAll('{people}', () => list(of.people, 'uuid'))
    .replaceAll('{imports}', () => list(of.imports, 'uuid'))
    .replaceAll('{words}', () => list(patternsOf(of.words), 'text'));
}

const hashes = `select encode(h.sha256, 'hex') as hex from (
    select sha256 from file_refs where business_id = $1 union select sha256 from exports where business_id = $1
    union select file_sha256 from imports where business_id = $1 union select rejected_sha256 from imports where business_id = $1
    union select logo_sha256 from business_profiles where business_id = $1 union select logo_web_sha256 from business_profiles where business_id = $1) h
  where h.sha256 is not null`;

async function storedHashes(client: pg.Client, business: string): Promise<string[]> {
  return (await client.query<{ hex: string }>(hashes, [business])).rows.map(({ hex }) => hex);
}

/** What nothing names any more: its rows go here, its bytes by whoever asked. */
async function hashesGone(client: pg.Client, business: string, before: readonly string[]): Promise<string[]> {
  const still = new Set(await storedHashes(client, business));
  const gone = before.filter((hex) => !still.has(hex));
  await client.query(`delete from files where business_id = $1 and encode(sha256, 'hex') = any ($2::text[])`, [business, gone]);
  return gone;
}
