import { type Address, cleanAddress } from '../../core/address.ts';
import { isTimeZone } from '../../core/calendar.ts';
import { isColor } from '../../core/contrast.ts';
import { limits, textLimits } from '../../core/limits.ts';
import { isLocale, type Locale } from '../../core/locale.ts';
import { Refusal } from '../../core/refusal.ts';
import { canonicalEmail, clean, cleanLines } from '../../core/text.ts';
import { type WayRule, wayLimits } from '../../core/way-fee.ts';
import { type Trade, trades } from './starter.ts';

/** Who the business is. */
export type Company = Readonly<{
  name: string;
  legalName: string;
  trade: Trade;
  timeZone: string;
  phone: string;
  email: string;
  website: string;
  address: Address;
  hours: string;
  licenseLine: string;
}>;
export type Look = Readonly<{ brandColor: string; greeting: Readonly<Record<Locale, string>>; languages: readonly Locale[]; defaultLanguage: Locale }>;
/** `next`: the number the next invoice gets. */
export type Numbering = Readonly<{ prefix: string; next: bigint }>;
export type Billing = Readonly<{ termsDays: number; termsText: string; message: string; pricesIncludeTax: boolean; defaultTaxRateId: string | null }>;
export type MailSettings = Readonly<{ fromName: string; replyTo: string }>;
/**
 * `gateway` null: no processor, customers see How to pay. Floor in minor units: the smallest part payment. `tips`: customers may add one, of the
 * suggested percents or their own, up to so many percent of what they pay. `wayRule`: paying by card costs a fee, or by bank account saves something,
 * or neither (rule 43); amounts in the business's own currency.
 */
export type WaysToPay = Readonly<{
  gateway: 'sandbox' | 'stripe' | null;
  howToPay: string;
  partPayment: boolean;
  paymentFloorMinor: bigint;
  tips: boolean;
  tipPercents: readonly number[];
  tipCapPercent: number;
  wayRule: 'none' | WayRule['kind'];
  cardFeePpm: number;
  cardFeeFixedMinor: bigint;
  cardFeeMostMinor: bigint | null;
  bankSavingPpm: number;
}>;

/** The settings one may change, section by section. */
export type Sections = Readonly<{ company: Company; look: Look; numbering: Numbering; billing: Billing; mail: MailSettings; waysToPay: WaysToPay }>;
export type SettingsChanges = Readonly<
  Partial<{
    company: Partial<Omit<Company, 'address'>> & { address?: Partial<Address> };
    look: Partial<Omit<Look, 'greeting'>> & { greeting?: Partial<Record<Locale, string>> };
    numbering: Partial<Numbering>;
    billing: Partial<Billing>;
    mail: Partial<MailSettings>;
    waysToPay: Partial<WaysToPay>;
    welcome: { dismissed?: boolean };
  }>
>;

/** The sections after the changes. Refuses each bad field by its place: "company.timeZone". */
export function applyChanges(before: Sections, changes: SettingsChanges): Sections {
  return {
    company: changes.company === undefined ? before.company : companyOf(before.company, changes.company),
    look: changes.look === undefined ? before.look : lookOf(before.look, changes.look),
    numbering: changes.numbering === undefined ? before.numbering : numberingOf(before.numbering, changes.numbering),
    billing: changes.billing === undefined ? before.billing : billingOf(before.billing, changes.billing),
    mail: changes.mail === undefined ? before.mail : mailOf(before.mail, changes.mail),
    waysToPay: changes.waysToPay === undefined ? before.waysToPay : waysToPayOf(before.waysToPay, changes.waysToPay),
  };
}

const line = (text: string | undefined, before: string, max: number, field: string): string => (text === undefined ? before : clean(text, max, field));
const lines = (text: string | undefined, before: string, max: number, field: string): string => (text === undefined ? before : cleanLines(text, max, field));

