import type { Database } from '../../db/pool.ts';
import { inTransaction, systemActor } from '../../db/scope.ts';
import { markUsed } from '../../domain/links/links.ts';
import { errorFields, log } from '../../log.ts';

/** Notes that links were used, off the request's way: a moment later, many at once, at most once an hour each. */
export type UsedLinks = Readonly<{ add: (business: string, link: string) => void; flush: () => Promise<void> }>;

const everyMs = 2_000;
const most = 1_000;

export function usedLinks(database: Database): UsedLinks {
  const waiting = new Map<string, Set<string>>();
  let timer: NodeJS.Timeout | null = null;
  const flush = async (): Promise<void> => {
    if (timer) clearTimeout(timer);
    timer = null;
    const batches = [...waiting];
    waiting.clear();
    for (const [business, links] of batches) {
      await inTransaction(database, { role: 'system', business, actor: systemActor }, (scope) => markUsed(scope, [...links]));
    }
  };
  return {
    add(business, link) {
      const links = waiting.get(business) ?? new Set();
      if (links.size < most) links.add(link);
      waiting.set(business, links);
      timer ??= setTimeout(() => void flush().catch((error: unknown) => log.warn('link uses not noted', errorFields(error))), everyMs).unref();
    },
    flush,
  };
}
