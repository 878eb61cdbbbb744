const utcInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00$/;

/** JSON a query wrote: fields named …Minor become bigint, instants end in Z as everywhere else. */
export function fromStored<T>(json: string): T {
  return JSON.parse(json, (key, value: unknown) => {
    if (typeof value === 'number' && key.endsWith('Minor')) return BigInt(value);
    return typeof value === 'string' && /(At|^at|^now)$/.test(key) && utcInstant.test(value) ? value.replace('+00:00', 'Z') : value;
  }) as T;
}
