const states = new Set(['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'EACCES', 'EPERM', 'ENOTDIR', 'EISDIR', 'EMFILE', 'ENFILE', 'ESTALE', 'ENXIO', 'ENODEV']);

/** Whether the place where files are kept cannot be read or written just now: a full disk, one that is gone, a folder taken away. No bug of ours. */
export function isStorageFailure(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && 'code' in error && states.has(String(error.code));
}
