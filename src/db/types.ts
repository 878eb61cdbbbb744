import pg from 'pg';

/** What PostgreSQL's types become here: no amount is ever a float, no day ever an instant. */
const oids = { int8: 20, int8Array: 1016, date: 1082, dateArray: 1182, timestamptz: 1184, timestamptzArray: 1185, numeric: 1700 } as const;

/** `2026-11-23 09:22:52.427+00` as ISO 8601 in UTC. The server's zone is UTC in every session of ours. */
export function instantText(text: string): string {
  return text.replace(' ', 'T').replace(/\+00(:00)?$/, 'Z');
}

const refuseNumeric = (text: string): never => {
  throw new TypeError(`numeric is not used for amounts here: cast it in the query (value of ${text.length} characters)`);
};

const textArray = 1009;
// The library's typing knows scalar types only; its parsers know arrays too.
const parserOf = pg.types.getTypeParser as (oid: number) => (text: string) => unknown;

function eachOf<T>(parse: (text: string) => T): (text: string) => (T | null)[] {
  const texts = parserOf(textArray) as (text: string) => (string | null)[];
  return (text) => texts(text).map((element) => (element === null ? null : parse(element)));
}

const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  [oids.int8]: BigInt,
  [oids.int8Array]: eachOf(BigInt),
  [oids.date]: (text) => text,
  [oids.dateArray]: eachOf((text) => text),
  [oids.timestamptz]: instantText,
  [oids.timestamptzArray]: eachOf(instantText),
  [oids.numeric]: refuseNumeric,
};

/** Handed to every pool and client of ours; the library's global parsers stay untouched for others' sake. */
export const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => parsers[oid] ?? pg.types.getTypeParser(oid, format ?? 'text'),
} as pg.CustomTypesConfig;
