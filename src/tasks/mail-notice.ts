import type { Database } from '../db/pool.ts';
import { inTransaction, systemActor } from '../db/scope.ts';
import type { TaskInput } from '../db/task-names.ts';
import { queueMail } from '../domain/mails/mails.ts';
import { readNotice } from '../domain/people/notices.ts';

/** Tells a colleague by mail of what only they should have done. */
export function mailNoticeTask({ database }: { database: Database }): (input: TaskInput<'mail-notice'>) => Promise<void> {
  return async ({ businessId, staffId, notice, once, address, facts }) => {
    await inTransaction(database, { role: 'system', business: businessId, actor: systemActor }, async (scope) => {
      const to = await readNotice(scope, { staffId, address });
      if (to !== null) await queueMail(scope, { kind: 'staff_notice', once: `notice:${once}:${to.address}`, to, facts: { ...facts, notice } });
    });
  };
}
