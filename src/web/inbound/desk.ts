import type { GatewayEvent, NoticeDoor } from '../../core/gateways.ts';
import type { Database } from '../../db/pool.ts';
import { inTransaction, systemActor } from '../../db/scope.ts';
import { storeNotices } from '../../domain/payments/payments.ts';

type Kept = 'stored' | 'known';
type Waiting = Readonly<{ event: GatewayEvent; door: NoticeDoor; done: (kept: Kept) => void; fail: (error: unknown) => void }>;
type Queue = { waiting: Waiting[]; busy: boolean };

/** Keeps one notice; resolves once it is committed. */
export type NoticeDesk = (gateway: string, business: string, event: GatewayEvent, door: NoticeDoor) => Promise<Kept>;

const most = 100;

/**
 * Notices of one business that come while others of it are being stored are stored together, in the next transaction: at a trickle each has its own, in
 * a flood the transactions grow and not their number. Nothing waits for company.
 */
export function noticeDesk(database: Database): NoticeDesk {
  const queues = new Map<string, Queue>();
  const work = async (name: string, gateway: string, business: string, queue: Queue): Promise<void> => {
    queue.busy = true;
    while (queue.waiting.length > 0) {
      const together = queue.waiting.splice(0, most);
      try {
        const stored = await inTransaction(database, { role: 'system', business, actor: systemActor }, (scope) => storeNotices(scope, gateway, together));
        for (const { event, done } of together) done(stored.has(event.id) ? 'stored' : 'known');
      } catch (error) {
        for (const { fail } of together) fail(error);
      }
    }
    queues.delete(name);
  };
  return (gateway, business, event, door) =>
    new Promise((done, fail) => {
      const name = `${gateway}:${business}`;
      const queue = queues.get(name) ?? { waiting: [], busy: false };
      queues.set(name, queue);
      queue.waiting.push({ event, door, done, fail });
      if (!queue.busy) void work(name, gateway, business, queue);
    });
}
