import { Hono } from 'hono';
import type { Deps, WebEnv } from '../context.ts';
import { apiKeyHandlers } from './api-keys.ts';
import { customerHandlers } from './customers.ts';
import { docsPage } from './docs.tsx';
import { eventHandlers } from './events.ts';
import { importHandlers } from './imports.ts';
import { itemHandlers } from './items.ts';
import { paymentHandlers } from './payments.ts';
import { peopleHandlers } from './people.ts';
import { propertyHandlers } from './properties.ts';
import { register } from './register.ts';
import { apiKeyOperations } from './schemas/api-keys.ts';
import { customerOperations } from './schemas/customers.ts';
import { openApiDocument } from './schemas/document.ts';
import { eventOperations } from './schemas/events.ts';
import { importOperations } from './schemas/imports.ts';
import { itemOperations } from './schemas/items.ts';
import { paymentOperations } from './schemas/payments.ts';
import { peopleOperations } from './schemas/people.ts';
import { propertyOperations } from './schemas/properties.ts';
import { sessionOperations } from './schemas/session.ts';
import { settingsOperations } from './schemas/settings.ts';
import { sessionHandlers } from './session.ts';
import { settingsHandlers } from './settings.ts';

/** The version of the contract, as its document says it. */
const version = '1.0.0';

/** The API: every operation of its table, the document that describes them, and the same for reading. */
export function apiRoutes(deps: Deps): Hono<WebEnv> {
  const routes = new Hono<WebEnv>();
  const document = JSON.stringify(openApiDocument(deps.config.appUrl, version));
  routes.get('/v1/openapi.json', (c) => c.body(document, 200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-cache' }));
  routes.get('/docs', (c) => docsPage(c, deps.config.appUrl));

  const v1 = new Hono<WebEnv>();
  register(v1, deps, sessionOperations, sessionHandlers);
  register(v1, deps, settingsOperations, settingsHandlers);
  register(v1, deps, itemOperations, itemHandlers);
  register(v1, deps, customerOperations, customerHandlers);
  register(v1, deps, propertyOperations, propertyHandlers);
  register(v1, deps, peopleOperations, peopleHandlers);
  register(v1, deps, paymentOperations, paymentHandlers);
  register(v1, deps, eventOperations, eventHandlers());
  register(v1, deps, importOperations, importHandlers);
  register(v1, deps, apiKeyOperations, apiKeyHandlers);
  routes.route('/v1', v1);
  return routes;
}
