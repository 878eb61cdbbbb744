import { sql } from 'kysely';
import type pg from 'pg';
import { compiled } from '../src/db/compile.ts';
import { hashToken } from '../src/db/fresh.ts';
import { frozenFacts } from '../src/domain/invoices/view/queries.ts';
import { keyRights } from '../src/domain/people/rights.ts';

/** One business of the bench, with the ids of its things counted from 1: `thing('document', n)`. */
export type Filled = Readonly<{ id: string; slug: string; invoices: number; customers: number }>;

/** The id of the n-th thing of a business, the same in SQL and here. */
export async function idOf(client: pg.Client, business: Filled, kind: string, n: number): Promise<string> {
  const { rows } = await client.query<{ id: string }>('select md5($1)::uuid as id', [`${business.slug}:${kind}:${n}`]);
  return rows[0]?.id ?? '';
}

/** The token of the n-th invoice's link. */
export function linkTokenOf(business: Filled, n: number): string {
  return `${business.slug}-link-${n}`.padEnd(43, '_');
}

const linesEach = 5;
/** Pages are asked for among the first of a business; those after have no text of their own, which takes long to write and nobody reads. */
const pagesAskedFor = 50_000;

/** `thick`: payments, their shares and events as well. `bare`: nobody asks for a page of it, and its tables are looked at later. */
export type FillOptions = Readonly<{ thick?: boolean; bare?: boolean }>;

/**
 * Writes a business with issued, shown invoices of five lines: one in twenty unpaid, forty per customer. As superuser without
 * triggers, because the bench measures reading and issuing, not this.
 */
