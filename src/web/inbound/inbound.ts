import { Hono } from 'hono';
import { readId } from '../../core/ids.ts';
import { Refusal } from '../../core/refusal.ts';
import { crashPoint } from '../../db/crash-point.ts';
import { log } from '../../log.ts';
import type { Deps, WebContext, WebEnv } from '../context.ts';
import { type NoticeDesk, noticeDesk } from './desk.ts';
import { takeMailReports } from './mail-reports.ts';

const longestNotice = 256 * 1024;

/** The secret of one business's endpoint at one processor. It follows from APP_SECRET, so it is never empty, short or shared. */
export function endpointSecret(keys: Deps['keys'], gateway: string, business: string): string {
  return keys.mac(`inbound:${gateway}:${business}`);
}

/**
 * Where processors send their notices: checked against the bytes as they came, stored, and only then acknowledged; a task does the rest.
 * The business is the one whose secret signed, never one a notice names.
 */
export function inboundRoutes(deps: Deps): Hono<WebEnv> {
  const routes = new Hono<WebEnv>();
  const desk = noticeDesk(deps.database);
  routes.post('/mail/:from', (c) => takeMailReports(deps, c, c.req.param('from')));
  routes.post('/:gateway/:business', (c) => takeNotice(deps, desk, c));
  return routes;
}

async function takeNotice(deps: Deps, desk: NoticeDesk, c: WebContext): Promise<Response> {
  const { gateway: gatewayName = '', business: businessId = '' } = c.req.param();
  const gateway = Object.hasOwn(deps.cards, gatewayName) ? deps.cards[gatewayName] : undefined;
  const business = readId('business', businessId);
  if (!gateway || business === null) throw new Refusal('not_found');
  const raw = new Uint8Array(await c.req.arrayBuffer());
  if (raw.length > longestNotice) throw new Refusal('body_too_large');
  const door = await gateway.noticeDoor(business);
  if (door === null) throw new Refusal('not_found');
  const event = gateway.verifyEvent(raw, c.req.header(), door.secrets, Math.trunc(deps.now().epochMilliseconds / 1000));
  // Play money at a door for real money is turned away; real money at a test door is kept aside and told to the office.
  const reason = event.kind === 'refused' ? event.reason : door.live && !event.liveMode ? 'mode' : null;
  if (event.kind === 'refused' || reason !== null) {
    log.warn('notice refused', { gateway: gatewayName, business, reason });
    throw new Refusal('event_unverified', { reason });
  }
  crashPoint('notice.verified');
  const kept = await desk(gatewayName, business, event, door);
  return c.json({ received: true, known: kept === 'known' });
}
