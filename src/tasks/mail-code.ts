import type { Database } from '../db/pool.ts';
import { inTransaction, systemActor } from '../db/scope.ts';
import type { TaskInput } from '../db/task-names.ts';
import { queueMail } from '../domain/mails/mails.ts';
import { readCodeMail } from '../domain/people/confirm.ts';

/** Mails a code to the stored address of whoever asked. Nobody's code, or one that has ended, is mailed to nobody. */
export function mailCodeTask({ database }: { database: Database }): (input: TaskInput<'mail-code'>) => Promise<void> {
  return async ({ businessId, codeId }) => {
    await inTransaction(database, { role: 'system', business: businessId, actor: systemActor }, async (scope) => {
      const mail = await readCodeMail(scope, codeId);
      if (mail !== null) await queueMail(scope, { ...mail, once: `code:${codeId}`, facts: { codeId } });
    });
  };
}
