import type { Locale } from '../locale.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';

/** Everything the portal, its mails and its PDFs say. English is the type; the others must have every entry. */
export type Words = typeof en;

const catalogue: Readonly<Record<Locale, Words>> = { en, es, fr };

/** The words of one language: `words('fr').invoice.dueOn(day)`. Days and amounts come in already written for the reader. */
export function words(locale: Locale): Words {
  return catalogue[locale];
}
