import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { Refusal } from '../../../core/refusal.ts';
import { lengthOf } from '../../../core/text.ts';

const derive = promisify(argon2);
const shortest = 12;
const longestUnits = 1000;
/** 19 MiB, two passes: about 20 ms of one core, off the event loop. */
const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 };
/** Nobody's password. Checked when an address is unknown, so that the answer takes as long. */
const nobodys = '$argon2id$v=19$m=19456,t=2,p=1$c2VydmljZS1pbnZvaWNl$47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU';

/** Long enough for the rule, and still among the first an attacker tries. */
const common = new Set(
  'password1234 passwordpassword password12345 password123456 123456789012 1234567890123 12345678901234 qwertyuiop12 qwertyuiop123 qwertyuiopasdf qwerty123456 qwerty1234567 1q2w3e4r5t6y 1qaz2wsx3edc 1qaz2wsx3edc4rfv iloveyou1234 iloveyouforever abcdefghijkl abcdefgh1234 abc123abc123 letmein12345 letmeinletmein welcome12345 welcome123456 administrator admin1234567 adminadminadmin changeme1234 changemechangeme correcthorsebatterystaple trustno1trustno1 sunshine1234 football1234 baseball1234 superman1234 princess1234 dragon123456 monkey123456 qazwsxedcrfv asdfghjkl123 zxcvbnm12345 passw0rd1234 p@ssw0rd1234 password!234 summer202612 invoice12345 plumbing1234 business1234'.split(
    ' ',
  ),
);

/** Refuses `password_too_short`, `password_too_common` and `password_matches_name`. `known` are words an attacker would try: names, the address. */
export function mustBeGoodPassword(password: string, known: readonly string[]): void {
  if (lengthOf(password) < shortest) throw new Refusal('password_too_short', { field: 'password', min: shortest });
  if (password.length > longestUnits) throw new Refusal('text_too_long', { field: 'password', max: longestUnits });
  const folded = password.normalize('NFKC').toLowerCase().replace(/\s/g, '');
  if (common.has(folded) || new Set(folded).size < 5 || isRun(folded)) throw new Refusal('password_too_common', { field: 'password' });
  const names = known.flatMap((text) => [text, ...text.split('@')]).map((text) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''));
  const rest = (name: string): string => folded.replaceAll(name, '').replace(/[^\p{L}]/gu, '');
  if (names.some((name) => name.length >= 4 && folded.includes(name) && rest(name).length < 4))
    throw new Refusal('password_matches_name', { field: 'password' });
}

/** abcdefghijkl, 987654321098: each letter one from the last. */
function isRun(text: string): boolean {
  const steps = [...text].slice(1).map((letter, at) => (letter.codePointAt(0) ?? 0) - ([...text][at]?.codePointAt(0) ?? 0));
  return steps.length > 0 && steps.every((step) => step === steps[0]) && Math.abs(steps[0] ?? 0) <= 1;
}

/** argon2id as a PHC string with a fresh salt. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const hash = await derive('argon2id', { message: password.normalize('NFKC'), nonce, ...cost });
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${plain(nonce)}$${plain(hash)}`;
}

/** Whether it is the password behind `stored`. null, for nobody, costs the same and is never right. */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(stored ?? nobodys);
  if (parts === null) throw new Error('a stored password is not in the form we write');
  const [, memory, passes, parallelism, salt = '', wanted = ''] = parts;
  const expected = Buffer.from(wanted, 'base64');
  const found = await derive('argon2id', {
    message: password.slice(0, longestUnits).normalize('NFKC'),
    nonce: Buffer.from(salt, 'base64'),
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    tagLength: expected.length,
  });
  return timingSafeEqual(found, expected) && stored !== null;
}

function plain(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replace(/=+$/, '');
}
