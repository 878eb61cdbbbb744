import { Refusal } from '../../core/refusal.ts';
import { readPage } from '../../db/read.ts';
import { logosQueryOf, openDoor } from '../../domain/front/front.ts';
import type { Deps, WebContext } from '../context.ts';
import { businessIn } from './visit.ts';

/** A logo of the business by its hash: kept for good, since another picture has another address. Any other file is not here. */
export async function sendLogo(c: WebContext, deps: Deps): Promise<Response> {
  const business = await businessIn(c, deps);
  const asked = c.req.param('sha256') ?? '';
  const { json } = await readPage(deps.database, openDoor(business), logosQueryOf(business));
  const { page, print } = JSON.parse(json ?? '{}') as { page?: string | null; print?: string | null };
  if (asked !== page && asked !== print) throw new Refusal('not_found');
  const bytes = await deps.files.get(business, asked);
  if (bytes === null) throw new Refusal('not_found');
  c.header('Content-Type', asked === page ? 'image/webp' : 'image/png');
  c.header('Cache-Control', 'public, max-age=31536000, immutable');
  c.header('X-Content-Type-Options', 'nosniff');
  c.header('Cross-Origin-Resource-Policy', 'cross-origin');
  return c.body(new Uint8Array(bytes));
}
