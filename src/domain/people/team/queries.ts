import { sql } from 'kysely';
import type { Locale } from '../../../core/locale.ts';
import { Refusal } from '../../../core/refusal.ts';
import { type Scope, sqlState } from '../../../db/scope.ts';
import type { StaffRole } from '../rights.ts';

export type InvitationRow = Readonly<{
  id: string;
  identityId: string;
  name: string;
  email: string;
  role: StaffRole;
  language: Locale;
  invitedBy: string;
  round: number;
  sentAt: string;
  expiresAt: string;
  createdAt: string;
}>;
const columns = sql`i.id, i.identity_id as "identityId", i.name, i.email, i.role, i.language, i.invited_by as "invitedBy", i.round, i.sent_at as "sentAt",
  i.expires_at as "expiresAt", i.created_at as "createdAt"`;
const open = sql`i.accepted_at is null and i.withdrawn_at is null`;

export async function insertInvitation(scope: Scope, row: InvitationRow): Promise<void> {
  await scope.tx
    .insertInto('invitations')
    .values({
      business_id: scope.business,
      id: row.id,
      identity_id: row.identityId,
      name: row.name,
      email: row.email,
      role: row.role,
      language: row.language,
      invited_by: row.invitedBy,
      round: row.round,
      sent_at: row.sentAt,
      expires_at: row.expiresAt,
      created_at: row.createdAt,
    })
    .execute()
    .catch((error: unknown) => {
      throw sqlState(error) === '23505' ? new Refusal('staff_duplicate', { field: 'email' }) : error;
    });
}

/** Those nobody has accepted or withdrawn, newest first; the ones that ran out among them. */
export async function selectInvitations(scope: Scope): Promise<InvitationRow[]> {
  const { rows } = await sql<InvitationRow>`select ${columns} from invitations i where i.business_id = ${scope.business} and ${open}
    order by i.sent_at desc, i.id limit 200`.execute(scope.tx);
  return rows;
}

export async function lockInvitation(scope: Scope, id: string): Promise<InvitationRow | undefined> {
  const { rows } = await sql<InvitationRow>`select ${columns} from invitations i where i.business_id = ${scope.business} and i.id = ${id} and ${open}
    for update`.execute(scope.tx);
  return rows[0];
}

export async function resendRow(scope: Scope, id: string, set: { round: number; expiresAt: string }): Promise<void> {
  await scope.tx
    .updateTable('invitations')
    .set({ round: set.round, sent_at: scope.now.toString(), expires_at: set.expiresAt })
    .where('business_id', '=', scope.business)
    .where('id', '=', id)
    .execute();
}

export async function endInvitation(scope: Scope, id: string, how: 'accepted_at' | 'withdrawn_at'): Promise<void> {
  await scope.tx
    .updateTable('invitations')
    .set({ [how]: scope.now.toString() })
    .where('business_id', '=', scope.business)
    .where('id', '=', id)
    .execute();
}

export type TeamRules = Readonly<{ version: number; twoStep: boolean; crewPrices: boolean; crewSends: boolean }>;

export async function selectRules(scope: Scope, lock = false): Promise<TeamRules | undefined> {
  const { rows } = await sql<TeamRules>`select r.version, r.two_step as "twoStep", r.crew_prices as "crewPrices", r.crew_sends as "crewSends"
    from team_rules r where r.business_id = ${scope.business} ${lock ? sql`for update` : sql``}`.execute(scope.tx);
  return rows[0];
}

export async function putRules(scope: Scope, rules: TeamRules): Promise<void> {
  const set = { version: rules.version, two_step: rules.twoStep, crew_prices: rules.crewPrices, crew_sends: rules.crewSends, updated_at: scope.now.toString() };
  await scope.tx
    .insertInto('team_rules')
    .values({ business_id: scope.business, ...set })
    .onConflict((conflict) => conflict.column('business_id').doUpdateSet(set))
    .execute();
}

/** Keys somebody made that still open something: they end with their maker. Answers their names. */
export async function endKeysOf(scope: Scope, staffId: string): Promise<{ id: string; name: string }[]> {
  return scope.tx
    .updateTable('api_keys')
    .set({ revoked_at: scope.now.toString() })
    .where('business_id', '=', scope.business)
    .where('created_by', '=', staffId)
    .where('revoked_at', 'is', null)
    .returning(['id', 'name'])
    .execute();
}

export async function endAssignmentsOf(scope: Scope, staffId: string): Promise<void> {
  await scope.tx
    .updateTable('assignments')
    .set({ ended_at: scope.now.toString() })
    .where('business_id', '=', scope.business)
    .where('staff_id', '=', staffId)
    .where('ended_at', 'is', null)
    .execute();
}
