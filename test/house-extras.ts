import { publicId } from '../src/core/ids.ts';
import { newId } from '../src/db/fresh.ts';
import { asLogin } from '../src/db/scope.ts';
import { type Caller, done } from './api-client.ts';
import type { SmallBusiness } from './small-business.ts';
import type { TestWeb } from './web.ts';

/** What hangs on a business besides its bills, each by the name of the path parameter that takes it. */
export type ExtraIds = Readonly<
  Record<
    | 'passkeyId'
    | 'sessionId'
    | 'invitationId'
    | 'assignmentId'
    | 'batchId'
    | 'filterId'
    | 'snippetId'
    | 'webhookId'
    | 'deliveryId'
    | 'depositId'
    | 'crewInvoiceId'
    | 'crewId'
    | 'template'
    | 'report',
    string
  >
>;

type Made = Readonly<{ customerId: string; itemId: string; invoiceId: string; crewId: string }>;

/** Makes one of each through the API. */
export async function makeExtras(web: TestWeb, business: SmallBusiness, callers: Readonly<{ owner: Caller; field: Caller }>, made: Made): Promise<ExtraIds> {
  const { owner, field } = callers;
  const { customerId, itemId, crewId } = made;
  const invited = await done(web, owner, 'inviteStaff', { body: { name: 'Max', email: `max.${newId().slice(-8)}@example.com`, role: 'office' } });
  const assigned = await done(web, owner, 'addAssignment', { body: { staffId: crewId, customerId } });
  const written = await done(web, field, 'fieldWrite', { body: { customerId, lines: [{ itemId, quantityMilli: 1000 }] } });
  const batch = await done(web, owner, 'startBatch', { body: { kind: 'papers', chosen: { ids: [made.invoiceId] } } });
  const filter = await done(web, owner, 'saveFilter', { body: { list: 'invoices', name: 'Late', filter: { tab: 'overdue' } } });
  const snippet = await done(web, owner, 'addSnippet', { body: { title: 'Hours', body: 'We are open from 8 to 6.' } });
  const { webhook } = await done(web, owner, 'addWebhook', { body: { url: 'https://hooks.example.com/in' } });
  const deposit = await done(web, owner, 'requestDeposit', { body: { customerId, asked: { kind: 'amount', amountMinor: 5000 } } });
  await done(web, owner, 'issueInvoice', { params: { invoiceId: deposit.id }, version: deposit.version, body: {} });
  return {
    ...{ invitationId: invited.id, assignmentId: assigned.id, crewInvoiceId: written.id, crewId, batchId: batch.id, filterId: filter.id },
    ...{ snippetId: snippet.id, webhookId: webhook.id, deliveryId: await deliveryOf(web, owner, webhook.id), depositId: deposit.id },
    ...(await ownThings(web, business, owner)),
    ...{ template: 'customers', report: 'aging' },
  };
}

/** What waits to be sent to the webhook: one test of it. */
async function deliveryOf(web: TestWeb, owner: Caller, webhookId: string): Promise<string> {
  await done(web, owner, 'testWebhook', { params: { webhookId } });
  const [delivery] = (await done(web, owner, 'listWebhookDeliveries', { params: { webhookId } })).items;
  return delivery.id;
}

/** The owner's second device, and a passkey, which only an authenticator can make: its row is written here. */
async function ownThings(web: TestWeb, business: SmallBusiness, owner: Caller): Promise<Pick<ExtraIds, 'passkeyId' | 'sessionId'>> {
  const id = newId();
  await asLogin(web.database, (tx, now) =>
    tx
      .insertInto('passkeys')
      .values({ id, identity_id: business.ownerIdentity, credential_id: id, public_key: Buffer.from('key'), name: 'Phone', created_at: now.toString() })
      .execute(),
  );
  const devices: { id: string; here: boolean }[] = (await done(web, owner, 'listDevices')).items;
  return { passkeyId: publicId('passkey', id), sessionId: devices.find(({ here }) => !here)?.id ?? devices[0]?.id ?? '' };
}
