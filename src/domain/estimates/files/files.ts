import { limits, textLimits } from '../../../core/limits.ts';
import { Refusal } from '../../../core/refusal.ts';
import { clean } from '../../../core/text.ts';
import type { Scope } from '../../../db/scope.ts';
import { recordEvent } from '../../events/events.ts';
import { type Attachment, insertAttachment, markFileRemoved, selectAttachments } from '../../invoices/invoices.ts';
import { read } from '../drafts/drafts.ts';
import { lockEstimates } from '../issue/queries.ts';

/** Files belong to the draft until it is issued; from then on they are part of what is frozen. */
async function lockDraft(scope: Scope, documentId: string): Promise<{ customerId: string }> {
  await lockEstimates(scope, [documentId]);
  return read(scope, documentId);
}

export async function attach(scope: Scope, documentId: string, file: Omit<Attachment, 'id'>): Promise<Attachment> {
  const { customerId } = await lockDraft(scope, documentId);
  const name = clean(file.name, textLimits.fileName, 'name');
  if (name === '') throw new Refusal('required', { field: 'name' });
  if ((await selectAttachments(scope, documentId)).length >= limits.attachmentsPerDocument) throw new Refusal('too_many_files');
  const id = await insertAttachment(scope, documentId, { ...file, name });
  await recordEvent(scope, { kind: 'estimate.draft_saved', customerId, documentId, data: { attached: { id, name, sha256: file.sha256 } } });
  return { ...file, id, name };
}

export async function detach(scope: Scope, documentId: string, fileId: string): Promise<void> {
  const { customerId } = await lockDraft(scope, documentId);
  if (!(await markFileRemoved(scope, documentId, fileId))) throw new Refusal('not_found');
  await recordEvent(scope, { kind: 'estimate.draft_saved', customerId, documentId, data: { detached: fileId } });
}
