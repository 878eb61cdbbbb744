import { Refusal } from '../../core/refusal.ts';
import type { Database } from '../../db/pool.ts';
import { type Quota, takeShares, windowSeconds } from '../../domain/quotas/quotas.ts';
import type { Deps, WebContext } from '../context.ts';

/**
 * How often one may ask the API. Counts are shared by all processes through the database, but fetched in advance by the tenth of a quota, so that
 * nine requests of ten ask nobody. All processes together never let more through than the quota; what one fetched and did not use is the price.
 */

export type QuotaName = 'key' | 'session' | 'business' | 'network';
export type Asked = Readonly<{ name: QuotaName; subject: string }>;
type Bucket = { tokens: number; left: number; endsAtMs: number };

const shareOfQuota = 10;
/** What a process fetches at most at once, and loses when it is killed: ten quick restarts must not use up a large quota. */
const shareMost = 300;
const bucketsMost = 50_000;

/** The quota of each name, in requests a window. */
export function quotasFor(perMinute: number): Readonly<Record<QuotaName, number>> {
  return { key: perMinute, session: perMinute * 2, business: perMinute * 5, network: Math.ceil(perMinute / 2) };
}

export type Meter = Readonly<{
  /** Counts one request against each, says so in the headers, and refuses `too_many_requests` when one is used up. */
  take: (c: WebContext, asked: readonly Asked[]) => Promise<void>;
  /** Refuses what this process knows to be spent, and asks nobody. */
  refuseSpent: (c: WebContext, asked: Asked) => void;
}>;

const meters = new WeakMap<Deps, Meter>();

/** The one meter of a serving process. */
export function meterOf(deps: Deps): Meter {
  const meter = meters.get(deps) ?? startMeter(deps.database, deps.config.apiRatePerMinute);
  meters.set(deps, meter);
  return meter;
}

export function startMeter(database: Database, perMinute: number): Meter {
  const quotas = quotasFor(perMinute);
  const buckets = new Map<string, Bucket>();
  const fetching = new Map<string, Promise<void>>();
  const idOf = ({ name, subject }: Asked): string => `${name}:${subject}`;
  const live = (asked: Asked): Bucket | undefined => {
    const bucket = buckets.get(idOf(asked));
    return bucket !== undefined && bucket.endsAtMs > performance.now() ? bucket : undefined;
  };
  const isSpent = (asked: Asked): boolean => {
    const bucket = live(asked);
    return bucket !== undefined && bucket.tokens <= 0 && bucket.left <= 0;
  };

  const refill = async (short: readonly Asked[]): Promise<void> => {
    const wanted = short.map(
      (asked) =>
        ({ ...asked, most: quotas[asked.name], wanted: Math.min(shareMost, Math.max(1, Math.ceil(quotas[asked.name] / shareOfQuota))) }) satisfies Quota & {
          wanted: number;
        },
    );
    const shares = await takeShares(database, wanted);
    if (buckets.size > bucketsMost) forgetPast(buckets);
    short.forEach((asked, at) => {
      const { granted, left, endsInMs } = shares[at] ?? { granted: 0, left: 0, endsInMs: 1_000 };
      const endsAtMs = performance.now() + endsInMs;
      const before = live(asked);
      const same = before !== undefined && Math.abs(before.endsAtMs - endsAtMs) < (windowSeconds * 1000) / 2;
      buckets.set(idOf(asked), { tokens: granted + (same ? before.tokens : 0), left, endsAtMs });
    });
  };
  // However many requests come at once, one fetches for all.
  const fetchOnce = (asked: Asked): Promise<void> => {
    const id = idOf(asked);
    const running = fetching.get(id) ?? refill([asked]).finally(() => fetching.delete(id));
    fetching.set(id, running);
    return running;
  };

  const takeOne = async (asked: Asked): Promise<boolean> => {
    for (;;) {
      const bucket = live(asked);
      if (bucket !== undefined && bucket.tokens > 0) {
        bucket.tokens -= 1;
        return true;
      }
      if (isSpent(asked)) return false;
      await fetchOnce(asked);
    }
  };
  const tell = (c: WebContext, asked: readonly Asked[]): void => tellQuotas(c, quotas, asked, live);
  const refuse = (asked: Asked): never => {
    const endsInMs = (live(asked)?.endsAtMs ?? performance.now() + 1_000) - performance.now();
    throw new Refusal('too_many_requests', { retryAfterSeconds: Math.max(1, Math.ceil(endsInMs / 1000)) });
  };
  return {
    take: async (c, asked) => {
      const taken = await Promise.all(asked.map(takeOne));
      tell(c, asked);
      const spent = asked.find((_, at) => taken[at] === false);
      if (spent !== undefined) refuse(spent);
    },
    refuseSpent: (c, asked) => {
      if (!isSpent(asked)) return;
      tell(c, [asked]);
      refuse(asked);
    },
  };
}

/** What is left, in the headers of the answer (draft-ietf-httpapi-ratelimit-headers). */
function tellQuotas(c: WebContext, quotas: Readonly<Record<Asked['name'], number>>, asked: readonly Asked[], live: (asked: Asked) => Bucket | undefined): void {
  const told = asked.flatMap((one) => {
    const bucket = live(one);
    if (bucket === undefined) return [];
    const endsInS = Math.max(1, Math.ceil((bucket.endsAtMs - performance.now()) / 1000));
    return [{ name: one.name, remaining: Math.max(0, bucket.tokens + bucket.left), endsInS }];
  });
  c.header('RateLimit-Policy', asked.map(({ name }) => `"${name}";q=${quotas[name]};w=${windowSeconds}`).join(', '));
  c.header('RateLimit', told.map(({ name, remaining, endsInS }) => `"${name}";r=${remaining};t=${endsInS}`).join(', '));
}

function forgetPast(buckets: Map<string, Bucket>): void {
  const now = performance.now();
  for (const [id, { endsAtMs }] of buckets) if (endsAtMs <= now) buckets.delete(id);
}
