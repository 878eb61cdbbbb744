/** What a file is by its first bytes; its name and declared type are only claims. */
export type FileKind = 'png' | 'jpeg' | 'webp' | 'pdf';

export const MEDIA_TYPES: Record<FileKind, string> = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  pdf: 'application/pdf',
};

const EXTENSIONS: Record<FileKind, readonly string[]> = {
  png: ['png'],
  jpeg: ['jpg', 'jpeg', 'jfif'],
  webp: ['webp'],
  pdf: ['pdf'],
};

/** The kind the content says, or null when it is none of the four. */
export function fileKindOf(bytes: Uint8Array): FileKind | null {
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png';
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return 'jpeg';
  if (startsWith(bytes, [0x52, 0x49, 0x46, 0x46]) && startsWith(bytes.subarray(8), [0x57, 0x45, 0x42, 0x50])) return 'webp';
  if (startsWith(bytes, [0x25, 0x50, 0x44, 0x46, 0x2d])) return endsAsPdf(bytes) ? 'pdf' : null;
  return null;
}

/** True when content, file name and declared media type say the same. */
export function agrees(kind: FileKind, fileName: string, mediaType: string): boolean {
  const extension = fileName.toLowerCase().split('.').at(-1) ?? '';
  return EXTENSIONS[kind].includes(extension) && mediaType.toLowerCase().split(';')[0]?.trim() === MEDIA_TYPES[kind];
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, i) => bytes[i] === byte);
}

// A PDF ends with its own mark; what follows it would belong to another kind of file glued behind.
function endsAsPdf(bytes: Uint8Array): boolean {
  const tail = Buffer.from(bytes.subarray(-64)).toString('latin1');
  return /%%EOF[\s\0]*$/.test(tail);
}
