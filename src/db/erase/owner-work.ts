import type { FileStore } from '../../core/gateways.ts';
import type { Login } from '../pool.ts';
import type { Certificate } from './certificates.ts';
import { eraseRest, type OpenErasure } from './erase.ts';
import { removeBusiness } from './remove.ts';

/** What only the owner of the tables can do: events and books are closed to every other login. Absent where the server does not know it. */
export type OwnerWork = Readonly<{
  eraseRest: (of: OpenErasure) => Promise<'erased' | 'done before'>;
  removeBusiness: (business: string, now: Temporal.Instant) => Promise<Certificate | null>;
}>;

export function ownerWorkOf(owner: Login, files: FileStore): OwnerWork {
  return {
    eraseRest: (of) => eraseRest(owner, files, of),
    removeBusiness: (business, now) => removeBusiness(owner, files, business, now),
  };
}
