/** The prefix each kind of thing carries in public ids. A published prefix never changes. */
export const idPrefixes = {
  business: 'biz',
  customer: 'cus',
  property: 'prop',
  person: 'per',
  item: 'itm',
  taxRate: 'tax',
  invoice: 'inv',
  payment: 'pay',
  attempt: 'att',
  link: 'lnk',
  event: 'evt',
  file: 'fil',
  thread: 'thr',
  question: 'qst',
  message: 'msg',
  mail: 'mal',
  import: 'imp',
  apiKey: 'key',
  webhook: 'whk',
  delivery: 'whd',
  staff: 'stf',
  line: 'lin',
  part: 'prt',
  method: 'pmt',
  mandate: 'apy',
  charge: 'chg',
  export: 'exp',
  invitation: 'ivt',
  passkey: 'pky',
  session: 'ses',
  assignment: 'asg',
  batch: 'bat',
  filter: 'flt',
  snippet: 'snp',
  refund: 'rfd',
  creditNote: 'crn',
  payout: 'pyo',
  estimate: 'est',
  approval: 'apr',
  detailChange: 'dtc',
  paper: 'shp',
  job: 'job',
  visit: 'vis',
  standIn: 'sti',
} as const;

export type IdKind = keyof typeof idPrefixes;

const crockford = '0123456789abcdefghjkmnpqrstvwxyz';
const fromCrockford = new Map([...crockford].map((digit, i) => [digit, i]));
const [dash, zero, small] = [45, 48, 97];
const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** `inv_` + 26 Crockford digits for a UUID with dashes. Throws RangeError when it is not one: that is a bug. */
export function publicId(kind: IdKind, uuid: string): string {
  if (!isUuid(uuid)) throw new RangeError('not a UUID in small letters');
  let text = `${idPrefixes[kind]}_`;
  // 128 bits in digits of five, after two that are zero: kept small, because a page has dozens of ids.
  let held = 0;
  let bits = 2;
  for (let at = 0; at < uuid.length; at += 1) {
    const code = uuid.charCodeAt(at);
    if (code === dash) continue;
    held = (held << 4) | (code < small ? code - zero : code - small + 10);
    bits += 4;
    if (bits < 5) continue;
    bits -= 5;
    text += crockford[held >> bits];
    held &= (1 << bits) - 1;
  }
  return text;
}

/** The UUID behind a public id of this kind, or null for anything else. One spelling per id: no upper case, no look-alikes. */
export function readId(kind: IdKind, text: string): string | null {
  const prefix = `${idPrefixes[kind]}_`;
  if (text.length !== prefix.length + 26 || !text.startsWith(prefix)) return null;
  let value = 0n;
  for (const digit of text.slice(prefix.length)) {
    const worth = fromCrockford.get(digit);
    if (worth === undefined) return null;
    value = (value << 5n) | BigInt(worth);
  }
  return value >> 128n === 0n ? dashed(value.toString(16).padStart(32, '0')) : null;
}

/** True for a UUID as we write it: dashes, small letters. */
export function isUuid(text: string): boolean {
  return uuidShape.test(text);
}

/** UUIDv7 from a time in milliseconds and ten random bytes. The caller brings both, so a test can replay them. */
export function uuidV7(unixMs: number, random: Uint8Array): string {
  if (random.length < 10) throw new RangeError('ten random bytes are needed');
  if (!Number.isSafeInteger(unixMs) || unixMs < 0 || unixMs >= 2 ** 48) throw new RangeError('the time does not fit 48 bits');
  const bytes = [...random.subarray(0, 10)];
  bytes[0] = 0x70 | ((bytes[0] ?? 0) & 0x0f);
  bytes[2] = 0x80 | ((bytes[2] ?? 0) & 0x3f);
  const time = unixMs.toString(16).padStart(12, '0');
  return dashed(time + bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(''));
}

function dashed(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
