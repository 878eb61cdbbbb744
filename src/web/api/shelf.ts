import { publicId } from '../../core/ids.ts';
import { limits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import { mustHaveRoom } from '../../domain/files/files.ts';
import { addToShelf, listShelf, readFromShelf, type ShelfPaper, takeOffShelf } from '../../domain/messages/shelf.ts';
import { keepUpload } from './attachments.ts';
import { type AnswerOf, type HandlersOf, uuidOf } from './call.ts';
import { idOrNull, readRef } from './present.ts';
import type { shelfOperations } from './schemas/shelf.ts';
import { readUpload, sendFile } from './upload.ts';

type Operations = typeof shelfOperations;

export const shelfHandlers: HandlersOf<Operations> = {
  listShelf: async (call) => {
    const customerId = readRef('customer', call.query.customerId, 'customerId') ?? null;
    return call.answer({ items: (await call.read((scope) => listShelf(scope, customerId))).map(present) });
  },

  addToShelf: async (call) => {
    const { name, title, kind, expiresOn = null } = call.query;
    const customerId = readRef('customer', call.query.customerId, 'customerId') ?? null;
    const propertyId = readRef('property', call.query.propertyId, 'propertyId') ?? null;
    const bytes = await readUpload(call.c, limits.attachmentBytes);
    await call.read((scope) => mustHaveRoom(scope, call.deps.config.storage, bytes.length));
    const kept = await keepUpload(call.deps, call.grant.business ?? '', { bytes, type: call.c.req.header('content-type') ?? '', name });
    const paper = { customerId, propertyId, kind, title, expiresOn, file: { ...kept, name } };
    return call.act(async (scope) => present(await addToShelf(scope, paper)));
  },

  readShelfFile: async (call) => {
    const paper = await call.read((scope) => readFromShelf(scope, uuidOf('paper', call.params.paperId)));
    const bytes = await call.deps.files.get(call.grant.business ?? '', paper.sha256);
    if (bytes === null) throw new Refusal('not_found');
    return sendFile(call.c, { bytes, contentType: paper.mediaType, name: paper.name });
  },

  takeOffShelf: (call) =>
    call.act(async (scope) => {
      await takeOffShelf(scope, uuidOf('paper', call.params.paperId));
      return null;
    }),
};

function present(row: ShelfPaper): AnswerOf<Operations['addToShelf']> {
  const { kind, title, name: fileName, mediaType, bytes, expiresOn, addedAt, addedBy } = row;
  return {
    ...{ id: publicId('paper', row.id), customerId: idOrNull('customer', row.customerId) },
    property: row.propertyId === null ? null : { id: publicId('property', row.propertyId), title: row.propertyTitle ?? '' },
    ...{ kind, title, fileName, mediaType, bytes, expiresOn, addedAt, addedBy },
  };
}