function companyOf(before: Company, given: NonNullable<SettingsChanges['company']>): Company {
  const name = line(given.name, before.name, textLimits.name, 'company.name');
  if (name === '') throw new Refusal('required', { field: 'company.name' });
  const { trade = before.trade, timeZone = before.timeZone } = given;
  if (!trades.includes(trade)) throw new Refusal('wrong_choice', { field: 'company.trade' });
  if (!isTimeZone(timeZone)) throw new Refusal('time_zone_unknown', { field: 'company.timeZone' });
  return {
    name,
    trade,
    timeZone,
    legalName: line(given.legalName, before.legalName, textLimits.name, 'company.legalName'),
    phone: line(given.phone, before.phone, textLimits.phone, 'company.phone'),
    email: given.email === undefined ? before.email : emailOf(given.email, 'company.email'),
    website: given.website === undefined ? before.website : websiteOf(given.website, 'company.website'),
    address: given.address === undefined ? before.address : cleanAddress({ ...before.address, ...given.address }, 'company.address'),
    hours: lines(given.hours, before.hours, 500, 'company.hours'),
    licenseLine: line(given.licenseLine, before.licenseLine, textLimits.licenseLine, 'company.licenseLine'),
  };
}

function lookOf(before: Look, given: NonNullable<SettingsChanges['look']>): Look {
  const { brandColor = before.brandColor, languages = before.languages, defaultLanguage = before.defaultLanguage } = given;
  if (!isColor(brandColor)) throw new Refusal('color_invalid', { field: 'look.brandColor' });
  if (languages.length === 0 || !languages.every(isLocale)) throw new Refusal('wrong_choice', { field: 'look.languages' });
  if (!languages.includes(defaultLanguage)) throw new Refusal('wrong_choice', { field: 'look.defaultLanguage' });
  const greet = (locale: Locale): string => lines(given.greeting?.[locale], before.greeting[locale], textLimits.greeting, `look.greeting.${locale}`);
  const greeting = { en: greet('en'), es: greet('es'), fr: greet('fr') };
  return { brandColor: brandColor.toLowerCase(), languages: [...new Set(languages)], defaultLanguage, greeting };
}

function numberingOf(before: Numbering, given: Partial<Numbering>): Numbering {
  const { next = before.next } = given;
  if (next < 1n || next > 999_999_999n) throw new Refusal('number_series_invalid', { field: 'numbering.next' });
  return { next, prefix: line(given.prefix, before.prefix, 10, 'numbering.prefix') };
}

function billingOf(before: Billing, given: Partial<Billing>): Billing {
  const { termsDays = before.termsDays } = given;
  if (!Number.isInteger(termsDays) || termsDays < 0 || termsDays > limits.dueDaysMax) throw new Refusal('wrong_choice', { field: 'billing.termsDays' });
  return {
    termsDays,
    termsText: lines(given.termsText, before.termsText, textLimits.terms, 'billing.termsText'),
    message: lines(given.message, before.message, textLimits.message, 'billing.message'),
    pricesIncludeTax: given.pricesIncludeTax ?? before.pricesIncludeTax,
    defaultTaxRateId: given.defaultTaxRateId === undefined ? before.defaultTaxRateId : given.defaultTaxRateId,
  };
}

function mailOf(before: MailSettings, given: Partial<MailSettings>): MailSettings {
  return {
    fromName: line(given.fromName, before.fromName, textLimits.name, 'mail.fromName'),
    replyTo: given.replyTo === undefined ? before.replyTo : emailOf(given.replyTo, 'mail.replyTo'),
  };
}

function waysToPayOf(before: WaysToPay, given: Partial<WaysToPay>): WaysToPay {
  const { paymentFloorMinor = before.paymentFloorMinor, gateway = before.gateway } = given;
  if (paymentFloorMinor < limits.paymentMinMinor) throw new Refusal('amount_too_small', { field: 'waysToPay.paymentFloorMinor' });
  if (paymentFloorMinor > limits.paymentMaxMinor) throw new Refusal('amount_too_large', { field: 'waysToPay.paymentFloorMinor' });
  if (gateway !== null && gateway !== 'sandbox' && gateway !== 'stripe') throw new Refusal('wrong_choice', { field: 'waysToPay.gateway' });
  return {
    gateway,
    paymentFloorMinor,
    howToPay: lines(given.howToPay, before.howToPay, textLimits.howToPay, 'waysToPay.howToPay'),
    partPayment: given.partPayment ?? before.partPayment,
    ...tipsOf(before, given),
    ...wayRuleOf(before, given),
  };
}

