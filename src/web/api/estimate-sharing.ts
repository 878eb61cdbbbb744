import { publicId } from '../../core/ids.ts';
import { limits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Scope } from '../../db/scope.ts';
import { listRecipients } from '../../domain/desk/recipients.ts';
import { addEstimateFile, readEstimateDesk, removeEstimateFile, showEstimate } from '../../domain/estimates/estimates.ts';
import { mustHaveRoom } from '../../domain/files/files.ts';
import { listAttachments } from '../../domain/invoices/invoices.ts';
import { copyAgain, copyLink, type Opener, readLink, revokeLink, whoCanOpen } from '../../domain/links/links.ts';
import { readPerson } from '../../domain/people/people.ts';
import { keepUpload } from './attachments.ts';
import { type AnswerOf, type HandlersOf, uuidOf } from './call.ts';
import { estimateSendingHandlers } from './estimate-sending.ts';
import { addressOf } from './links.ts';
import { idOrNull, readRef } from './present.ts';
import type { estimateSharingOperations } from './schemas/estimate-sharing.ts';
import { readUpload, sendFile } from './upload.ts';

type Operations = typeof estimateSharingOperations;
type Shown = AnswerOf<Operations['revokeEstimateLink']>;
type At = Readonly<{ params: Readonly<{ estimateId: string }> }>;
const idOf = ({ params }: At): string => uuidOf('estimate', params.estimateId);

/** Photos and PDFs on an estimate, and who can open it. */
export const estimateSharingHandlers: HandlersOf<Operations> = {
  ...estimateSendingHandlers,

  addEstimateFile: async (call) => {
    const bytes = await readUpload(call.c, limits.attachmentBytes);
    await call.read((scope) => mustHaveRoom(scope, call.deps.config.storage, bytes.length));
    const kept = await keepUpload(call.deps, call.grant.business ?? '', { bytes, type: call.c.req.header('content-type') ?? '', name: call.query.name });
    return call.act(async (scope) => {
      const { id, name, mediaType, bytes: size } = await addEstimateFile(scope, idOf(call), { ...kept, name: call.query.name });
      return { id: publicId('file', id), name, mediaType, bytes: size };
    });
  },

  readEstimateFile: async (call) => {
    const fileId = uuidOf('file', call.params.fileId);
    const file = await call.read(async (scope) => {
      await readEstimateDesk(scope, idOf(call));
      return (await listAttachments(scope, idOf(call))).find(({ id }) => id === fileId);
    });
    const bytes = file === undefined ? null : await call.deps.files.get(call.grant.business ?? '', file.sha256);
    if (file === undefined || bytes === null) throw new Refusal('not_found');
    return sendFile(call.c, { bytes, contentType: file.mediaType, name: file.name });
  },

  removeEstimateFile: (call) =>
    call.act(async (scope) => {
      await removeEstimateFile(scope, idOf(call), uuidOf('file', call.params.fileId));
      return null;
    }),

  listEstimateRecipients: async (call) => {
    const people = await call.read(async (scope) => {
      await readEstimateDesk(scope, idOf(call));
      return listRecipients(scope, idOf(call));
    });
    return call.answer({ items: people.map((person) => ({ ...person, personId: publicId('person', person.personId) })) });
  },

  listEstimateLinks: async (call) => {
    const documentId = idOf(call);
    const openers = await call.read(async (scope) => {
      await readEstimateDesk(scope, documentId);
      return whoCanOpen(scope, documentId);
    });
    return call.answer({ items: openers.map((opener) => presentLink(opener, documentId)) });
  },

  makeEstimateLink: (call) =>
    call.act(async (scope) => {
      const documentId = idOf(call);
      const { customer } = await readEstimateDesk(scope, documentId);
      const personId = readRef('person', call.body.personId, 'personId');
      const person = personId === null ? null : await readPerson(scope, { personId, customerId: customer.id });
      await showEstimate(scope, documentId);
      const { linkId, token } = await copyLink(scope, call.deps.keys, { documentId, person });
      return { url: await addressOf(scope, call.deps, token), link: await linkOf(scope, documentId, linkId) };
    }),

  copyEstimateLink: (call) =>
    call.act(async (scope) => {
      const linkId = uuidOf('link', call.params.linkId);
      const link = await linkOf(scope, idOf(call), linkId);
      const { token } = await copyAgain(scope, call.deps.keys, linkId);
      return { url: await addressOf(scope, call.deps, token), link };
    }),

  revokeEstimateLink: (call) =>
    call.act(async (scope) => {
      const linkId = uuidOf('link', call.params.linkId);
      await linkOf(scope, idOf(call), linkId);
      await revokeLink(scope, linkId);
      return linkOf(scope, idOf(call), linkId);
    }),
};

/** A link of this estimate and of no other document. */
async function linkOf(scope: Scope, documentId: string, linkId: string): Promise<Shown> {
  await readEstimateDesk(scope, documentId);
  const link = await readLink(scope, linkId);
  if (link.documentId !== documentId) throw new Refusal('not_found');
  return presentLink(link, documentId);
}

function presentLink(of: Opener, documentId: string): Shown {
  const { sentTo, createdAt, createdBy, lastMailedAt, lastUsedAt } = of;
  return {
    id: publicId('link', of.linkId),
    estimateId: publicId('estimate', documentId),
    personId: idOrNull('person', of.personId),
    name: of.name ?? '',
    ...{ sentTo, createdAt, createdBy, lastMailedAt, lastUsedAt },
    endsAt: of.worksUntil,
    state: of.state === 'removed' ? 'revoked' : of.state,
    sharedById: idOrNull('person', of.sharedById),
  };
}
