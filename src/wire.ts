import { Hono } from 'hono';
import type { Base } from './boot.ts';
import type { Tick } from './tasks/schedule.ts';
import type { TaskHandlers } from './tasks/worker.ts';
import type { WebEnv } from './web/context.ts';

/** Everything that runs on the base: the web, the tasks, the schedule. */
export type Wired = Readonly<{ app: Hono<WebEnv>; handlers: Partial<TaskHandlers>; ticks: readonly Tick[]; close: () => Promise<void> }>;

/** Builds the gateways once and hands each part what it needs. */
export async function wire(_base: Base): Promise<Wired> {
  const app = new Hono<WebEnv>();
  app.get('/health/live', (c) => c.text('live'));
  return { app, handlers: {}, ticks: [], close: async () => {} };
}

/** The lines shown once the doors are open. */
export async function banner(base: Base, _wired: Wired): Promise<readonly string[]> {
  return ['', `  Office     ${base.config.appUrl}/office/`, ''];
}
