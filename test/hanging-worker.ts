// A worker in a process of its own that takes one task, says so, and never finishes it. The test kills it.
import type { Login } from '../src/db/pool.ts';
import { startWorker } from '../src/tasks/worker.ts';

const login = JSON.parse(process.argv[2] ?? '') as Login;
const resumed = (): Promise<void> => {
  process.stdout.write('taken\n');
  return new Promise(() => {});
};
await startWorker({ login, handlers: { resumed } });
