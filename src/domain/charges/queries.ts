import { sql } from 'kysely';
import type { EarlyDiscount, LateFee } from '../../core/charges.ts';
import type { Scope } from '../../db/scope.ts';
import { fromStored, toStored } from '../invoices/stored.ts';

export type RulesRow = Readonly<{ version: number; lateFee: LateFee | null; earlyDiscount: EarlyDiscount | null; sendFees: boolean }>;
export type AgreedRow = Readonly<{ version: number; lateFee: LateFee | 'off' | null; earlyDiscount: EarlyDiscount | 'off' | null }>;

const json = (value: unknown): string | null => (value === null ? null : toStored(value));

export async function selectRules(scope: Scope): Promise<RulesRow | undefined> {
  const row = await scope.tx
    .selectFrom('charge_rules')
    .select(['version', 'late_fee', 'early_discount', 'send_fees'])
    .where('business_id', '=', scope.business)
    .executeTakeFirst();
  if (!row) return undefined;
  return { version: row.version, lateFee: fromStored(row.late_fee), earlyDiscount: fromStored(row.early_discount), sendFees: row.send_fees };
}

/** False when somebody changed the rules since `version`; 1 stands for rules nobody wrote yet. */
export async function saveRules(scope: Scope, version: number, rules: Omit<RulesRow, 'version'>): Promise<boolean> {
  const { rows } = await sql`insert into charge_rules (business_id, version, late_fee, early_discount, send_fees)
    values (${scope.business}, ${version + 1}, ${json(rules.lateFee)}::jsonb, ${json(rules.earlyDiscount)}::jsonb, ${rules.sendFees})
    on conflict (business_id) do update set version = excluded.version, late_fee = excluded.late_fee, early_discount = excluded.early_discount,
      send_fees = excluded.send_fees where charge_rules.version = ${version} returning 1`.execute(scope.tx);
  return rows.length === 1;
}

export async function selectAgreed(scope: Scope, customerId: string): Promise<AgreedRow | undefined> {
  const { rows } = await sql<AgreedRow>`select coalesce(a.version, 1) as version, a.late_fee as "lateFee", a.early_discount as "earlyDiscount"
    from customers c left join customer_charges a on a.business_id = ${scope.business} and a.customer_id = c.id
    where c.business_id = ${scope.business} and c.id = ${customerId}`.execute(scope.tx);
  return rows[0] && fromStored<AgreedRow>(rows[0]);
}

export async function saveAgreed(scope: Scope, customerId: string, version: number, agreed: Omit<AgreedRow, 'version'>): Promise<boolean> {
  const { rows } = await sql`insert into customer_charges (business_id, customer_id, version, late_fee, early_discount)
    values (${scope.business}, ${customerId}, ${version + 1}, ${json(agreed.lateFee)}::jsonb, ${json(agreed.earlyDiscount)}::jsonb)
    on conflict (business_id, customer_id) do update set version = excluded.version, late_fee = excluded.late_fee, early_discount = excluded.early_discount
      where customer_charges.version = ${version} returning 1`.execute(scope.tx);
  return rows.length === 1;
}

export async function selectZone(scope: Scope): Promise<{ zone: string; currency: string }> {
  const row = await scope.tx.selectFrom('businesses').select(['time_zone', 'currency']).where('id', '=', scope.business).executeTakeFirstOrThrow();
  return { zone: row.time_zone, currency: row.currency };
}
