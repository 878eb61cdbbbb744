const amountName = /(Minor|Milli|Ppm)$/;

/** JSON text of a value with amounts as JSON integers: every amount the product takes fits one exactly. */
export function toStored(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'bigint' ? Number(inner) : inner));
}

/** What `toStored` wrote, amounts as bigint again: fields named …Minor, …Milli, …Ppm. */
export function fromStored<T>(json: unknown): T {
  return revived(json) as T;
}

/** The same from text. */
export function parseStored<T>(text: string): T {
  return JSON.parse(text, (key, value: unknown) => (typeof value === 'number' && amountName.test(key) ? BigInt(value) : value)) as T;
}

function revived(value: unknown, key = ''): unknown {
  if (typeof value === 'number') return amountName.test(key) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map((each) => revived(each));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, revived(inner, name)]));
}
