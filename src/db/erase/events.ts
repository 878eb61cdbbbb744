import type pg from 'pg';
import { type Data, withoutPersonal, withoutWords } from '../../core/erased.ts';
import type { Erasing } from './erase.ts';
import { patternsOf } from './words.ts';

type Row = { seq: string; data: Data; own: boolean; person: boolean };

const rowsAtOnce = 1_000;

/**
 * Takes the personal data out of events. Their numbers, times and hashes stay, so that the chain runs on; what is left of each is held to a
 * hash of its own. Events about the customer, by their people or to them lose every text that could be anybody's; others the words alone.
 */
export async function eraseEvents(client: pg.Client, of: Erasing, erasure: string): Promise<void> {
  for (let after = '0'; ; ) {
    const rows = await eventsOf(client, of, after);
    await rewrite(client, of, erasure, rows);
    const last = rows.at(-1);
    if (rows.length < rowsAtOnce || last === undefined) return;
    after = last.seq;
  }
}

async function eventsOf(client: pg.Client, of: Erasing, after: string): Promise<Row[]> {
  const { rows } = await client.query<Row>(
    `select seq::text, data, person, own from (
       select e.seq, e.data, e.actor_name, coalesce(e.actor_kind = 'person' and e.actor_id = any ($3::uuid[]), false) as person,
         coalesce(e.customer_id = $2 or d.customer_id = $2 or (e.actor_kind = 'person' and e.actor_id = any ($3::uuid[]))
           or e.data ->> 'personId' = any ($3::text[]), false) as own
       from events e left join documents d on d.business_id = $1 and d.id = e.document_id
       where e.business_id = $1 and e.seq > $4) e
     where own or data::text ilike any ($5::text[]) order by seq limit $6`,
    [of.business, of.customer, of.people, after, patternsOf(of.words.map(asInJson)), rowsAtOnce],
  );
  return rows;
}

/** As the word stands inside the text of a JSON value. */
const asInJson = (word: string): string => JSON.stringify(word).slice(1, -1);

async function rewrite(client: pg.Client, of: Erasing, erasure: string, rows: readonly Row[]): Promise<void> {
  const changed = rows.flatMap(({ seq, data, own, person }) => {
    const left = own ? withoutPersonal(data) : withoutWords(data, of.words);
    return person || JSON.stringify(left) !== JSON.stringify(data) ? [{ seq, data: left, person }] : [];
  });
  if (changed.length === 0) return;
  const list = JSON.stringify(changed);
  await client.query(
    `update events e set data = c.data, actor_name = case when c.person then '' else e.actor_name end
       from jsonb_to_recordset($2::jsonb) c (seq bigint, data jsonb, person boolean) where e.business_id = $1 and e.seq = c.seq`,
    [of.business, list],
  );
  await client.query(
    `insert into erased_events (business_id, seq, erasure_id, content_hash, erased_at)
       select $1, e.seq, $3, event_hash_of(e.prev_hash, e.seq, e.id, e.at, e.actor_kind, e.actor_id, e.actor_name, e.kind, e.customer_id, e.document_id,
         e.property_id, e.shown, e.data, e.request_id), now()
       from events e join jsonb_to_recordset($2::jsonb) c (seq bigint) on c.seq = e.seq where e.business_id = $1
     on conflict (business_id, seq) do update set erasure_id = excluded.erasure_id, content_hash = excluded.content_hash, erased_at = excluded.erased_at`,
    [of.business, list, erasure],
  );
}
