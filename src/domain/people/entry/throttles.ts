import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import type { Transaction } from 'kysely';
import { Refusal } from '../../../core/refusal.ts';
import type { DB } from '../../../db/tables.ts';
import { countHits, forgetHits } from './queries.ts';

/** How often each may happen within one window. A window is 15 minutes, so nobody is locked out for longer. */
const most = {
  'password.account': 10,
  'password.network': 100,
  'code.account': 5,
  'code.network': 30,
  'code.business': 1000,
  'check.network': 100,
  'sign-up.network': 20,
  'door.network': 30,
  'factor.account': 10,
  'factor.network': 60,
  'invite.business': 100,
} as const;
export type Throttle = { name: keyof typeof most; subject: string };

const windowSeconds = 900;

/**
 * Counts one try against each throttle and answers how many seconds to wait when one is used up, else null. Subjects are kept as
 * hashes. The counts are rows, so they outlive a restart; they must be committed, so do not throw in the same transaction.
 */
export async function waitFor(tx: Transaction<DB>, now: Temporal.Instant, throttles: readonly Throttle[]): Promise<number | null> {
  const nowS = Math.trunc(now.epochMilliseconds / 1000);
  const windowS = nowS - (nowS % windowSeconds);
  const keys = throttles.map(keyOf).sort();
  const hits = await countHits(tx, Temporal.Instant.fromEpochMilliseconds(windowS * 1000).toString(), keys);
  const full = throttles.some((throttle) => (hits.get(keyOf(throttle)) ?? 0) > most[throttle.name]);
  return full ? windowS + windowSeconds - nowS : null;
}

/** What was counted against an account is forgiven once its owner has shown to be in. */
export function forgive(tx: Transaction<DB>, throttle: Throttle): Promise<void> {
  return forgetHits(tx, keyOf(throttle));
}

/** Refuses `too_many_requests` when there is something to wait for. */
export function mustNotWait(seconds: number | null): void {
  if (seconds !== null) throw new Refusal('too_many_requests', { retryAfterSeconds: seconds });
}

/** Who shares a limit: an IPv4 address, or the /64 of an IPv6 one, however it is written. Anything else shares one. */
export function networkOf(address: string): string {
  const bare = address.split('%')[0] ?? '';
  if (isIP(bare) === 4) return bare;
  if (isIP(bare) !== 6) return 'unknown';
  const groups = groupsOf(bare);
  const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (mapped) return [groups[6], groups[7]].flatMap((group = 0) => [group >> 8, group & 255]).join('.');
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

function groupsOf(address: string): number[] {
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = '', tail] = canonical.split('::');
  const read = (part: string): number[] => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)));
  const [before, after] = [read(head), read(tail ?? '')];
  return tail === undefined ? before : [...before, ...Array.from({ length: 8 - before.length - after.length }, () => 0), ...after];
}

function keyOf({ name, subject }: Throttle): string {
  return `${name}:${createHash('sha256').update(subject).digest('base64url').slice(0, 22)}`;
}
