import { Refusal } from './refusal.ts';

/**
 * Letters that show nothing but change what is shown: controls, direction overrides, zero-width marks, tags.
 * The joiner inside an emoji stays, or one family would become four people.
 */
const unseen =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|(?<!\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)\u200d|\u200d(?!\p{Extended_Pictographic})/gu;

/**
 * One line of text as it is stored: NFC, unseen letters out, every run of blanks or line breaks one space, trimmed.
 * So no name, subject or file name can carry a line break anywhere. Refuses `text_too_long` beyond `max` code points.
 */
export function clean(text: string, max: number, field?: string): string {
  return within(
    text
      .toWellFormed()
      .replace(/[\s\u0085]+/gu, ' ')
      .replace(unseen, '')
      .replace(/ {2,}/g, ' ')
      .trim()
      .normalize('NFC'),
    max,
    field,
  );
}

/** Text of several lines: as `clean`, but line breaks stay, as \n, at most two in a row. */
export function cleanLines(text: string, max: number, field?: string): string {
  const lines = text
    .toWellFormed()
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(unseen, '')
    .split('\n')
    .map((line) => line.replace(/\t/g, ' ').trimEnd());
  return within(
    lines
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim()
      .normalize('NFC'),
    max,
    field,
  );
}

/** The first `max` code points: no letter is cut in half, which neither JSON in the database nor an address could hold. */
export function cut(text: string, max: number): string {
  return text.length <= max ? text : [...text.slice(0, 2 * max)].slice(0, max).join('').toWellFormed();
}

/** Length as a person counts it: code points. */
export function lengthOf(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

function within(text: string, max: number, field: string | undefined): string {
  if (text.length > max && lengthOf(text) > max) throw new Refusal('text_too_long', { field, max });
  return text;
}

const mailbox = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const domainLabel = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * The one spelling an address is stored and looked up by: trimmed, small letters; null when it is not a plain address.
 * Only ASCII: a look-alike letter is another address, and quoted or commented forms are read differently by every server.
 */
export function canonicalEmail(text: string): string | null {
  const trimmed = text.trim();
  // Before lower-casing, since some letters outside ASCII (the Kelvin sign) become ASCII by it.
  if (trimmed.length > 254 || !/^[\x21-\x7e]+$/.test(trimmed)) return null;
  const email = trimmed.toLowerCase();
  const at = email.indexOf('@');
  const local = email.slice(0, at);
  const labels = email.slice(at + 1).split('.');
  if (at < 1 || local.length > 64 || !mailbox.test(local)) return null;
  if (labels.length < 2 || !labels.every((label) => domainLabel.test(label)) || /^\d+$/.test(labels.at(-1) ?? '')) return null;
  return email;
}

/** d•••@example.com: enough for its owner to know it, for nobody else to learn it. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  if (at < 1) return '•••';
  return `${[...email][0] ?? ''}•••${email.slice(at)}`;
}

/** One or two capital letters for a name: "Paper Otter Plumbing (demo)" → "PP", "Gil" → "G". '' when it has no letter. */
export function initials(name: string): string {
  const words = name
    .slice(0, 500)
    .replace(/\([^)]*\)/g, ' ')
    .split(/\s+/u)
    .map((word) => /[\p{L}\p{N}]/u.exec(word)?.[0])
    .filter((letter) => letter !== undefined);
  const [first, last] = [words[0] ?? '', words.length > 1 ? (words.at(-1) ?? '') : ''];
  return (first + last).toUpperCase();
}
