import type { Keys } from '../../core/gateways.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Database } from '../../db/pool.ts';
import { inTransaction, systemActor } from '../../db/scope.ts';
import { isClosing } from '../businesses/closing.ts';
import { dueToLeave, failScheduled, mustBeReady, readDraft } from '../invoices/invoices.ts';
import { sendInvoice } from './send.ts';

/**
 * Sends the scheduled invoices of one business whose time has come, the longest waiting first, each in a transaction of its own: its
 * number, its mails and the end of its schedule are one. What is refused keeps its place with the reason and uses no number. Answers how
 * many left. However many do this at once, each invoice leaves once.
 */
export async function sendDue(database: Database, keys: Keys, business: string): Promise<number> {
  const as = { role: 'system', business, actor: systemActor } as const;
  for (let left = 0; ; ) {
    let tried: string | null = null;
    try {
      await inTransaction(database, as, async (scope) => {
        const due = (await isClosing(scope)) ? null : await dueToLeave(scope);
        tried = due?.documentId ?? null;
        if (due === null) return;
        await mustBeReady(scope, await readDraft(scope, due.documentId));
        await sendInvoice(scope, keys, { documentId: due.documentId, personIds: due.personIds, note: due.note });
      });
      if (tried === null) return left;
      left += 1;
    } catch (error) {
      if (!(error instanceof Refusal) || tried === null) throw error;
      const [documentId, failure] = [tried, error.code];
      await inTransaction(database, as, (scope) => failScheduled(scope, documentId, failure));
    }
  }
}
