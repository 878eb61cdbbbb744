import { publicId, readId } from '../../../core/ids.ts';
import type { Locale } from '../../../core/locale.ts';
import { parseMoney } from '../../../core/money-parse.ts';
import { Refusal } from '../../../core/refusal.ts';
import { type Bill, type LeftOut, mostBills, type PayChoice } from '../../../domain/payments/payments.ts';

/** What an address or a form says is to be paid, as texts: kept so that a page that comes back shows what was typed. */
export type Asked = Readonly<{
  invoices: readonly string[];
  also: readonly string[];
  amount: string;
  keep: boolean;
  credit: boolean;
  /** Only what is for this property; '' for any. */
  property: string;
}>;

const whats: readonly LeftOut[] = ['question', 'announced', 'later'];

/** Reads the fields of the page of several bills, from its address or its form. */
export function askedIn(all: (name: string) => readonly string[]): Asked {
  const [amount = ''] = all('amount');
  const [property = ''] = all('property');
  return {
    invoices: all('invoice').slice(0, mostBills),
    also: all('also').slice(0, 3 * mostBills),
    amount,
    keep: all('keep').includes('1'),
    credit: all('credit').includes('1'),
    property,
  };
}

/** The documents that were named; null: none was, so all that is due is meant. */
export function namedIn({ invoices }: Asked): readonly string[] | null {
  if (invoices.length === 0) return null;
  return [...new Set(invoices.map((text) => readId('invoice', text)).filter((id) => id !== null))];
}

/** The property that was named, or null. Refuses what is no property: it never means everywhere instead. */
export function propertyIn({ property }: Asked): string | null {
  if (property === '') return null;
  const id = readId('property', property);
  if (id === null) throw new Refusal('not_found');
  return id;
}

/** What that means for the domain. Refuses amounts that are none. */
export function choiceOf(asked: Asked, bills: readonly Bill[], locale: Locale): PayChoice {
  const [first] = bills;
  const named = namedIn(asked) ?? [];
  return {
    documentIds: named.filter((id) => bills.some((bill) => bill.documentId === id)),
    propertyId: propertyIn(asked),
    also: asked.also.flatMap((text) => {
      const [bill = '', word] = text.split('.');
      const documentId = readId('invoice', bill);
      const what = whats.find((each) => each === word);
      return documentId === null || what === undefined ? [] : [{ documentId, what }];
    }),
    amountMinor: asked.amount.trim() === '' || first === undefined ? null : parseMoney(asked.amount, first.currency, locale),
    keepCredit: asked.keep,
    useCredit: asked.credit,
  };
}

export const alsoValue = (documentId: string, what: LeftOut): string => `${publicId('invoice', documentId)}.${what}`;

/** The same choice as pairs of a form or an address. */
export function pairsOf({ invoices, also, amount, keep, credit, property }: Asked): [string, string][] {
  return [
    ...invoices.map((id): [string, string] => ['invoice', id]),
    ...also.map((text): [string, string] => ['also', text]),
    ...(property === '' ? [] : [['property', property] as [string, string]]),
    ...(amount === '' ? [] : [['amount', amount] as [string, string]]),
    ...(keep ? [['keep', '1'] as [string, string]] : []),
    ...(credit ? [['credit', '1'] as [string, string]] : []),
  ];
}
