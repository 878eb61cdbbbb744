// A worker that sends webhooks in a process of its own. The test kills it in the middle of one.
import { type Login, openDatabase } from '../src/db/pool.ts';
import { outboundClient } from '../src/outside/outbound/outbound.ts';
import { deliverWebhooks } from '../src/tasks/deliver-webhooks.ts';
import { startWorker } from '../src/tasks/worker.ts';
import { testKeys } from './small-business.ts';

const login = JSON.parse(process.argv[2] ?? '') as Login;
const deps = { database: openDatabase(login), keys: testKeys, outbound: outboundClient({ loopback: true }), now: () => Temporal.Now.instant() };
await startWorker({ login, handlers: { 'deliver-webhooks': deliverWebhooks(deps) } });
