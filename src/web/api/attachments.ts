import { agrees, fileKindOf } from '../../core/file-kind.ts';
import { publicId } from '../../core/ids.ts';
import { limits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import { readDesk } from '../../domain/desk/desk.ts';
import { mustHaveRoom } from '../../domain/files/files.ts';
import { addAttachment, listAttachments, removeAttachment } from '../../domain/invoices/invoices.ts';
import type { Deps } from '../context.ts';
import { type HandlersOf, uuidOf } from './call.ts';
import type { invoiceOperations } from './schemas/invoices.ts';
import { readUpload, sendFile } from './upload.ts';

type Handlers = Pick<HandlersOf<typeof invoiceOperations>, 'addAttachment' | 'readAttachment' | 'removeAttachment'>;

const longestSide = 2400;

/** Photos and PDFs on an invoice. Photos are drawn anew before anything is kept of them. */
export const attachmentHandlers: Handlers = {
  addAttachment: async (call) => {
    const documentId = uuidOf('invoice', call.params.invoiceId);
    const bytes = await readUpload(call.c, limits.attachmentBytes);
    await call.read((scope) => mustHaveRoom(scope, call.deps.config.storage, bytes.length));
    const kept = await keepUpload(call.deps, call.grant.business ?? '', { bytes, type: call.c.req.header('content-type') ?? '', name: call.query.name });
    return call.act(async (scope) => {
      const { id, name, mediaType, bytes: size } = await addAttachment(scope, documentId, { ...kept, name: call.query.name });
      return { id: publicId('file', id), name, mediaType, bytes: size };
    });
  },

  readAttachment: async (call) => {
    const documentId = uuidOf('invoice', call.params.invoiceId);
    const fileId = uuidOf('file', call.params.fileId);
    const file = await call.read(async (scope) => {
      await readDesk(scope, documentId);
      return (await listAttachments(scope, documentId)).find(({ id }) => id === fileId);
    });
    const bytes = file === undefined ? null : await call.deps.files.get(call.grant.business ?? '', file.sha256);
    if (file === undefined || bytes === null) throw new Refusal('not_found');
    return sendFile(call.c, { bytes, contentType: file.mediaType, name: file.name });
  },

  removeAttachment: (call) =>
    call.act(async (scope) => {
      await removeAttachment(scope, uuidOf('invoice', call.params.invoiceId), uuidOf('file', call.params.fileId));
      return null;
    }),
};

type Upload = Readonly<{ bytes: Uint8Array; type: string; name: string }>;

/**
 * What is kept is known by its content; its name and declared type must say the same. Pictures are drawn anew. Refuses `file_type_refused`,
 * `file_unreadable`, `file_too_large`.
 */
export async function keepUpload(deps: Deps, business: string, { bytes, type, name }: Upload): Promise<{ sha256: string; bytes: number; mediaType: string }> {
  const kind = fileKindOf(bytes);
  if (kind === null || !agrees(kind, name, type)) throw new Refusal('file_type_refused');
  if (kind === 'pdf') {
    const { sha256, size } = await deps.files.put(business, bytes);
    return { sha256, bytes: size, mediaType: 'application/pdf' };
  }
  const drawn = await deps.images.reencode(bytes, { format: 'same', maxSide: longestSide });
  if (drawn.kind === 'refused') {
    const codes = { type: 'file_type_refused', too_large: 'file_too_large', unreadable: 'file_unreadable', unavailable: 'busy' } as const;
    throw new Refusal(codes[drawn.reason]);
  }
  const { sha256, size } = await deps.files.put(business, drawn.bytes);
  return { sha256, bytes: size, mediaType: drawn.contentType };
}
