import type { Locale } from '../locale.ts';

type Forms = { one: string; other: string };

/** Picks the form a language uses for a count and puts the count in place of `#`. */
export function counted(locale: Locale): (count: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(locale);
  return (count, forms) => (rules.select(count) === 'one' ? forms.one : forms.other).replaceAll('#', String(count));
}