/** A fee that comes to nothing is none, and none is above what the product lets a business ask. */
function wayRuleOf(
  before: WaysToPay,
  given: Partial<WaysToPay>,
): Pick<WaysToPay, `cardFee${'Ppm' | 'FixedMinor' | 'MostMinor'}` | 'wayRule' | 'bankSavingPpm'> {
  const {
    wayRule = before.wayRule,
    cardFeePpm = before.cardFeePpm,
    cardFeeFixedMinor = before.cardFeeFixedMinor,
    bankSavingPpm = before.bankSavingPpm,
  } = given;
  const cardFeeMostMinor = given.cardFeeMostMinor === undefined ? before.cardFeeMostMinor : given.cardFeeMostMinor;
  const wrong = (field: string) => new Refusal('wrong_choice', { field: `waysToPay.${field}` });
  if (!['none', 'card_fee', 'bank_saving'].includes(wayRule)) throw wrong('wayRule');
  if (!within(BigInt(cardFeePpm), 0n, wayLimits.cardFeePpm)) throw wrong('cardFeePpm');
  if (!within(cardFeeFixedMinor, 0n, wayLimits.cardFeeFixedMinor)) throw wrong('cardFeeFixedMinor');
  if (cardFeeMostMinor !== null && !within(cardFeeMostMinor, 1n, limits.paymentMaxMinor)) throw wrong('cardFeeMostMinor');
  if (!within(BigInt(bankSavingPpm), 1n, wayLimits.bankSavingPpm)) throw wrong('bankSavingPpm');
  if (wayRule === 'card_fee' && cardFeePpm === 0 && cardFeeFixedMinor === 0n) throw wrong('cardFeePpm');
  return { wayRule, cardFeePpm, cardFeeFixedMinor, cardFeeMostMinor, bankSavingPpm };
}

const within = (value: bigint, least: bigint, most: bigint): boolean => value >= least && value <= most;

/** One to three suggestions in rising order, none above the cap. */
function tipsOf(before: WaysToPay, given: Partial<WaysToPay>): Pick<WaysToPay, 'tips' | 'tipPercents' | 'tipCapPercent'> {
  const { tips = before.tips, tipPercents = before.tipPercents, tipCapPercent = before.tipCapPercent } = given;
  if (!Number.isInteger(tipCapPercent) || tipCapPercent < 1 || tipCapPercent > 100) throw new Refusal('wrong_choice', { field: 'waysToPay.tipCapPercent' });
  const rising = tipPercents.every((percent, at) => Number.isInteger(percent) && percent > (tipPercents[at - 1] ?? 0) && percent <= tipCapPercent);
  if (!rising || tipPercents.length < 1 || tipPercents.length > 3) throw new Refusal('wrong_choice', { field: 'waysToPay.tipPercents' });
  return { tips, tipPercents: [...tipPercents], tipCapPercent };
}

function emailOf(text: string, field: string): string {
  if (text.trim() === '') return '';
  const email = canonicalEmail(text);
  if (email === null) throw new Refusal('email_invalid', { field });
  return email;
}

/** '' or an address of the web; a bare name gets https. */
function websiteOf(text: string, field: string): string {
  const typed = clean(text, 200, field);
  if (typed === '') return '';
  const full = /^https?:\/\//i.test(typed) ? typed : `https://${typed}`;
  const url = URL.canParse(full) ? new URL(full) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || !url.hostname.includes('.') || url.username !== '') throw new Refusal('wrong_choice', { field });
  return url.pathname === '/' && !url.search && !url.hash ? url.origin : url.href;
}
