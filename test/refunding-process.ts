import { armCrashPoint, type CrashPoint } from '../src/db/crash-point.ts';
import type { Login } from '../src/db/pool.ts';
import { closeDatabase, openDatabase } from '../src/db/pool.ts';
import { inTransaction } from '../src/db/scope.ts';
import { requestRefund, sendRefund } from '../src/domain/payments/payments.ts';
import { sandboxGateway } from '../src/outside/cards/sandbox-gateway.ts';
import { ida } from './books.ts';
import { refundOf } from './refunding.ts';
import { sandboxKey, tillKeys } from './till.ts';

/** A process that gives money of a payment back and hands it to the processor, and is told where to die as in a power cut. */
export type Order = Readonly<{ login: Login; point: CrashPoint; business: string; payment: string; refund: string; amountMinor: string; sandboxUrl: string }>;

async function giveBack({ login, business, payment, refund, amountMinor, sandboxUrl }: Order): Promise<void> {
  const database = openDatabase(login, 4);
  const access = { url: sandboxUrl, key: sandboxKey, publicUrl: sandboxUrl, inboundUrl: 'http://127.0.0.1:9', timeoutMs: 2_000 };
  const sandbox = sandboxGateway({ ...access, secretOf: (of) => tillKeys.mac(`inbound:sandbox:${of}`) });
  const asked = refundOf(payment, BigInt(amountMinor), { id: refund });
  try {
    await inTransaction(database, { role: 'office', business, actor: ida }, (scope) => requestRefund(scope, tillKeys, asked));
    await sendRefund({ database, keys: tillKeys, cards: { sandbox } }, business, refund);
  } finally {
    await closeDatabase(database);
  }
}

process.once('message', (order: Order) => {
  armCrashPoint(order.point);
  giveBack(order)
    .catch(() => {})
    .finally(() => process.disconnect?.());
});
