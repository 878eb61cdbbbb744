import { sql } from 'kysely';
import type { Scope } from '../../../../db/scope.ts';

export type RulesRow = Readonly<{
  version: number;
  allowed: boolean;
  noticeDays: number;
  lastRoundOn: string | null;
  timeZone: string;
  currency: string;
  payee: string;
  gateway: string | null;
}>;

/** How the business lets autopay happen; what nobody changed is as it is at first. */
export async function selectRules(scope: Scope): Promise<RulesRow> {
  const { rows } =
    await sql<RulesRow>`select coalesce(r.version, 0) + 1 as version, coalesce(r.allowed, true) as allowed, coalesce(r.notice_days, 3) as "noticeDays",
      r.last_round_on as "lastRoundOn", b.time_zone as "timeZone", b.currency, b.name as payee, p.gateway
    from businesses b join business_profiles p on p.business_id = ${scope.business} left join autopay_rules r on r.business_id = ${scope.business}
    where b.id = ${scope.business}`.execute(scope.tx);
  const [row] = rows;
  if (row === undefined) throw new Error('the scope has no business');
  return row;
}

/** False when the round of this day was begun before. */
export async function markRound(scope: Scope, day: string): Promise<boolean> {
  const { numAffectedRows } = await sql`insert into autopay_rules (business_id, version, last_round_on) values (${scope.business}, 0, ${day})
    on conflict (business_id) do update set last_round_on = excluded.last_round_on where autopay_rules.last_round_on is null or autopay_rules.last_round_on < excluded.last_round_on`.execute(
    scope.tx,
  );
  return numAffectedRows === 1n;
}

/** False when the version is another by now. */
export async function upsertRules(scope: Scope, rules: Readonly<{ version: number; allowed: boolean; noticeDays: number }>): Promise<boolean> {
  const { numAffectedRows } = await sql`insert into autopay_rules (business_id, version, allowed, notice_days)
    values (${scope.business}, ${rules.version}, ${rules.allowed}, ${rules.noticeDays})
    on conflict (business_id) do update set version = excluded.version, allowed = excluded.allowed, notice_days = excluded.notice_days
      where autopay_rules.version = ${rules.version - 1}`.execute(scope.tx);
  return numAffectedRows === 1n;
}

export type Expiring = Readonly<{ id: string; customerId: string; personId: string; label: string; expiresOn: string }>;

/** Kept cards that end within 30 days. */
export async function selectExpiring(scope: Scope, today: string): Promise<Expiring[]> {
  const { rows } = await sql<Expiring>`select id, customer_id as "customerId", person_id as "personId", label, expires_on as "expiresOn" from saved_methods
    where business_id = ${scope.business} and state = 'saved' and expires_on between ${today}::date and ${today}::date + 30`.execute(scope.tx);
  return rows;
}
