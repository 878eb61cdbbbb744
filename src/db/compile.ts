import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, type RawBuilder, sql } from 'kysely';
import { keepPlanOf } from './preparing-client.ts';
import type { Compiled } from './read.ts';
import type { Scope } from './scope.ts';
import type { DB } from './tables.ts';

/** Never connects; it only writes text. */
const writer = new Kysely<DB>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

/** A query with values in it, for `readPage`. */
export function compiled(query: RawBuilder<unknown>): Compiled {
  const { sql: text, parameters } = query.compile(writer);
  return { sql: text, parameters };
}

/**
 * A query written once and sent often: its text is made at the first use, and each value travels once however often it is named.
 * `build` gets one placeholder for each of `types`, in their order.
 */
export function fixedQuery<Names extends string>(
  types: Readonly<Record<Names, string>>,
  build: (placeholders: Readonly<Record<Names, RawBuilder<never>>>) => RawBuilder<unknown>,
): (values: Readonly<Record<Names, unknown>>) => Compiled {
  const names = Object.keys(types) as Names[];
  let text: string | null = null;
  return (values) => {
    if (text === null) {
      const placeholders = Object.fromEntries(names.map((name, at) => [name, sql.raw(`$${at + 1}::${types[name]}`)])) as Record<Names, RawBuilder<never>>;
      const made = compiled(build(placeholders));
      if (made.parameters.length > 0) throw new Error('a fixed query names its values, it does not hold them');
      text = made.sql;
    }
    return { sql: text, parameters: names.map((name) => values[name]) };
  };
}

/** Runs a compiled query in a scope and answers its first column of its first row, or null. */
export async function firstText(scope: Scope, query: Compiled): Promise<string | null> {
  keepPlanOf(query.sql);
  const { rows } = await scope.tx.executeQuery<Record<string, string | null>>({ ...sql``.compile(scope.tx), ...query });
  const found = Object.values(rows[0] ?? {})[0] ?? null;
  return found === null && query.otherwise ? firstText(scope, query.otherwise) : found;
}
