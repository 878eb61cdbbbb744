import { Hono } from 'hono';
import { log } from '../log.ts';
import { apiRoutes } from './api/api.ts';
import type { Deps, WebEnv } from './context.ts';
import { demoRoutes } from './demo/demo.ts';
import { guideRoutes } from './demo/guide.ts';
import { answerNotFound, translateError } from './errors.ts';
import { bodyLimit, callerOf, loggedPath, ownOriginOnly, readableAddress, requestLine, safeHeaders } from './guards.ts';
import { healthRoutes } from './health.ts';
import { inboundRoutes } from './inbound/inbound.ts';
import { sandboxRoutes } from './inbound/sandbox.ts';
import { officeRoutes } from './office.ts';
import { portalRoutes } from './portal/portal.ts';

/** The whole web: middleware in the order a request meets it, then the rooms. The portal comes last, because its addresses begin with a business. */
export function createApp(deps: Deps): Hono<WebEnv> {
  const { config } = deps;
  const app = new Hono<WebEnv>();
  app.onError((error, c) => translateError(error, c));
  app.notFound((c) => answerNotFound(c));

  app.use(requestLine());
  app.use(safeHeaders(config.secureCookies));
  app.use(callerOf(config.trustedProxies));
  app.use(readableAddress());
  app.use(bodyLimit());
  app.use(ownOriginOnly(config.appUrl, config.secureCookies));

  app.route('/health', healthRoutes(deps.ready));
  app.get('/robots.txt', (c) => c.text('User-agent: *\nDisallow: /\n'));
  app.get('/favicon.ico', (c) => c.body(null, 204));
  app.post('/csp-report', async (c) => {
    log.warn('page policy violated', { report: loggedPath((await c.req.text()).slice(0, 500)) });
    return c.body(null, 204);
  });
  app.route('/api', apiRoutes(deps));
  app.route('/inbound', inboundRoutes(deps));
  app.route('/sandbox', sandboxRoutes(deps));
  app.route('/office', officeRoutes(deps));
  if (config.demo && deps.demo) app.route('/', guideRoutes(deps, deps.demo));
  if (config.demo)
    app.route(
      '/',
      demoRoutes(deps, (request) => app.fetch(request)),
    );
  app.get('/', (c) => c.redirect('/office/', 302));
  app.route('/', portalRoutes(deps));
  return app;
}
