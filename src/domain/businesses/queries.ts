import { sql, type Transaction } from 'kysely';
import { noAddress } from '../../core/address.ts';
import { Refusal } from '../../core/refusal.ts';
import { newId } from '../../db/fresh.ts';
import { type Scope, sqlState } from '../../db/scope.ts';
import type { DB } from '../../db/tables.ts';
import type { Sections } from './business.ts';
import type { NewBusiness } from './sign-up.ts';
import { type Starter, starterPriceMilli, starterTax } from './starter.ts';

export type FrontDoor = Readonly<{ id: string; slug: string; name: string; demo: boolean }>;
/** The series whose next number the settings show. Imported invoices have one of their own. */
const series = 'invoice';

export async function selectBySlug(tx: Transaction<DB>, slug: string): Promise<FrontDoor | null> {
  return (await tx.selectFrom('businesses').select(['id', 'slug', 'name', 'demo']).where('slug', '=', slug).executeTakeFirst()) ?? null;
}

export function selectDemo(tx: Transaction<DB>): Promise<FrontDoor[]> {
  return tx.selectFrom('businesses').select(['id', 'slug', 'name', 'demo']).where('demo', '=', true).orderBy('name').execute();
}

/** False when the address is taken. */
export async function insertBusiness(scope: Scope, of: NewBusiness & { slug: string; demo: boolean; confirmed: boolean }): Promise<boolean> {
  const at = scope.now.toString();
  const gone = await sql`select from removed_businesses where slug_hash = sha256(convert_to(${of.slug}, 'UTF8'))`.execute(scope.tx);
  if (gone.rows.length > 0) return false;
  const row = await scope.tx
    .insertInto('businesses')
    .values({
      id: scope.business,
      slug: of.slug,
      name: of.name,
      trade: of.trade,
      country: of.country,
      time_zone: of.timeZone,
      currency: of.currency,
      demo: of.demo,
      confirmed_at: of.confirmed ? at : null,
      created_at: at,
    })
    .onConflict((conflict) => conflict.column('slug').doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Answers the items of the price book. */
export async function insertStarter(scope: Scope, of: NewBusiness, starter: Starter): Promise<{ id: string; name: string; description: string }[]> {
  const { business: business_id, now } = scope;
  const created_at = now.toString();
  const tax = starterTax(of.country);
  const rateId = newId();
  await scope.tx.insertInto('business_heads').values({ business_id }).execute();
  await scope.tx.insertInto('counters').values({ business_id, series, next: 1001n }).execute();
  await scope.tx
    .insertInto('tax_rates')
    .values({ business_id, id: rateId, name: tax.name, components: JSON.stringify(tax.components), created_at })
    .execute();
  await scope.tx
    .insertInto('business_profiles')
    .values({
      business_id,
      address: JSON.stringify({ ...noAddress, country: of.country }),
      email: of.email,
      reply_to: of.email,
      from_name: of.name,
      hours: starter.hours,
      how_to_pay: starter.howToPay,
      terms_days: starter.termsDays,
      terms_text: starter.terms,
      message: starter.message,
      default_tax_rate_id: rateId,
      languages: ['en', 'es', 'fr'],
      updated_at: created_at,
    })
    .execute();
  if (starter.items.length === 0) return [];
  const items = starter.items.map((item) => ({
    business_id,
    id: newId(),
    name: item.name,
    description: item.description ?? '',
    unit: item.unit,
    unit_price_milli: starterPriceMilli(item.price, of.currency),
    tax_rate_id: item.taxed === true ? rateId : null,
    created_at,
  }));
  await scope.tx.insertInto('items').values(items).execute();
  return items;
}

export async function markConfirmed(scope: Scope): Promise<void> {
  const at = scope.now.toString();
  await scope.tx.updateTable('businesses').set({ confirmed_at: at }).where('id', '=', scope.business).where('confirmed_at', 'is', null).execute();
}

type Stored = Sections &
  Readonly<{
    version: number;
    slug: string;
    country: string;
    currency: string;
    demo: boolean;
    plan: string;
    logo: string | null;
    logoForPages: string | null;
    welcomeDismissed: boolean;
    highestUsed: bigint;
  }>;

const question = (scope: Scope) => sql<{
  version: number;
  slug: string;
  country: string;
  currency: string;
  demo: boolean;
  plan: string;
  logo: string | null;
  logoForPages: string | null;
  welcomeDismissed: boolean;
  company: Sections['company'];
  look: Sections['look'];
  mail: Sections['mail'];
  billing: Sections['billing'];
  gateway: 'sandbox' | 'stripe' | null;
  howToPay: string;
  partPayment: boolean;
  floor: bigint;
  tips: boolean;
  tipPercents: readonly number[];
  tipCapPercent: number;
  rule: Pick<Sections['waysToPay'], 'wayRule' | 'cardFeePpm' | 'bankSavingPpm'>;
  cardFeeFixedMinor: bigint;
  cardFeeMostMinor: bigint | null;
  prefix: string;
  next: bigint;
  highestUsed: bigint;
}>`select p.version, b.slug, b.country, b.currency, b.demo, b.plan, encode(p.logo_sha256, 'hex') as logo, encode(p.logo_web_sha256, 'hex') as "logoForPages",
    coalesce((p.welcome ->> 'dismissed')::boolean, false) as "welcomeDismissed",
    jsonb_build_object('name', b.name, 'legalName', p.legal_name, 'trade', b.trade, 'timeZone', b.time_zone, 'phone', p.phone, 'email', p.email, 'website', p.website,
      'address', p.address, 'hours', p.hours, 'licenseLine', p.license_line) as company,
    jsonb_build_object('brandColor', p.brand_color, 'greeting', '{"en": "", "es": "", "fr": ""}'::jsonb || p.greeting, 'languages', to_jsonb(p.languages),
      'defaultLanguage', p.default_language) as look,
    jsonb_build_object('fromName', p.from_name, 'replyTo', p.reply_to) as mail,
    jsonb_build_object('termsDays', p.terms_days, 'termsText', p.terms_text, 'message', p.message, 'pricesIncludeTax', p.prices_include_tax,
      'defaultTaxRateId', p.default_tax_rate_id) as billing,
    p.gateway, p.how_to_pay as "howToPay", p.part_payment as "partPayment", p.payment_floor_minor as floor, p.number_prefix as prefix,
    p.tips_offered as tips, p.tip_percents as "tipPercents", p.tip_cap_percent as "tipCapPercent",
    jsonb_build_object('wayRule', p.way_rule, 'cardFeePpm', p.card_fee_ppm, 'bankSavingPpm', p.bank_saving_ppm) as rule,
    p.card_fee_fixed_minor as "cardFeeFixedMinor", p.card_fee_most_minor as "cardFeeMostMinor",
    (select c.next from counters c where c.business_id = ${scope.business} and c.series = ${series}) as next,
    coalesce((select max(i.number_seq) from invoices i where i.business_id = ${scope.business} and i.series = ${series}), 0)::int8 as "highestUsed"
  from businesses b join business_profiles p on p.business_id = ${scope.business} where b.id = ${scope.business}`;

export async function selectSettings(scope: Scope): Promise<Stored> {
  const { rows } = await question(scope).execute(scope.tx);
  const [row] = rows;
  if (row === undefined) throw new Refusal('not_found');
  const { gateway, howToPay, partPayment, floor, tips, tipPercents, tipCapPercent, rule, cardFeeFixedMinor, cardFeeMostMinor, prefix, next, company, ...rest } =
    row;
  const address = { ...noAddress, ...company.address };
  const fees = { ...rule, cardFeeFixedMinor, cardFeeMostMinor };
  const waysToPay = { gateway, howToPay, partPayment, paymentFloorMinor: floor, tips, tipPercents, tipCapPercent, ...fees };
  return { ...rest, company: { ...company, address }, numbering: { prefix, next }, waysToPay };
}

/** Locked against another save, and against a number being given meanwhile. */
export async function lockSettings(scope: Scope): Promise<Stored> {
  await sql`select from business_profiles where business_id = ${scope.business} for no key update`.execute(scope.tx);
  await sql`select from counters where business_id = ${scope.business} and series = ${series} for update`.execute(scope.tx);
  return selectSettings(scope);
}

export async function updateSettings(scope: Scope, of: Sections & { welcomeDismissed: boolean; version: number }): Promise<void> {
  const { company, numbering } = of;
  await scope.tx
    .updateTable('businesses')
    .set({ name: company.name, trade: company.trade, time_zone: company.timeZone })
    .where('id', '=', scope.business)
    .execute();
  await scope.tx.updateTable('counters').set({ next: numbering.next }).where('business_id', '=', scope.business).where('series', '=', series).execute();
  await scope.tx
    .updateTable('business_profiles')
    .where('business_id', '=', scope.business)
    .set({ ...profileOf(of), updated_at: scope.now.toString() })
    .execute()
    .catch((error: unknown) => {
      throw sqlState(error) === '23503' ? new Refusal('tax_rate_unknown', { field: 'billing.defaultTaxRateId' }) : error;
    });
}

function profileOf({
  company,
  look,
  billing,
  mail,
  waysToPay,
  numbering,
  version,
  welcomeDismissed,
}: Sections & { welcomeDismissed: boolean; version: number }) {
  return {
    version,
    legal_name: company.legalName,
    phone: company.phone,
    email: company.email,
    website: company.website,
    address: JSON.stringify(company.address),
    hours: company.hours,
    license_line: company.licenseLine,
    brand_color: look.brandColor,
    greeting: JSON.stringify(look.greeting),
    languages: [...look.languages],
    default_language: look.defaultLanguage,
    number_prefix: numbering.prefix,
    terms_days: billing.termsDays,
    terms_text: billing.termsText,
    message: billing.message,
    prices_include_tax: billing.pricesIncludeTax,
    default_tax_rate_id: billing.defaultTaxRateId,
    from_name: mail.fromName,
    reply_to: mail.replyTo,
    gateway: waysToPay.gateway,
    how_to_pay: waysToPay.howToPay,
    part_payment: waysToPay.partPayment,
    payment_floor_minor: waysToPay.paymentFloorMinor,
    tips_offered: waysToPay.tips,
    tip_percents: JSON.stringify(waysToPay.tipPercents),
    tip_cap_percent: waysToPay.tipCapPercent,
    way_rule: waysToPay.wayRule,
    card_fee_ppm: waysToPay.cardFeePpm,
    card_fee_fixed_minor: waysToPay.cardFeeFixedMinor,
    card_fee_most_minor: waysToPay.cardFeeMostMinor,
    bank_saving_ppm: waysToPay.bankSavingPpm,
    welcome: JSON.stringify({ dismissed: welcomeDismissed }),
  };
}

/** How far a business has come: what the first steps and the import page tell. */
export type Progress = Readonly<{ hasCustomer: boolean; hasInvoice: boolean; hiddenInvoices: number; historyShownAt: string | null }>;

export async function selectProgress(scope: Scope): Promise<Progress> {
  const b = scope.business;
  const { rows } = await sql<Progress>`select exists (select from customers c where c.business_id = ${b}) as "hasCustomer",
      exists (select from invoice_standings s where s.business_id = ${b} and s.state = 'issued' and not s.imported) as "hasInvoice",
      (select count(*)::int from invoice_standings s where s.business_id = ${b} and s.state = 'issued' and s.imported and not s.shown) as "hiddenInvoices",
      (select p.history_shown_at from business_profiles p where p.business_id = ${b}) as "historyShownAt"`.execute(scope.tx);
  return rows[0] ?? { hasCustomer: false, hasInvoice: false, hiddenInvoices: 0, historyShownAt: null };
}

/** `today` is the day it is where the business is; `logo` is the one for pages, SHA-256 in hex. */
export type Standing = Readonly<{
  id: string;
  slug: string;
  name: string;
  trade: string;
  country: string;
  timeZone: string;
  currency: string;
  demo: boolean;
  brandColor: string;
  logo: string | null;
  today: string;
}>;

export async function selectStanding(scope: Scope): Promise<Standing> {
  const { rows } = await sql<Standing>`select b.id, b.slug, b.name, b.trade, b.country, b.time_zone as "timeZone", b.currency, b.demo,
      p.brand_color as "brandColor", encode(p.logo_web_sha256, 'hex') as logo, (${scope.now.toString()}::timestamptz at time zone b.time_zone)::date as today
    from businesses b join business_profiles p on p.business_id = ${scope.business} where b.id = ${scope.business}`.execute(scope.tx);
  const [row] = rows;
  if (row === undefined) throw new Refusal('not_found');
  return row;
}
