import { createHash } from 'node:crypto';
import { limits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Database } from '../../db/pool.ts';
import { inTransaction, type Scope, systemActor } from '../../db/scope.ts';
import { type ActRow, deleteAct, deleteActsBefore, finishRow, insertAct, selectAct, takeOverAct } from './queries.ts';

/** What JSON can hold: the answer of an act is kept as its text. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json | undefined };

/**
 * One asked-for act. `caller`: the key, session, link or source that asks; `id`: the caller's own id of it; `body`: what was
 * asked, as text or bytes. The same id means the same act for the same caller and route only.
 */
export type Act = Readonly<{ caller: string; id: string; route: string; body: string | Uint8Array }>;

/** A stored reply: given again byte for byte. */
export type Reply = Readonly<{ status: number; answer: string }>;

/** Held by whoever runs an act; another runner that took over makes it worthless. */
export type Lease = Readonly<{ act: Act; startedAt: string }>;

/** An act still running after this long belongs to a process that died. */
const crashedAfterSeconds = 60;
/** Replies are promised for a day; forms left open over a long weekend get more. */
const keptHours = 7 * 24;

/**
 * Does `work` once per act, in the scope's own transaction: the second time, in a second tab or at the same moment, gives the
 * first answer and does nothing. When `work` throws, nothing was done and the id is free again. Refuses
 * `idempotency_conflict` when the id comes back with another body.
 */
export async function once<T extends Json>(scope: Scope, act: Act, work: () => Promise<T>): Promise<T> {
  const bodyHash = hashOf(act.body);
  if (await insertAct(scope, act, bodyHash)) {
    const answer = JSON.stringify(await work());
    await finishRow(scope, act, null, { status: 200, answer });
    return JSON.parse(answer) as T;
  }
  const row = await selectAct(scope, act);
  if (row === undefined || !row.body_hash.equals(bodyHash)) throw new Refusal('idempotency_conflict');
  if (row.state !== 'done' || row.answer === null) throw new Refusal('idempotency_in_flight');
  return JSON.parse(row.answer) as T;
}

/**
 * Begins a request that carries an Idempotency-Key, in a transaction of its own that is committed first. `run`: do it, then
 * `finishAct` in the transaction of its effect. `replay`: answer this. Refuses `idempotency_in_flight` while another runs it, and
 * `idempotency_conflict` for another body. An act whose process died is run again after a minute.
 */
export async function beginAct(
  database: Database,
  business: string,
  act: Act,
): Promise<{ kind: 'run'; lease: Lease; resumed: boolean } | ({ kind: 'replay' } & Reply)> {
  if (!/^[\x21-\x7e]+$/.test(act.id) || act.id.length > limits.idempotencyKey) throw new Refusal('idempotency_key_required');
  const bodyHash = hashOf(act.body);
  return inTransaction(database, { role: 'system', business, actor: systemActor }, async (scope) => {
    const startedAt = scope.now.toString();
    if (await insertAct(scope, act, bodyHash)) return { kind: 'run', lease: { act, startedAt }, resumed: false };
    const row = await selectAct(scope, act);
    if (row === undefined) throw new Refusal('idempotency_in_flight');
    if (!row.body_hash.equals(bodyHash)) throw new Refusal('idempotency_conflict');
    if (row.state === 'done') return { kind: 'replay', ...replyOf(row) };
    const dead = scope.now.subtract({ seconds: crashedAfterSeconds }).toString();
    if (!(await takeOverAct(scope, act, dead))) throw new Refusal('idempotency_in_flight');
    return { kind: 'run', lease: { act, startedAt }, resumed: true };
  });
}

/**
 * Keeps the reply, in the transaction of the effect: both are there or neither. Refuses `idempotency_in_flight`, which undoes
 * the effect, when this run was given up for dead and another took over.
 */
export async function finishAct(scope: Scope, lease: Lease, reply: Reply): Promise<void> {
  if (!(await finishRow(scope, lease.act, lease.startedAt, reply))) throw new Refusal('idempotency_in_flight');
}

/** Keeps the reply of an act that had no effect, such as an expected no: the same question gets the same no. */
export function settleAct(database: Database, business: string, lease: Lease, reply: Reply): Promise<void> {
  return inTransaction(database, { role: 'system', business, actor: systemActor }, async (scope) => {
    await finishRow(scope, lease.act, lease.startedAt, reply);
  });
}

/** Frees the id of an act that failed for a reason of ours, so that it can be tried again at once. */
export function abandonAct(database: Database, business: string, lease: Lease): Promise<void> {
  return inTransaction(database, { role: 'system', business, actor: systemActor }, (scope) => deleteAct(scope, lease.act, lease.startedAt));
}

/** Forgets acts that nobody can be waiting for any more. Answers how many. */
export function sweepActs(scope: Scope): Promise<number> {
  return deleteActsBefore(scope, scope.now.subtract({ hours: keptHours }).toString());
}

function replyOf(row: ActRow): Reply {
  return { status: row.status ?? 200, answer: row.answer ?? '' };
}

function hashOf(body: string | Uint8Array): Buffer {
  return createHash('sha256').update(body).digest();
}
