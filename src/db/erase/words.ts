import type pg from 'pg';

type Whose = Readonly<{ business: string; customer: string; people: readonly string[]; words: readonly string[] }>;

/** Two letters are in everything. */
const shortest = 3;

/**
 * By which words the erased are known: as they were when it was asked, and as they were called before. What somebody who stays is
 * called too is no such word.
 */
export async function allWords(client: pg.Client, { business, customer, people, words }: Whose): Promise<string[]> {
  const { rows } = await client.query<{ word: string }>(
    `with found (word) as (
       select unnest($4::text[])
       union select to_address from mails where business_id = $1 and (person_id = any ($3::uuid[]) or (customer_id = $2 and person_id is null))
       union select to_name from mails where business_id = $1 and person_id = any ($3::uuid[])
       union select sent_to from links where business_id = $1 and person_id = any ($3::uuid[])
       union select data ->> 'name' from events where business_id = $1 and customer_id = $2 and kind in ('customer.created', 'customer.changed')
       union select data ->> 'name' from events where business_id = $1 and kind like 'person.%' and data ->> 'personId' = any ($3::text[])
       union select actor_name from events where business_id = $1 and actor_kind = 'person' and actor_id = any ($3::uuid[])),
     staying (word) as (
       select name from customers where business_id = $1 and id <> $2
       union select unnest(array[name, email, phone]) from people where business_id = $1 and id <> all ($3::uuid[]) and removed_at is null
       union select unnest(array[name, email]) from staff where business_id = $1
       union select name from businesses where id = $1
       union select unnest(array[legal_name, email, phone, from_name, reply_to]) from business_profiles where business_id = $1)
     select distinct btrim(f.word) as word from found f
       where length(btrim(f.word)) >= $5 and not exists (select from staying s where lower(btrim(s.word)) = lower(btrim(f.word))) order by 1`,
    [business, customer, people, words, shortest],
  );
  return rows.map(({ word }) => word);
}

/** As patterns for ILIKE: anywhere in a text, letter for letter. */
export function patternsOf(words: readonly string[]): string[] {
  return words.map((word) => `%${word.replaceAll(/[\\%_]/g, (letter) => `\\${letter}`)}%`);
}
