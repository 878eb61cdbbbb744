import { formatDay } from '../../core/calendar.ts';
import type { Locale } from '../../core/locale.ts';
import { formatMoney } from '../../core/money-format.ts';
import { words } from '../../core/words/words.ts';
import type { MailFrame } from './mail-facts.ts';

/** One mail before it is HTML or text: finished words from top to bottom, one button at most. */
export type MailPage = {
  subject: string;
  /** What the mailbox shows beside the subject. */
  preview: string;
  /** Stands above everything else. */
  banner: string | null;
  greeting: string;
  lead: string[];
  figure: { label: string; value: string; note: string } | null;
  rows: { label: string; value: string }[];
  /** What a person wrote. */
  quotes: { label: string; text: string }[];
  code: string | null;
  beforeButton: string | null;
  button: { label: string; url: string } | null;
  after: string[];
  /** Several invoices, each with its own way in. */
  bills?: { label: string; value: string; note: string; press: string; url: string }[];
  /** The way to no more mails of this kind, at the very end. */
  stop?: { label: string; url: string };
};

export const emptyPage: Omit<MailPage, 'subject' | 'preview' | 'greeting'> = {
  banner: null,
  lead: [],
  figure: null,
  rows: [],
  quotes: [],
  code: null,
  beforeButton: null,
  button: null,
  after: [],
};

export function greetingTo(name: string, locale: Locale): string {
  const text = words(locale).mail;
  return name === '' ? text.greetingNoName : text.greeting(name);
}

/** The lines under every mail: how to reach the business, and why this person got it. */
export function footerOf({ business, to }: MailFrame, locale: Locale): string[] {
  const text = words(locale).mail;
  return [business.phone ? text.replyOrCall(business.phone) : text.replyOnly, text.whyYou(business.name, to.address)];
}

type Currencies = { currency: string; homeCurrency: string };

export function moneyIn({ currency, homeCurrency }: Currencies, locale: Locale): (amountMinor: bigint) => string {
  return (amountMinor) => formatMoney(amountMinor, currency, locale, { homeCurrency });
}

export function dayIn(locale: Locale): (day: string) => string {
  return (day) => formatDay(day, locale);
}

/** Rows that have a value, in order. */
export function rowsOf(rows: readonly (readonly [label: string, value: string | null])[]): MailPage['rows'] {
  return rows.flatMap(([label, value]) => (value ? [{ label, value }] : []));
}
