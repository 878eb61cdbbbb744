import type { Database } from '../../db/pool.ts';
import { inTransaction, systemActor } from '../../db/scope.ts';
import { noteKeyUse } from '../../domain/people/api-keys.ts';
import { touchSession } from '../../domain/people/entry/sessions.ts';
import type { Asking, OfficeGrant } from './caller.ts';
import { recently } from './recent.ts';

/** Writing down each use would cost more than the use. */
const notedMs = 60_000;
const noted = new WeakMap<Database, (key: string, ask: () => Promise<void>) => Promise<void>>();

/** Keeps that a session or key is in use, so that one that works is not taken for idle. In a transaction of its own, at most once a minute. */
export function noteUse(database: Database, { token }: Asking, { business, session, key }: OfficeGrant): Promise<void> {
  const note = noted.get(database) ?? recently<void>(notedMs);
  noted.set(database, note);
  return note(session ?? key ?? '', async () => {
    if (token !== null) await touchSession(database, token);
    else if (key !== undefined && business !== undefined)
      await inTransaction(database, { role: 'system', business, actor: systemActor }, (scope) => noteKeyUse(scope, key));
  });
}
