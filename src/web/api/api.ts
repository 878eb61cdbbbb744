import { Hono } from 'hono';
import type { Deps, WebEnv } from '../context.ts';
import { apiKeyHandlers } from './api-keys.ts';
import { bulkHandlers } from './bulk.ts';
import { customerHandlers } from './customers.ts';
import { docsPage } from './docs.tsx';
import { eventHandlers } from './events.ts';
import { homeHandlers } from './home.ts';
import { importHandlers } from './imports.ts';
import { invoiceHandlers } from './invoices.ts';
import { itemHandlers } from './items.ts';
import { linkHandlers } from './links.ts';
import { mailHandlers } from './mails.ts';
import { messageHandlers } from './messages.ts';
import { paymentHandlers } from './payments.ts';
import { peopleHandlers } from './people.ts';
import { propertyHandlers } from './properties.ts';
import { register } from './register.ts';
import { reportHandlers } from './reports.ts';
import { apiKeyOperations } from './schemas/api-keys.ts';
import { bulkOperations } from './schemas/bulk.ts';
import { customerOperations } from './schemas/customers.ts';
import { openApiDocument } from './schemas/document.ts';
import { eventOperations } from './schemas/events.ts';
import { homeOperations } from './schemas/home.ts';
import { importOperations } from './schemas/imports.ts';
import { invoiceOperations } from './schemas/invoices.ts';
import { itemOperations } from './schemas/items.ts';
import { linkOperations } from './schemas/links.ts';
import { mailOperations } from './schemas/mails.ts';
import { messageOperations } from './schemas/messages.ts';
import { paymentOperations } from './schemas/payments.ts';
import { peopleOperations } from './schemas/people.ts';
import { propertyOperations } from './schemas/properties.ts';
import { reportOperations } from './schemas/reports.ts';
import { searchOperations } from './schemas/search.ts';
import { sendingOperations } from './schemas/sending.ts';
import { sessionOperations } from './schemas/session.ts';
import { settingsOperations } from './schemas/settings.ts';
import { searchHandlers } from './search.ts';
import { sendingHandlers } from './sending.ts';
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
  register(v1, deps, bulkOperations, bulkHandlers);
  register(v1, deps, invoiceOperations, invoiceHandlers);
  register(v1, deps, sendingOperations, sendingHandlers);
  register(v1, deps, linkOperations, linkHandlers);
  register(v1, deps, messageOperations, messageHandlers);
  register(v1, deps, mailOperations, mailHandlers);
  register(v1, deps, homeOperations, homeHandlers);
  register(v1, deps, searchOperations, searchHandlers);
  register(v1, deps, paymentOperations, paymentHandlers);
  register(v1, deps, eventOperations, eventHandlers());
  register(v1, deps, importOperations, importHandlers);
  register(v1, deps, reportOperations, reportHandlers);
  register(v1, deps, apiKeyOperations, apiKeyHandlers);
  routes.route('/v1', v1);
  return routes;
}
