import { type IdKind, publicId, uuidV7 } from '../../src/core/ids.ts';

/** An id made here, before the thing exists, so that a press repeated is a thing made once. */
export function freshId(kind: IdKind): string {
  return publicId(kind, uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10))));
}
