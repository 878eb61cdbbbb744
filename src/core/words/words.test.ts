import { describe, expect, it } from 'vitest';
import { type Locale, locales } from '../locale.ts';
import { words } from './words.ts';

/** Every phrase by its path; a phrase that takes values is given recognizable ones. */
function phrases(locale: Locale): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'string') found.set(path, value);
    else if (typeof value === 'function') found.set(path, byName.test(path) ? [(value as Notice)(told)].flat().join(' ') : said(value as Phrase));
    else for (const [key, inner] of Object.entries(value as object)) walk(inner, path === '' ? key : `${path}.${key}`);
  };
  walk(words(locale), '');
  return found;
}

type Phrase = (...values: (string | number)[]) => string | readonly string[];
/** What a notice tells is handed over by name. */
type Notice = (told: Readonly<Record<string, string | number>>) => string | readonly string[];
const byName = /^(mail\.staffNotice|autopay\.mail|autopay\.wording)/;
const told = {
  ...{ device: '¹', to: '²', by: '³' },
  ...{ payee: '¹', what: '²', days: 3, amount: '¹', number: '²', day: '⁴', label: '³', cap: '⁵', name: '¹', note: '²' },
};
const values = ['¹', '²', '³', '⁴', '⁵'];
function said(phrase: Phrase): string {
  return [phrase(...values.slice(0, phrase.length))].flat().join(' ');
}

const english = phrases('en');

/** What is rightly the same in both languages: shared words, and phrases that are only their values. */
const shared = ['invoice.taxOn', 'invoice.total', 'invoices.total'];
const sameInSpanish = [...shared, 'invoice.changedFromTo', 'invoice.subtotal', 'tips.percent'];
const sameInFrench = [...shared, 'invoices.date', 'receipt.date', 'payments.date', 'record.verify.codeLabel'];

describe.each([
  ['es', sameInSpanish],
  ['fr', sameInFrench],
] as const)('the words in %s', (locale, same) => {
  const translated = phrases(locale);

  it('are all there, and no others', () => {
    expect([...translated.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('are not English, unless the two languages share the word', () => {
    const left = [...translated].filter(([path, text]) => english.get(path) === text).map(([path]) => path);
    expect(left.sort()).toEqual([...same].sort());
  });

  it('use every value the English phrase uses', () => {
    const lost = [...translated].filter(([path, text]) => values.some((value) => english.get(path)?.includes(value) !== text.includes(value)));
    expect(lost).toEqual([]);
  });
});

describe.each(locales)('the tone in %s', (locale) => {
  const all = [...phrases(locale)];

  it('has no exclamation marks, no empty phrase, no idle blank', () => {
    expect(all.filter(([, text]) => /[!¡]/.test(text) || text.trim() !== text || text === '' || / {2}/.test(text))).toEqual([]);
  });

  it("never uses a bookkeeper's or a programmer's word", () => {
    const banned =
      /\b(void(ed)?|write-?off|allocation|mandate|settlement|remittance|unapplied|ledger|NTE|entity|token|magic link|submit|click here|proceed|undefined|null)\b/i;
    expect(all.filter(([, text]) => banned.test(text))).toEqual([]);
  });
});

describe('the words of the product', () => {
  it('are the agreed ones', () => {
    const [en, es, fr] = [words('en'), words('es'), words('fr')];
    expect([en.invoice.dueOn('Dec 4, 2026'), es.invoice.dueOn('4 dic 2026'), fr.invoice.dueOn('4 déc. 2026')]).toEqual([
      'Due Dec 4, 2026',
      'Vence el 4 dic 2026',
      'À payer avant le 4 déc. 2026 inclus',
    ]);
    expect([en, es, fr].map((w) => w.pay.payAmount('$186.00'))).toEqual(['Pay $186.00', 'Pagar $186.00', 'Payer $186.00']);
    expect([en, es, fr].map((w) => w.status.word.partly_paid)).toEqual(['Partly paid', 'Pagada en parte', 'Payée en partie']);
    expect([en, es, fr].map((w) => w.status.word.checking)).toEqual(['Checking payment', 'Verificando el pago', 'Vérification du paiement']);
    expect([en, es, fr].map((w) => w.invoice.iAlreadyPaid)).toEqual(['I already paid', 'Ya pagué', "J'ai déjà payé"]);
    expect([en, es, fr].map((w) => w.linkEnded.send)).toEqual(['Send me a new link', 'Envíeme un enlace nuevo', "M'envoyer un nouveau lien"]);
  });

  it('count as each language does', () => {
    expect([0, 1, 2].map(words('en').common.daysLate)).toEqual(['0 days late', '1 day late', '2 days late']);
    expect([0, 1, 2].map(words('fr').common.inDays)).toEqual(['dans 0 jour', 'dans 1 jour', 'dans 2 jours']);
    expect([1, 12].map(words('es').status.overdueBy)).toEqual(['Vencida · 1 día de retraso', 'Vencida · 12 días de retraso']);
  });
});
