import type { Database } from '../db/pool.ts';
import { inTransaction, systemActor } from '../db/scope.ts';
import type { TaskInput } from '../db/task-names.ts';
import { queueMail } from '../domain/mails/mails.ts';
import { readInvitationMail } from '../domain/people/invitations.ts';

/** Mails an invitation to the team; one that was withdrawn or sent again meanwhile is not mailed. */
export function mailInviteTask({ database }: { database: Database }): (input: TaskInput<'mail-invite'>) => Promise<void> {
  return async ({ businessId, invitationId, round }) => {
    await inTransaction(database, { role: 'system', business: businessId, actor: systemActor }, async (scope) => {
      const mail = await readInvitationMail(scope, invitationId, round);
      if (mail !== null) await queueMail(scope, { kind: 'staff_invite', once: `invite:${invitationId}:${round}`, ...mail });
    });
  };
}
