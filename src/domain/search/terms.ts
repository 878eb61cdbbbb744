import { decimalText, exponentOf } from '../../core/money.ts';

/** What one thing can be found by. Words may be whole sentences: names, addresses, codes. */
export type Texts = Readonly<{
  words?: readonly string[];
  emails?: readonly string[];
  phones?: readonly string[];
  /** Document numbers, found with and without their prefix and leading zeros. */
  numbers?: readonly string[];
  amounts?: readonly { amountMinor: bigint; currency: string }[];
}>;

/** A term longer than this finds nothing that its beginning would not. */
const longest = 60;
const termsPerThing = 300;
const shortestPhoneEnding = 4;
const singles: Readonly<Record<string, string>> = { ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ß: 'ss', æ: 'ae', œ: 'oe', ı: 'i' };

/** One spelling for "Núñez", "NUÑEZ" and "nunez": whoever types on a phone leaves the accents out, so both sides lose them. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[øłđðþßæœı]/g, (letter) => singles[letter] ?? letter)
    .normalize('NFC');
}

/** Every term the thing is found by, each once. */
export function termsOf(texts: Texts): string[] {
  const terms = new Set<string>();
  for (const text of texts.words ?? []) for (const word of wordsOf(text)) terms.add(word);
  for (const email of texts.emails ?? []) for (const term of emailTerms(email)) terms.add(term);
  for (const phone of texts.phones ?? []) for (const ending of phoneEndings(phone)) terms.add(ending);
  for (const number of texts.numbers ?? []) for (const term of numberTerms(number)) terms.add(term);
  for (const { amountMinor, currency } of texts.amounts ?? []) terms.add(decimalText(amountMinor, exponentOf(currency)));
  terms.delete('');
  return [...new Set([...terms].map(cut))].slice(0, termsPerThing);
}

function cut(term: string): string {
  return term.length > longest ? [...term].slice(0, longest).join('') : term;
}

/** The words of what somebody typed, each to be matched as a beginning; a phone number in pieces is one word. */
export function queryWords(text: string): string[] {
  const typed = text.trim();
  const digits = typed.replace(/\D/g, '');
  if (/^\+?[\d\s().-]+$/.test(typed) && digits.length >= 7 && !/^\d+[.]\d{1,3}$/.test(typed)) return [digits.replace(/^1(?=\d{10}$)/, '')];
  const words = fold(typed)
    .split(/\s+/)
    .flatMap(queryTerm)
    .filter((word) => word !== '');
  return [...new Set(words.map(cut))].slice(0, 8);
}

function queryTerm(token: string): string[] {
  if (token.includes('@')) return [token.replace(/^[^\p{L}\p{N}]+/u, '')];
  const figure = figureIn(token);
  if (figure !== null) return [figure];
  // A number with its prefix is one term: INV-1042.
  if (/^[\p{L}\p{N}]+(?:[-/][\p{L}\p{N}]+)+-?$/u.test(token)) return [token];
  return wordsOf(token, false);
}

/** "$1,234.50" as 1234.50, the "2.1" of a unit as it is: one term, however it was typed. null: no figure. */
function figureIn(token: string): string | null {
  const figure = /^[^\p{L}\p{N}]*(\d[\d,]*(?:\.\d{0,3})?)$/u.exec(token)?.[1];
  return figure?.replace(/,|\.$/g, '') ?? null;
}

function wordsOf(text: string, withHalves = true): string[] {
  const words: string[] = [];
  for (const token of fold(text).split(/\s+/)) {
    const bare = token.replace(/['’]/g, '');
    const parts = bare.match(/[\p{L}\p{N}\p{Extended_Pictographic}]+/gu) ?? [];
    words.push(...parts);
    if (!withHalves) continue;
    const figure = figureIn(bare);
    if (figure !== null && parts.length > 1) words.push(figure);
    // "O'Brien" is found as obrien and as brien, "LK-07" as lk-07 and as 07.
    if (/['’]/.test(token)) words.push(...(token.match(/[\p{L}\p{N}]{2,}/gu) ?? []));
    if (parts.length > 1 && /^[\p{L}\p{N}]+(?:[-/][\p{L}\p{N}]+)+$/u.test(bare)) words.push(bare);
  }
  return words;
}

function emailTerms(email: string): string[] {
  const whole = email.toLowerCase();
  const domain = whole.slice(whole.indexOf('@') + 1);
  return [whole, domain, ...whole.split(/[@.+_-]/).filter((part) => part.length > 1)];
}

function phoneEndings(phone: string): string[] {
  const digits = phone.replace(/\D/g, '').slice(-15);
  const endings: string[] = [];
  for (let from = 0; digits.length - from >= shortestPhoneEnding; from += 1) endings.push(digits.slice(from));
  return endings;
}

function numberTerms(number: string): string[] {
  const whole = fold(number).replace(/\s+/g, '');
  const digits = /\d+$/.exec(whole)?.[0] ?? '';
  return [whole, whole.replace(/[^\p{L}\p{N}]/gu, ''), digits, digits.replace(/^0+(?=\d)/, '')];
}
