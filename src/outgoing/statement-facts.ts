import type { Locale } from '../core/locale.ts';
import type { PlaceOf, Statement, StatementAsked } from '../domain/statements/statements.ts';
import type { BusinessFact } from './invoice-facts.ts';

/** A statement as its reader gets it, as page, PDF and file. */
export type StatementFacts = Readonly<{
  business: BusinessFact;
  language: Locale;
  statement: Statement;
  asked: StatementAsked;
  /** What it was narrowed to; null: everything the reader may see. */
  places: readonly PlaceOf[] | null;
  /** Whether its reader is the customer, whose properties they are, or the business. */
  own: boolean;
}>;
