import { flushCompileCache } from 'node:module';
import type { CrashPoint } from '../src/db/crash-point.ts';
import { armCrashPoint } from '../src/db/crash-point.ts';
import type { Login } from '../src/db/pool.ts';
import { closeDatabase, openDatabase } from '../src/db/pool.ts';
import { payThrough, type Story } from './paying-story.ts';

/** A process that pays, records and takes back, and may be told where to die as in a power cut. */
export type Order = Readonly<{ login: Login; point: CrashPoint; story: Story; sandboxUrl: string }>;

process.once('message', (order: Order) => {
  // A killed process keeps nothing, and the next one need not compile it all again.
  flushCompileCache();
  const database = openDatabase(order.login, 4);
  armCrashPoint(order.point);
  payThrough(database, order.sandboxUrl, order.story)
    .then(() => process.send?.({ survived: true }))
    .catch((error: unknown) => process.send?.({ failed: String(error) }))
    .finally(() => closeDatabase(database).then(() => process.disconnect?.()));
});
