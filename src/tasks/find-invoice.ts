import type { Keys } from '../core/gateways.ts';
import type { Database } from '../db/pool.ts';
import { inTransaction, systemActor } from '../db/scope.ts';
import type { TaskInput } from '../db/task-names.ts';
import { mailFoundInvoices } from '../domain/links/links.ts';

/** Mails the link of an invoice when number and recorded address belong together; otherwise nothing happens. */
export function findInvoiceTask({ database, keys }: { database: Database; keys: Keys }): (input: TaskInput<'find-invoice'>) => Promise<void> {
  return async ({ businessId, number, email }) => {
    await inTransaction(database, { role: 'system', business: businessId, actor: systemActor }, (scope) => mailFoundInvoices(scope, keys, { number, email }));
  };
}
