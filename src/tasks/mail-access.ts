import type { Database } from '../db/pool.ts';
import { inTransaction, systemActor } from '../db/scope.ts';
import type { TaskInput } from '../db/task-names.ts';
import { queueMail } from '../domain/mails/mails.ts';

/** Tells a customer's person of their access. Whose access ended is no person here any more, and still told. */
export function mailAccessTask({ database }: { database: Database }): (input: TaskInput<'mail-access'>) => Promise<void> {
  return async ({ businessId, personId, customerId, what, once, address, name, locale, facts }) => {
    const to = what === 'ended' ? { to: { address, name, locale } } : { personId };
    await inTransaction(database, { role: 'system', business: businessId, actor: systemActor }, async (scope) => {
      await queueMail(scope, { kind: 'access', once: `access:${once}`, customerId, ...to, facts: { ...facts, what } });
    });
  };
}
