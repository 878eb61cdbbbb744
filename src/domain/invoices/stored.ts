const amountName = /(Minor|Milli|Ppm)$/;

/** JSON text of a value with amounts as JSON integers: every amount the product takes fits one exactly. */
export function toStored(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'bigint' ? Number(inner) : inner));
}

/** What `toStored` wrote, amounts as bigint again: fields named …Minor, …Milli, …Ppm. The value given is the one answered. */
export function fromStored<T>(json: unknown): T {
  revive(json);
  return json as T;
}

/** The same from text. */
export function parseStored<T>(text: string): T {
  return fromStored<T>(JSON.parse(text));
}

/** In place and without a reviver: a page's worth of facts in a third of the time. */
function revive(value: unknown): void {
  if (Array.isArray(value)) {
    for (const each of value) if (typeof each === 'object') revive(each);
  } else if (value !== null && typeof value === 'object') {
    const fields = value as Record<string, unknown>;
    for (const name in fields) {
      const inner = fields[name];
      if (typeof inner === 'number') {
        if (amountName.test(name)) fields[name] = BigInt(inner);
      } else if (typeof inner === 'object') revive(inner);
    }
  }
}
