import type pg from 'pg';

/** How a column is read from TypeScript. */
const plain: Readonly<Record<string, string>> = {
  bool: 'boolean',
  bytea: 'Buffer',
  date: 'string',
  int2: 'number',
  int4: 'number',
  int8: 'bigint',
  json: 'unknown',
  jsonb: 'unknown',
  text: 'string',
  timestamptz: 'string',
  uuid: 'string',
  varchar: 'string',
};

type Column = { table: string; view: boolean; name: string; type: string; optional: boolean; nullable: boolean; generated: boolean };

const question = `select c.relname as table, c.relkind = 'v' as view, a.attname as name, t.typname::text as type,
    a.atthasdef or not a.attnotnull as optional, not a.attnotnull as nullable, a.attgenerated <> '' as generated
  from pg_attribute a
  join pg_class c on c.oid = a.attrelid
  join pg_type t on t.oid = a.atttypid
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v') and a.attnum > 0 and not a.attisdropped and c.relname <> 'migrations'
  order by c.relname, a.attnum`;

function typeOf(column: Column): string {
  const array = column.type.startsWith('_');
  const base = plain[array ? column.type.slice(1) : column.type];
  if (!base) throw new Error(`${column.table}.${column.name} has the type ${column.type}, which has no form here: amounts are int8, shares are ppm`);
  const nullable = column.nullable ? ' | null' : '';
  const read = base === 'unknown' ? base : `${base}${array ? '[]' : ''}${nullable}`;
  if (column.view || column.generated) return `ColumnType<${read}, never, never>`;
  // JSON goes in as its text, because the driver would take an array for PostgreSQL's own.
  const write = base === 'unknown' ? `string${nullable}` : read;
  const insert = column.optional ? `${write} | undefined` : write;
  return insert === read ? read : `ColumnType<${read}, ${insert}, ${write}>`;
}

const pascal = (name: string): string => name.replace(/(^|_)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());

/** The text of `src/db/tables.ts` for the database behind `client`. */
export async function tableTypes(client: pg.ClientBase): Promise<string> {
  const { rows } = await client.query<Column>(question);
  const tables = new Map<string, Column[]>();
  for (const column of rows) tables.set(column.table, [...(tables.get(column.table) ?? []), column]);
  const bodies = [...tables].map(([table, columns]) => {
    const fields = columns.map((column) => `  ${column.name}: ${typeOf(column)}\n`).join('');
    return `export interface ${pascal(table)}Table {\n${fields}}\n`;
  });
  const index = [...tables.keys()].map((table) => `  ${table}: ${pascal(table)}Table\n`).join('');
  return `// Written by bin/types from the migrations. Change those, not this.
import type { ColumnType } from 'kysely'

${bodies.join('\n')}
export interface DB {
${index}}
`;
}
