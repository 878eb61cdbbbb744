import { sql } from 'kysely';
import { Refusal } from '../../core/refusal.ts';
import { type Scope, sqlState } from '../../db/scope.ts';

/** One account a business connected, or asks to. `liveAt` null on a waiting one: it waits for a second person. */
export type AccountRow = Readonly<{
  id: string;
  gateway: string;
  state: 'waiting' | 'connected' | 'ended';
  accountId: string;
  accountName: string;
  live: boolean;
  sealedKey: string | null;
  keyHint: string;
  sealedSecret: string | null;
  secretHint: string | null;
  secretAt: string | null;
  sealedOldSecret: string | null;
  oldSecretUntil: string | null;
  askedBy: string | null;
  askedByName: string;
  askedAt: string;
  liveAt: string | null;
  connectedAt: string | null;
}>;

const columns = sql`a.id, a.gateway, a.state, a.account_id as "accountId", a.account_name as "accountName", a.live, a.sealed_key as "sealedKey", a.key_hint as "keyHint",
  a.sealed_secret as "sealedSecret", a.secret_hint as "secretHint", a.secret_at as "secretAt", a.sealed_old_secret as "sealedOldSecret",
  a.old_secret_until as "oldSecretUntil", a.asked_by as "askedBy", a.asked_by_name as "askedByName", a.asked_at as "askedAt", a.live_at as "liveAt",
  a.connected_at as "connectedAt"`;

export async function selectAccount(scope: Scope, gateway: string, state: 'waiting' | 'connected'): Promise<AccountRow | undefined> {
  const { rows } = await sql<AccountRow>`select ${columns} from processor_accounts a
    where a.business_id = ${scope.business} and a.gateway = ${gateway} and a.state = ${state}`.execute(scope.tx);
  return rows[0];
}

export async function lockAccount(scope: Scope, gateway: string, state: 'waiting' | 'connected'): Promise<AccountRow | undefined> {
  const { rows } = await sql<AccountRow>`select ${columns} from processor_accounts a
    where a.business_id = ${scope.business} and a.gateway = ${gateway} and a.state = ${state} for update`.execute(scope.tx);
  return rows[0];
}

/** Whether real money ever went to another account than this one. */
export async function paidElsewhere(scope: Scope, gateway: string, accountId: string): Promise<boolean> {
  const { rows } = await sql`select 1 from processor_accounts a where a.business_id = ${scope.business} and a.gateway = ${gateway}
    and a.live and a.connected_at is not null and a.account_id <> ${accountId} limit 1`.execute(scope.tx);
  return rows.length > 0;
}

export type NewAccount = Readonly<{
  id: string;
  gateway: string;
  state: 'waiting' | 'connected';
  accountId: string;
  accountName: string;
  live: boolean;
  sealedKey: string;
  keyHint: string;
  liveAt: string | null;
}>;

/** Refuses `pay_change_waiting` where another one waits or was connected at the same moment. */
export async function insertAccount(scope: Scope, account: NewAccount): Promise<void> {
  const at = scope.now.toString();
  await scope.tx
    .insertInto('processor_accounts')
    .values({
      business_id: scope.business,
      id: account.id,
      gateway: account.gateway,
      state: account.state,
      account_id: account.accountId,
      account_name: account.accountName,
      live: account.live,
      sealed_key: account.sealedKey,
      key_hint: account.keyHint,
      asked_by: scope.actor.id,
      asked_by_name: scope.actor.name,
      asked_at: at,
      live_at: account.liveAt,
      connected_at: account.state === 'connected' ? at : null,
    })
    .execute()
    .catch((error: unknown) => {
      throw sqlState(error) === '23505' ? new Refusal('pay_change_waiting') : error;
    });
}

export type AccountPatch = Readonly<{
  state?: 'connected' | 'ended';
  account_name?: string;
  sealed_key?: string | null;
  key_hint?: string;
  sealed_secret?: string | null;
  secret_hint?: string | null;
  secret_at?: string | null;
  sealed_old_secret?: string | null;
  old_secret_until?: string | null;
  connected_at?: string;
  ended_at?: string;
  ended_by_name?: string;
}>;

export async function updateAccount(scope: Scope, id: string, patch: AccountPatch): Promise<void> {
  await scope.tx.updateTable('processor_accounts').set(patch).where('business_id', '=', scope.business).where('id', '=', id).execute();
}

/** Ends one for good: nothing that opens anything is left of it. */
export function endAccount(scope: Scope, id: string): Promise<void> {
  return updateAccount(scope, id, {
    ...{ state: 'ended', sealed_key: null, sealed_secret: null, secret_hint: null, sealed_old_secret: null, old_secret_until: null },
    ended_at: scope.now.toString(),
    ended_by_name: scope.actor.name,
  });
}

export type Offered = Readonly<{ gateway: string | null; card: boolean; bank: boolean; cardFloorMinor: bigint; bankFloorMinor: bigint; demo: boolean }>;

/** How customers may pay by a processor. */
export async function lockOffered(scope: Scope): Promise<Offered> {
  const { rows } = await sql<Offered>`select p.gateway, p.card_offered as card, p.bank_offered as bank, p.card_floor_minor as "cardFloorMinor",
      p.bank_floor_minor as "bankFloorMinor", b.demo
    from business_profiles p join businesses b on b.id = p.business_id where p.business_id = ${scope.business} for update of p`.execute(scope.tx);
  const [found] = rows;
  if (found === undefined) throw new Error('a business without a profile');
  return found;
}

export async function selectOffered(scope: Scope): Promise<Offered> {
  const { rows } = await sql<Offered>`select p.gateway, p.card_offered as card, p.bank_offered as bank, p.card_floor_minor as "cardFloorMinor",
      p.bank_floor_minor as "bankFloorMinor", b.demo
    from business_profiles p join businesses b on b.id = p.business_id where p.business_id = ${scope.business}`.execute(scope.tx);
  const [found] = rows;
  if (found === undefined) throw new Error('a business without a profile');
  return found;
}

export async function updateOffered(scope: Scope, to: Omit<Offered, 'demo'>): Promise<void> {
  await sql`update business_profiles set gateway = ${to.gateway}, card_offered = ${to.card}, bank_offered = ${to.bank}, card_floor_minor = ${to.cardFloorMinor},
    bank_floor_minor = ${to.bankFloorMinor}, version = version + 1, updated_at = ${scope.now.toString()} where business_id = ${scope.business}`.execute(
    scope.tx,
  );
}
