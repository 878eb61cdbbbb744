import { Refusal } from '../../core/refusal.ts';
import type { Scope } from '../../db/scope.ts';
import { selectUsed } from './queries.ts';

/** How much one business may keep, as the host set it; bytes and files. */
export type StorageLimits = Readonly<{ bytes: number; files: number }>;
export type StorageUse = Readonly<{ usedBytes: bigint; files: number; limits: StorageLimits }>;

/** What the business keeps: attachments, logos, imports and drawn PDFs. */
export async function readStorage(scope: Scope, limits: StorageLimits): Promise<StorageUse> {
  const { bytes, files } = await selectUsed(scope);
  return { usedBytes: bytes, files, limits };
}

/**
 * Refuses `storage_full` when an upload of so many bytes would go beyond what the business may keep. Papers the product draws itself are never
 * refused: a full store stops nobody's invoice. Uploads at the same moment may go over by what they bring.
 */
export async function mustHaveRoom(scope: Scope, limits: StorageLimits, bytes: number): Promise<void> {
  const used = await selectUsed(scope);
  if (used.bytes + BigInt(bytes) > BigInt(limits.bytes) || used.files >= limits.files) {
    throw new Refusal('storage_full', { usedBytes: Number(used.bytes), limitBytes: limits.bytes, files: used.files, limitFiles: limits.files });
  }
}