export async function fill(client: pg.Client, slug: string, invoices: number, { thick = false, bare = false }: FillOptions = {}): Promise<Filled> {
  const customers = Math.max(1, Math.trunc(invoices / 40));
  const { rows } = await client.query<{ id: string }>(`select md5($1)::uuid as id`, [`${slug}:business:1`]);
  const id = rows[0]?.id ?? '';
  const of = (kind: string, n: string): string => `md5('${slug}:${kind}:' || ${n})::uuid`;
  const run = (text: string): Promise<unknown> => client.query(text.replaceAll(':b', `'${id}'::uuid`));
  await client.query(`set session_replication_role = replica`);
  await run(`insert into businesses (id, slug, name, trade, time_zone, currency, confirmed_at, created_at)
    values (:b, '${slug}', 'Bench Plumbing ${slug}', 'plumbing', 'America/Chicago', 'USD', now(), now())`);
  await run(`insert into business_profiles (business_id, phone, email, address, license_line, gateway, updated_at)
    values (:b, '(512) 555-0100', 'office@example.com', '{"street":"12 Ferry Street","unit":"","city":"Sampleton","region":"TX","postalCode":"00000","country":"US"}', 'License M-00000', 'sandbox', now())`);
  await run(`insert into business_heads (business_id) values (:b)`);
  await run(`insert into counters (business_id, series, next) values (:b, 'invoice', ${invoices + 1})`);
  await run(`insert into customers (business_id, id, kind, name, created_at)
    select :b, ${of('customer', 'n')}, 'commercial', 'Customer ' || n, now() from generate_series(1, ${customers}) n`);
  await run(`insert into people (business_id, id, name, email, created_at)
    select :b, ${of('person', 'n')}, 'Person ' || n, 'person' || n || '@example.com', now() from generate_series(1, ${customers}) n`);
  await run(`insert into grants (business_id, id, person_id, customer_id, bills, created_at)
    select :b, ${of('grant', 'n')}, ${of('person', 'n')}, ${of('customer', 'n')}, true, now() from generate_series(1, ${customers}) n`);
  const customer = of('customer', `(1 + n % ${customers})`);
  const day = `(current_date - (n % 720)::int)`;
  const series = `from generate_series(1, ${invoices}) n`;
  await run(`insert into documents (business_id, id, kind, customer_id, created_at, issued_at, shown_at, shown)
    select :b, ${of('document', 'n')}, 'invoice', ${customer}, now(), now(), now(), true ${series}`);
  await run(`insert into document_totals (business_id, document_id, customer_id, shown, currency, prices_include_tax, tax_exempt, subtotal_minor, discount_minor, net_minor, tax_minor, total_minor)
    select :b, ${of('document', 'n')}, ${customer}, true, 'USD', false, false, 50000, 0, 50000, 4125, 54125 ${series}`);
  await run(`insert into document_taxes (business_id, document_id, position, customer_id, shown, rate_id, name, rate_ppm, taxable_minor, tax_minor, components)
    select :b, ${of('document', 'n')}, 0, ${customer}, true, ${of('rate', '1')}, 'Sales tax', 82500, 50000, 4125, '[{"name":"Sales tax","ratePpm":82500,"taxMinor":4125}]' ${series}`);
  await run(`insert into document_parts (business_id, id, document_id, position, customer_id, shown, title, number, currency, issued_on, due_on, subtotal_minor, discount_minor, net_minor, tax_minor, total_minor, taxes)
    select :b, ${of('part', 'n')}, ${of('document', 'n')}, 0, ${customer}, true, '', 'B-' || n, 'USD', ${day}, ${day} + 14, 50000, 0, 50000, 4125, 54125, '[]' ${series}`);
  await run(`insert into document_lines (business_id, id, document_id, part_id, position, customer_id, shown, name, description, service_on, quantity_milli, unit, unit_price_milli, gross_minor, discount_minor, net_minor, document_discount_minor, tax_rate_id, tax_name)
    select :b, md5('${slug}:line:' || n || ':' || l)::uuid, ${of('document', 'n')}, ${of('part', 'n')}, l, ${customer}, true, 'Drain cleaning, main line ' || l, 'Cleared with cable, tested with water, area left clean.', ${day}, 1000, 'visit', 10000000, 10000, 0, 10000, 0, ${of('rate', '1')}, 'Sales tax' ${series}, generate_series(1, ${linesEach}) l`);
  await run(`insert into invoices (business_id, document_id, customer_id, shown, series, number, number_seq, issued_on, due_on, seller, bill_to, customer_kind, terms)
    select :b, ${of('document', 'n')}, ${customer}, true, 'invoice', 'B-' || n, n, ${day}, ${day} + 14,
      p.seller, jsonb_build_object('name', 'Customer ' || (1 + n % ${customers}), 'company', '', 'address', p.seller->'address'), 'commercial', 'Due in 14 days.'
    from generate_series(1, ${invoices}) n, (select jsonb_build_object('name', 'Bench Plumbing', 'legalName', '', 'phone', phone, 'email', email, 'website', '', 'address', address, 'licenseLine', license_line) as seller from business_profiles where business_id = :b) p`);
  await run(`insert into invoice_standings (business_id, document_id, customer_id, shown, state, number, customer_name, currency, listed_on, issued_on, due_on, total_minor, paid_minor, settled_at, sent_at, last_mailed_at, delivery)
    select :b, ${of('document', 'n')}, ${customer}, true, 'issued', 'B-' || n, 'Customer ' || (1 + n % ${customers}), 'USD', ${day}, ${day}, ${day} + 14, 54125,
      case when n % 20 = 0 then 0 else 54125 end, case when n % 20 = 0 then null else now() end, now(), now(), 'sent' ${series}`);
  await run(`insert into part_standings (business_id, part_id, document_id, customer_id, shown, total_minor, paid_minor)
    select :b, ${of('part', 'n')}, ${of('document', 'n')}, ${customer}, true, 54125, case when n % 20 = 0 then 0 else 54125 end ${series}`);
  await run(`insert into links (business_id, id, document_id, customer_id, person_id, token_hash, sent_to, created_at, created_by, last_mailed_at)
    select :b, ${of('link', 'n')}, ${of('document', 'n')}, ${customer}, ${of('person', `(1 + n % ${customers})`)}, sha256(convert_to(rpad('${slug}-link-' || n, 43, '_'), 'UTF8')), 'person@example.com', now(), 'bench', now() ${series}`);
  await run(`insert into ledger (business_id, id, act_id, kind, debit, credit, amount_minor, currency, customer_id, document_id, part_id, effective_on, recorded_at)
    select :b, ${of('issue', 'n')}, ${of('act', 'n')}, 'issue', 'receivable', 'revenue', 50000, 'USD', ${customer}, ${of('document', 'n')}, ${of('part', 'n')}, ${day}, now() ${series}`);
  await run(`insert into search_terms (business_id, term, kind, id, customer_id)
    select :b, t.term, 'invoice', ${of('document', 'n')}, ${customer} ${series}, lateral (values ('b-' || n), (n::text)) t (term)`);
  await run(`insert into search_terms (business_id, term, kind, id, customer_id)
    select :b, t.term, 'customer', ${of('customer', 'n')}, ${of('customer', 'n')} from generate_series(1, ${customers}) n, lateral (values ('customer'), (n::text)) t (term)`);
  if (thick) await fillPast(run, slug, invoices, { of, customer, day });
  if (bare) {
    await client.query(`set session_replication_role = default`);
    return { id, slug, invoices, customers };
  }
  await client.query('analyze');
  const facts = compiled(sql`insert into document_facts ${frozenFacts(sql.raw(`'${id}'::uuid`), sql.raw(`i.number_seq <= ${pagesAskedFor}`))}`);
  await client.query(facts.sql);
  await client.query(`set session_replication_role = default`);
  await client.query('analyze document_facts');
  return { id, slug, invoices, customers };
}

