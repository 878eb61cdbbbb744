/** The languages the portal, its mails and its PDFs speak. The office speaks English. */
export const locales = ['en', 'es', 'fr'] as const;
export type Locale = (typeof locales)[number];

/** The Intl tag behind each language: US Spanish writes $1,234.50, Canadian French 1 234,50 $. */
export const intlTag: Readonly<Record<Locale, string>> = { en: 'en-US', es: 'es-US', fr: 'fr-CA' };

export function isLocale(text: string): text is Locale {
  return (locales as readonly string[]).includes(text);
}

/** The first language we speak in an Accept-Language header, by its weights; `fallback` when there is none. */
export function preferredLocale(header: string | null | undefined, fallback: Locale): Locale {
  const wishes = (header ?? '')
    .slice(0, 500)
    .split(',')
    .map((wish) => {
      const [tag = '', ...parameters] = wish.trim().split(';');
      const weight = parameters.map((p) => p.trim()).find((p) => p.startsWith('q='));
      return { language: tag.split('-')[0]?.toLowerCase() ?? '', weight: weight === undefined ? 1 : Number(weight.slice(2)) };
    })
    .filter((wish) => wish.weight > 0)
    .sort((a, b) => b.weight - a.weight);
  const first = wishes.find((wish) => isLocale(wish.language))?.language;
  return first !== undefined && isLocale(first) ? first : fallback;
}
