import { createHash } from 'node:crypto';
import { isUuid } from '../../../core/ids.ts';
import { limits } from '../../../core/limits.ts';
import { Refusal } from '../../../core/refusal.ts';
import { mustHaveRoom } from '../../../domain/files/files.ts';
import type { KeptFile } from '../../../domain/messages/conversations.ts';
import { keepUpload } from '../../api/attachments.ts';
import type { Deps, WebContext } from '../../context.ts';
import type { Given } from '../given.ts';
import { actInSession } from '../visit.ts';

export type GivenWithFiles = Given & Readonly<{ files: readonly File[] }>;

/** A posted form that may carry files. What it says is the same act only with the same files. */
export async function givenFormWithFiles(c: WebContext): Promise<GivenWithFiles> {
  const type = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== 'multipart/form-data' && type !== 'application/x-www-form-urlencoded') throw new Refusal('content_type_unsupported');
  const fields = await c.req.formData().catch(() => {
    throw new Refusal('invalid_input');
  });
  const texts = [...fields].filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  if (texts.reduce((sum, [, text]) => sum + text.length, 0) > limits.formBodyBytes) throw new Refusal('body_too_large');
  // A field for files that was left empty comes as one file of no name.
  const files = fields.getAll('files').filter((file): file is File => file instanceof File && (file.size > 0 || file.name !== ''));
  const hash = createHash('sha256').update(JSON.stringify(texts));
  for (const file of files) hash.update(file.name).update(new Uint8Array(await file.arrayBuffer()));
  const found = new URLSearchParams(texts);
  const act = found.get('act') ?? '';
  return {
    ...{ text: (name) => found.get(name) ?? '', all: (name) => found.getAll(name), act: isUuid(act) ? act : '', raw: hash.digest('hex'), files },
  };
}

/**
 * Keeps what somebody signed in sends along, before the message is written. Null: nobody is signed in, and nothing was kept. Refuses
 * `too_many_files`, `storage_full`, and what a file may be refused for.
 */
export async function keepGivenFiles(c: WebContext, deps: Deps, files: readonly File[]): Promise<KeptFile[] | null> {
  if (files.length > limits.filesPerMessage) throw new Refusal('too_many_files', { field: 'files' });
  const bytes = files.reduce((sum, file) => sum + file.size, 0);
  if (bytes > limits.attachmentBytes) throw new Refusal('file_too_large', { field: 'files' });
  const seen = await actInSession(c, deps, null, async (scope) => {
    if (files.length > 0) await mustHaveRoom(scope, deps.config.storage, bytes);
    return scope.business;
  });
  if (seen === null) return null;
  const kept: KeptFile[] = [];
  for (const file of files) {
    const upload = { bytes: new Uint8Array(await file.arrayBuffer()), type: file.type, name: file.name };
    kept.push({ ...(await keepUpload(deps, seen.result, upload)), name: file.name });
  }
  return kept;
}
