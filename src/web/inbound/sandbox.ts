import { Hono } from 'hono';
import type { Deps, WebContext, WebEnv } from '../context.ts';

const waitMs = 15_000;
const passedOn = ['content-type', 'content-security-policy', 'location', 'cache-control'] as const;

/** The sandbox processor's pages under our own address, so that one port is enough. Its API is not passed on. */
export function sandboxRoutes({ sandboxUrl }: Pick<Deps, 'sandboxUrl'>): Hono<WebEnv> {
  const routes = new Hono<WebEnv>();
  if (sandboxUrl !== null) routes.on(['GET', 'POST'], '/*', (c) => passOn(sandboxUrl, c));
  return routes;
}

async function passOn(sandboxUrl: string, c: WebContext): Promise<Response> {
  const path = new URL(c.req.url).pathname;
  if (!/^\/sandbox\/[\w./]+$/.test(path) || path.includes('..')) return c.notFound();
  const headers: Record<string, string> = { 'accept-language': c.req.header('accept-language') ?? '' };
  const send = c.req.method === 'POST' ? { body: await c.req.text() } : {};
  const answer = await fetch(sandboxUrl + path, { method: c.req.method, headers, redirect: 'manual', signal: AbortSignal.timeout(waitMs), ...send }).catch(
    () => null,
  );
  if (answer === null) return c.text('The test processor does not answer. Try again in a moment.', 503);
  for (const name of passedOn) {
    const value = answer.headers.get(name);
    if (value !== null) c.header(name, value);
  }
  return c.body(await answer.arrayBuffer(), answer.status as 200);
}