type Words = Readonly<{ of: (kind: string, n: string) => string; customer: string; day: string }>;

/** What was paid, and what happened: one payment for each paid invoice, one event for each. */
async function fillPast(run: (text: string) => Promise<unknown>, slug: string, invoices: number, { of, customer, day }: Words): Promise<void> {
  const paid = `from generate_series(1, ${invoices}) n where n % 20 <> 0`;
  await run(`insert into payments (business_id, id, customer_id, method, state, amount_minor, currency, started_on, received_on, receipt_number, document_id, created_at, cleared_at, cleared_on)
    select :b, ${of('payment', 'n')}, ${customer}, 'check', 'cleared', 54125, 'USD', ${day}, ${day}, 'R-' || n, ${of('document', 'n')}, ${day}, ${day}, ${day} ${paid}`);
  await run(`insert into payment_shares (business_id, payment_id, part_id, document_id, customer_id, shown, amount_minor, applied_minor, state, method, day, receipt_number)
    select :b, ${of('payment', 'n')}, ${of('part', 'n')}, ${of('document', 'n')}, ${customer}, true, 54125, 54125, 'cleared', 'check', ${day}, 'R-' || n ${paid}`);
  await run(`insert into events (business_id, seq, id, at, actor_kind, actor_name, kind, customer_id, document_id, shown, data, prev_hash, hash)
    select :b, n, ${of('event', 'n')}, ${day}, 'system', '${slug}', 'invoice.sent', ${customer}, ${of('document', 'n')}, true, '{}', '\\x', '\\x' from generate_series(1, ${invoices}) n`);
  await run(`update business_heads set event_seq = ${invoices} where business_id = :b`);
}

/** A staff member, an API key and both realms' sessions of a filled business, as tokens. */
export async function letIn(client: pg.Client, business: Filled, publicBusiness: string): Promise<Readonly<{ office: string; portal: string; key: string }>> {
  const office = `${business.slug}-office`.padEnd(43, '_');
  const portal = `${business.slug}-portal`.padEnd(43, '_');
  const key = `sip_${publicBusiness.slice(4)}_${`${business.slug}-key`.padEnd(43, '_')}`;
  const identity = await idOf(client, business, 'identity', 1);
  const customerIdentity = await idOf(client, business, 'identity', 2);
  const staff = await idOf(client, business, 'staff', 1);
  const person = await idOf(client, business, 'person', 1);
  await client.query(`set session_replication_role = replica`);
  await client.query(`insert into identities (id, email, confirmed_at, created_at) values ($1, $2, now(), now()), ($3, $4, now(), now())`, [
    identity,
    `owner@${business.slug}.example.com`,
    customerIdentity,
    `customer@${business.slug}.example.com`,
  ]);
  await client.query(
    `insert into staff (business_id, id, identity_id, name, email, role, created_at) values ($1, $2, $3, 'Ida Brandt', 'ida@example.com', 'owner', now())`,
    [business.id, staff, identity],
  );
  await client.query(`insert into memberships (business_id, identity_id, kind, member_id) values ($1, $2, 'staff', $3), ($1, $4, 'person', $5)`, [
    business.id,
    identity,
    staff,
    customerIdentity,
    person,
  ]);
  await client.query(`update people set identity_id = $2, verified_at = now() where business_id = $1 and id = $3`, [business.id, customerIdentity, person]);
  for (const [token, realm, who] of [
    [office, 'office', identity],
    [portal, 'portal', customerIdentity],
  ] as const) {
    await client.query(
      `insert into sessions (token_hash, id, realm, identity_id, assurance, authenticated_at, created_at, last_used_at, idle_seconds, expires_at)
       values ($1, gen_random_uuid(), $2, $3, '{password}', now(), now(), now(), 43200, now() + interval '1 day')`,
      [hashToken(token), realm, who],
    );
  }
  await client.query(
    `insert into api_keys (business_id, id, name, hint, key_hash, scopes, created_at)
     values ($1, gen_random_uuid(), 'bench', 'sip_', $2, $3, now())`,
    [business.id, hashToken(key), keyRights],
  );
  await client.query(`set session_replication_role = default`);
  return { office, portal, key };
}
