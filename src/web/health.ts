import { Hono } from 'hono';
import type { WebEnv } from './context.ts';

/** Why no request should be sent here; null when all is well. */
export type NotReady = 'starting' | 'draining' | 'database' | 'migrations';
export type Readiness = () => Promise<NotReady | null>;

/**
 * Two questions with two answers: `live`, this process answers (if not, start it anew); `ready`, it can serve (if not, send requests
 * elsewhere and leave it alone). Both are cheap, ask for no session and tell nothing of the inside but one word.
 */
export function healthRoutes(ready: Readiness = async () => null): Hono<WebEnv> {
  const routes = new Hono<WebEnv>();
  routes.use(async (c, next) => {
    c.header('Cache-Control', 'no-store');
    await next();
  });
  routes.get('/live', (c) => c.text('live'));
  routes.get('/ready', async (c) => {
    const why = await ready();
    return why === null ? c.json({ ready: true }) : c.json({ ready: false, why }, 503);
  });
  return routes;
}
