import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { Readable } from 'node:stream';
import { Hono } from 'hono';
import { href } from '../routes.ts';
import type { Deps, WebContext, WebEnv } from './context.ts';
import { withDemoBar } from './demo/bar.tsx';
import { contentPolicy } from './guards.ts';

/** Where the build puts the office: beside the compiled server; the same folder when the sources run. */
const built = join(import.meta.dirname, '..', '..', 'dist', 'office');
const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
};
const encodings = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

/** The office's own files: one page for every address, and assets whose names carry their hash. */
export function officeRoutes({ config }: Deps): Hono<WebEnv> {
  const routes = new Hono<WebEnv>();
  routes.get('/assets/:file', (c) => asset(c, c.req.param('file')));
  routes.get('*', (c) => page(c, config.demo));
  return routes;
}

async function page(c: WebContext, demo: boolean): Promise<Response> {
  const nonce = contentPolicy(c);
  c.header('Cache-Control', 'no-store');
  c.header('X-Robots-Tag', 'noindex');
  const html = (await readFile(join(built, 'index.html'), 'utf8')).replaceAll('__nonce__', nonce);
  return c.html(demo ? withDemoBar(html, c.req.path.startsWith(href('officeField', {})) ? 'crew' : 'office', nonce) : html);
}

async function asset(c: WebContext, name: string): Promise<Response> {
  const type = types[extname(name)];
  if (type === undefined || !/^[\w-]+(\.[\w-]+)+$/.test(name)) return c.notFound();
  const accepted = c.req.header('accept-encoding') ?? '';
  for (const [encoding, suffix] of [...encodings.filter(([name]) => accepted.includes(name)), [null, ''] as const]) {
    const path = join(built, 'assets', name + suffix);
    const found = await stat(path).catch(() => null);
    if (!found?.isFile()) continue;
    if (encoding) c.header('Content-Encoding', encoding);
    c.header('Content-Type', type);
    c.header('Vary', 'Accept-Encoding');
    c.header('Content-Length', String(found.size));
    c.header('Cache-Control', 'public, max-age=31536000, immutable');
    return c.body(Readable.toWeb(createReadStream(path)) as ReadableStream);
  }
  return c.notFound();
}
