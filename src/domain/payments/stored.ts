/** JSON a query wrote: fields named …Minor become bigint, everything else stays as it is. */
export function fromStored<T>(json: string): T {
  return JSON.parse(json, (key, value: unknown) => (typeof value === 'number' && key.endsWith('Minor') ? BigInt(value) : value)) as T;
}
