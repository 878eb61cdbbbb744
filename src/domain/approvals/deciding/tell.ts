import { enqueue } from '../../../db/queue.ts';
import type { Scope } from '../../../db/scope.ts';
import { recordEvent } from '../../events/events.ts';
import type { Press } from './press.ts';

export type Told =
  | 'estimate.approved'
  | 'estimate.first_approved'
  | 'estimate.recommended'
  | 'estimate.declined'
  | 'estimate.changes_requested'
  | 'estimate.approval_withdrawn';

/** What follows (mails, the next person, the deposit) is a task of its own; the event stands last. */
export async function tell(
  scope: Scope,
  { standing, signer, typedName, instead }: Press,
  kind: Told,
  data: Readonly<Record<string, unknown>> & { id: string },
): Promise<void> {
  const { id: documentId, customerId, propertyId, shown, number, revision } = standing;
  await enqueue(scope, 'follow-decision', { documentId, approvalId: data.id });
  const { id: approvalId, ...rest } = data;
  await recordEvent(scope, {
    ...{ kind, customerId, documentId, propertyId, shown },
    data: {
      number,
      revision,
      approvalId,
      name: typedName || (signer?.name ?? ''),
      personId: signer?.id ?? null,
      ...(instead && { insteadOf: instead.name }),
      ...rest,
    },
  });
}
