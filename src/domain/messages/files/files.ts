import { limits, textLimits } from '../../../core/limits.ts';
import { Refusal } from '../../../core/refusal.ts';
import { clean, cut } from '../../../core/text.ts';
import type { Scope } from '../../../db/scope.ts';
import { type FilePlace, insertFile, type KeptFile, sendFiles } from './queries.ts';

/** Keeps the files of a message, in their order. Refuses `too_many_files`, and `required` for a name of nothing but signs that are dropped. */
export async function keepFiles(scope: Scope, place: FilePlace, files: readonly KeptFile[]): Promise<string[]> {
  if (files.length > limits.filesPerMessage) throw new Refusal('too_many_files', { field: 'files' });
  const ids: string[] = [];
  for (const file of files) ids.push(await insertFile(scope, place, { ...file, name: cleanName(file.name) }));
  return ids;
}

/** Puts files the office uploaded for this answer into it. Refuses `not_found` for one that is not there, or went out with another. */
export async function attachFiles(scope: Scope, customerId: string, messageId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  if (ids.length > limits.filesPerMessage) throw new Refusal('too_many_files', { field: 'fileIds' });
  if ((await sendFiles(scope, customerId, messageId, [...new Set(ids)])) !== new Set(ids).size) throw new Refusal('not_found', { field: 'fileIds' });
}

function cleanName(text: string): string {
  const name = clean(cut(text, textLimits.fileName), textLimits.fileName, 'name');
  if (name === '') throw new Refusal('required', { field: 'name' });
  return name;
}
