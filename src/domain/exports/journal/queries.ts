import { sql } from 'kysely';
import { compiled } from '../../../db/compile.ts';
import type { Compiled } from '../../../db/read.ts';
import type { Scope } from '../../../db/scope.ts';
import type { Account } from '../../ledger/ledger.ts';
import type { Period } from '../export.ts';
import type { JournalNames } from './accounts.ts';

export type JournalLine = Readonly<{
  day: string;
  act: string;
  account: Account;
  currency: string;
  netMinor: bigint;
  customer: string | null;
  kinds: readonly string[];
  numbers: readonly string[] | null;
}>;

const within = (business: string, { from, to }: Period) => sql`l.business_id = ${business}::uuid
  and l.effective_on between coalesce(${from}::date, '-infinity') and coalesce(${to}::date, 'infinity')
  and l.currency = (select o.currency from businesses o where o.id = ${business}::uuid)`;
const sides = sql`cross join lateral (values (l.debit, l.amount_minor), (l.credit, -l.amount_minor)) side (account, amount)`;

/** What each act did to each account, customer by customer: debits above zero, credits below. The lines of one act and day sum to zero. */
export function actLines(business: string, period: Period): Compiled {
  return compiled(sql`select l.effective_on as day, l.act_id as act, side.account, l.currency, sum(side.amount)::bigint as "netMinor", c.name as customer,
      array_agg(distinct l.kind) as kinds, array_remove(array_agg(distinct s.number), null) as numbers
    from ledger l ${sides}
      join customers c on c.business_id = ${business}::uuid and c.id = l.customer_id
      left join invoice_standings s on s.business_id = ${business}::uuid and s.document_id = l.document_id
    where ${within(business, period)}
    group by l.effective_on, l.act_id, side.account, l.currency, c.id, c.name having sum(side.amount) <> 0
    order by l.effective_on, l.act_id, sum(side.amount) < 0, side.account, c.name, c.id`);
}

/** The same by day and account, for books that take few lines. */
export function dayLines(business: string, period: Period): Compiled {
  return compiled(sql`select l.effective_on as day, '' as act, side.account, l.currency, sum(side.amount)::bigint as "netMinor", null as customer,
      '{}'::text[] as kinds, null as numbers
    from ledger l ${sides}
    where ${within(business, period)}
    group by l.effective_on, side.account, l.currency having sum(side.amount) <> 0
    order by l.effective_on, sum(side.amount) < 0, side.account`);
}

export async function selectJournalSettings(scope: Scope): Promise<{ version: number; names: JournalNames; xeroTaxRate: string } | undefined> {
  const row = await scope.tx
    .selectFrom('journal_settings')
    .select(['version', 'names', 'xero_tax_rate'])
    .where('business_id', '=', scope.business)
    .forUpdate()
    .executeTakeFirst();
  return row && { version: row.version, names: row.names as unknown as JournalNames, xeroTaxRate: row.xero_tax_rate };
}

export async function upsertJournalSettings(scope: Scope, row: { version: number; names: JournalNames; xeroTaxRate: string }): Promise<void> {
  const values = { version: row.version, names: JSON.stringify(row.names), xero_tax_rate: row.xeroTaxRate, updated_at: scope.now.toString() };
  await scope.tx
    .insertInto('journal_settings')
    .values({ business_id: scope.business, ...values })
    .onConflict((conflict) => conflict.columns(['business_id']).doUpdateSet(values))
    .execute();
}
