import { sql } from 'kysely';
import type { Scope } from '../../db/scope.ts';

export type House = Readonly<{
  slug: string;
  name: string;
  currency: string;
  country: string;
  from_name: string;
  reply_to: string;
  phone: string;
  email: string;
  website: string;
  hours: string;
  license_line: string;
  address: Record<string, string>;
  brand_color: string;
  logo: string | null;
}>;

/** The business as its mails show it today. */
export async function selectHouse(scope: Scope): Promise<House> {
  const { rows } = await sql<House>`select b.slug, b.name, b.currency, b.country, p.from_name, p.reply_to, p.phone, p.email, p.website, p.hours, p.license_line,
      p.address, p.brand_color, encode(p.logo_sha256, 'hex') as logo
    from businesses b join business_profiles p on p.business_id = ${scope.business} where b.id = ${scope.business}`.execute(scope.tx);
  const [house] = rows;
  if (house === undefined) throw new Error('a business without a profile');
  return house;
}

export type Reading = Readonly<{ number: string; estimate: string | null; whole: boolean; parts: readonly string[] }>;

/** Number of a document, whether this person may see all of it, and else which parts. */
export async function selectReading(scope: Scope, documentId: string, personId: string | null): Promise<Reading | undefined> {
  const { rows } = await sql<Reading>`select coalesce(s.number, '') as number,
      case when s.amends_id is not null then 'change_order' when s.estimate then (select b.estimate_word from business_profiles b where b.business_id = ${scope.business}) end as estimate,
      ${personId}::uuid is null or coalesce(bool_or(g.property_id is null or g.property_id = s.property_id), false) as whole,
      coalesce((select array_agg(p.id) from document_parts p where p.business_id = ${scope.business} and p.document_id = ${documentId}
        and p.property_id = any (array_agg(g.property_id))), '{}') as parts
    from (select i.number, i.customer_id, i.property_id, false as estimate, null::uuid as amends_id from invoice_standings i where i.business_id = ${scope.business} and i.document_id = ${documentId}
      union all select e.number, e.customer_id, e.property_id, true, e.amends_id from estimate_standings e where e.business_id = ${scope.business} and e.document_id = ${documentId}) s
    left join grants g on g.business_id = ${scope.business} and g.person_id = ${personId}::uuid and g.customer_id = s.customer_id and g.revoked_at is null and g.can_view
    group by s.number, s.property_id, s.estimate, s.amends_id`.execute(scope.tx);
  return rows[0];
}

/** The question an answer belongs to: the last one asked before it. */
export async function selectQuestionBefore(scope: Scope, documentId: string, threadId: string | null, before: string): Promise<string> {
  const { rows } = await sql<{
    body: string;
  }>`select body from messages where business_id = ${scope.business} and document_id = ${documentId} and not from_office
    and (${threadId}::uuid is null or thread_id = ${threadId}::uuid)
    and at < ${before} order by at desc limit 1`.execute(scope.tx);
  return rows[0]?.body ?? '';
}

/** What the customer wrote last in a conversation before an instant; '' when nothing. */
export async function selectMessageBefore(scope: Scope, threadId: string, before: string): Promise<string> {
  const { rows } = await sql<{ body: string }>`select body from messages where business_id = ${scope.business} and thread_id = ${threadId} and not from_office
    and at < ${before} order by at desc limit 1`.execute(scope.tx);
  return rows[0]?.body ?? '';
}

export type DraftNames = Readonly<{
  slug: string;
  name: string;
  time_zone: string;
  currency: string;
  country: string;
  phone: string;
  email: string;
  website: string;
  hours: string;
  how_to_pay: string;
  license_line: string;
  address: Record<string, string>;
  brand_color: string;
  logo_web: string | null;
  customer_name: string;
  company: string;
  tax_exempt: boolean;
  billing_address: Record<string, string>;
  properties: readonly { id: string; code: string; name: string; unit: string; address: { street?: string } }[];
  tax_rates: readonly { id: string; name: string }[];
}>;

/** The names a draft would freeze if it were issued now; nothing when it is no draft. */
export async function selectDraftNames(scope: Scope, documentId: string): Promise<DraftNames | undefined> {
  const b = scope.business;
  const { rows } =
    await sql<DraftNames>`select u.slug, u.name, u.time_zone, u.currency, u.country, p.phone, p.email, p.website, p.hours, p.how_to_pay, p.license_line,
      p.address, p.brand_color, encode(p.logo_web_sha256, 'hex') as logo_web, c.name as customer_name, c.company, c.tax_exempt, c.billing_address,
      (select coalesce(json_agg(json_build_object('id', x.id, 'code', x.code, 'name', x.name, 'unit', x.unit, 'address', x.address)), '[]')
        from properties x where x.business_id = ${b} and x.customer_id = d.customer_id) as properties,
      (select coalesce(json_agg(json_build_object('id', x.id, 'name', x.name)), '[]') from tax_rates x where x.business_id = ${b}) as tax_rates
    from documents d
    join drafts f on f.business_id = ${b} and f.document_id = d.id
    join customers c on c.business_id = ${b} and c.id = d.customer_id
    join businesses u on u.id = ${b}
    join business_profiles p on p.business_id = ${b}
    where d.business_id = ${b} and d.id = ${documentId} and d.issued_at is null`.execute(scope.tx);
  return rows[0];
}
