import { armCrashPoint, type CrashPoint } from '../src/db/crash-point.ts';
import type { Login } from '../src/db/pool.ts';
import { closeDatabase, openDatabase } from '../src/db/pool.ts';
import { chargePlanned } from '../src/domain/payments/payments.ts';
import { sandboxGateway } from '../src/outside/cards/sandbox-gateway.ts';
import { keysOf } from '../src/outside/keys.ts';
import { sandboxKey, tillSecret } from './till.ts';

/** A process that charges one planned payment, and is told where to die as in a power cut. */
export type Order = Readonly<{ login: Login; point: CrashPoint; business: string; charge: string; sandboxUrl: string }>;

process.once('message', (order: Order) => {
  const database = openDatabase(order.login, 4);
  const keys = keysOf(tillSecret);
  const access = { url: order.sandboxUrl, key: sandboxKey, publicUrl: order.sandboxUrl, inboundUrl: 'http://127.0.0.1:9', timeoutMs: 2_000 };
  const sandbox = sandboxGateway({ ...access, secretOf: (business) => keys.mac(`inbound:sandbox:${business}`) });
  armCrashPoint(order.point);
  chargePlanned({ database, keys, cards: { sandbox } }, order.business, order.charge)
    .catch(() => {})
    .finally(() => closeDatabase(database).then(() => process.disconnect?.()));
});
