import { sql } from 'kysely';
import { publicId, readId } from '../src/core/ids.ts';
import { newId } from '../src/db/fresh.ts';
import { asLogin } from '../src/db/scope.ts';
import { addVisitPhoto } from '../src/domain/jobs/visits.ts';
import { recordPayout } from '../src/domain/payments/payments.ts';
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
    | 'payoutId'
    | 'deliveryId'
    | 'depositId'
    | 'estimateId'
    | 'estimateFileId'
    | 'paperId'
    | 'chatId'
    | 'chatFileId'
    | 'approvalId'
    | 'mandateId'
    | 'crewInvoiceId'
    | 'jobId'
    | 'visitId'
    | 'visitPhotoId'
    | 'crewId'
    | 'template'
    | 'report',
    string
  >
>;

type Made = Readonly<{ customerId: string; itemId: string; invoiceId: string; crewId: string }>;

const priced = { name: 'New faucet', quantityMilli: 1000, unitPriceMilli: 9_300_000, taxRateId: null };

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
  const estimate = await done(web, owner, 'createEstimate', { body: { customerId, lines: [{ ...priced, id: publicId('line', newId()) }] } });
  const plan = await done(web, owner, 'addEstimateFile', {
    params: { estimateId: estimate.id },
    query: { name: 'plan.pdf' },
    raw: { bytes: '%PDF-1.7\n%%EOF\n', type: 'application/pdf' },
  });
  await done(web, owner, 'issueEstimate', { params: { estimateId: estimate.id }, version: estimate.version, body: { show: true } });
  return {
    ...{ estimateId: estimate.id, estimateFileId: plan.id, approvalId: await approvalOf(web, owner, estimate.id) },
    ...{ invitationId: invited.id, assignmentId: assigned.id, crewInvoiceId: written.id, crewId, batchId: batch.id, filterId: filter.id },
    ...{ snippetId: snippet.id, webhookId: webhook.id, deliveryId: await deliveryOf(web, owner, webhook.id), depositId: deposit.id },
    mandateId: await mandateOf(business, customerId),
    payoutId: await payoutOf(business),
    ...(await chatOf(web, owner, customerId)),
    paperId: await paperOf(web, owner, customerId),
    ...(await ownThings(web, business, owner)),
    ...(await workOf(web, business, owner, made)),
    ...{ template: 'customers', report: 'aging' },
  };
}

/** An insurance on the customer's shelf. */
async function paperOf(web: TestWeb, owner: Caller, customerId: string): Promise<string> {
  const raw = { bytes: '%PDF-1.7\n%%EOF\n', type: 'application/pdf' };
  const query = { name: 'insurance.pdf', title: 'Insurance', kind: 'insurance', customerId };
  return (await done(web, owner, 'addToShelf', { query, raw })).id;
}

/** A conversation the office began, with a file in it. */
async function chatOf(web: TestWeb, owner: Caller, customerId: string): Promise<{ chatId: string; chatFileId: string }> {
  const [person] = (await done(web, owner, 'listPeople', { params: { customerId } })).items;
  const { id: threadId } = await done(web, owner, 'startThread', { body: { customerId, personId: person.id, subject: 'Key', body: 'Who has it?' } });
  const raw = { bytes: '%PDF-1.7\n%%EOF\n', type: 'application/pdf' };
  const file = await done(web, owner, 'addThreadFile', { params: { threadId }, query: { name: 'key.pdf' }, raw });
  await done(web, owner, 'answerThread', { params: { threadId }, body: { body: 'This one.', fileIds: [file.id] } });
  return { chatId: threadId, chatFileId: file.id };
}

/** The record of an approval that was taken back again: the estimate waits as before. */
async function approvalOf(web: TestWeb, owner: Caller, estimateId: string): Promise<string> {
  const [{ personId }] = (await done(web, owner, 'listEstimateRecipients', { params: { estimateId } })).items;
  await done(web, owner, 'approveEstimate', { params: { estimateId }, body: { personId, typedName: 'Rosa Quill', totalMinor: 9300 } });
  await done(web, owner, 'undoEstimateApproval', { params: { estimateId }, body: {} });
  return (await done(web, owner, 'listApprovals', { query: { estimateId, kind: 'approved' } })).items[0].id;
}

/** A job with a visit that the crew makes today, and a photo of it. */
async function workOf(
  web: TestWeb,
  business: SmallBusiness,
  owner: Caller,
  { customerId, crewId }: Made,
): Promise<Pick<ExtraIds, 'jobId' | 'visitId' | 'visitPhotoId'>> {
  const { id: jobId, today } = await done(web, owner, 'createJob', {
    body: { customerId, title: 'New faucet', lines: [{ ...priced, id: publicId('line', newId()) }] },
  });
  const { id: visitId } = await done(web, owner, 'planVisit', { params: { jobId }, body: { day: today, crewIds: [crewId] } });
  const { sha256, size } = await web.deps.files.put(business.id, Buffer.from([0xff, 0xd8, 0xff, 0xd9]));
  const kept = { name: 'sink.jpg', mediaType: 'image/jpeg', bytes: size, sha256 };
  const photo = await business.office((scope) => addVisitPhoto(scope, readId('visit', visitId) ?? '', kept));
  return { jobId, visitId, visitPhotoId: publicId('file', photo.id) };
}

/** What a processor told. */
async function payoutOf(business: SmallBusiness): Promise<string> {
  const reference = `po_${newId()}`;
  const news = {
    reference,
    state: 'paid',
    amountMinor: 0n,
    currency: 'USD',
    arrivesUnixS: 1_790_000_000,
    createdUnixS: 1_789_900_000,
    failure: '',
    manual: false,
  } as const;
  return business.system(async (scope) => {
    await recordPayout(scope, 'sandbox', news, []);
    const { rows } = await sql<{ id: string }>`select id from payouts where business_id = ${scope.business} and reference = ${reference}`.execute(scope.tx);
    return publicId('payout', rows[0]?.id ?? '');
  });
}

/** What somebody of the customer agreed to, which only they can, signed in: its rows are written here. */
async function mandateOf(business: SmallBusiness, customerId: string): Promise<string> {
  const [id, method, customer] = [newId(), newId(), readId('customer', customerId)];
  await business.system(async ({ tx, now, business: b }) => {
    const at = now.toString();
    await sql`insert into saved_methods (business_id, id, customer_id, person_id, person_name, gateway, state, reference, holder, label, created_at, saved_at)
      select ${b}, ${method}, ${customer}, person_id, 'Rosa Quill', 'sandbox', 'saved', 'sm_1', 'cu_1', 'Visa •••• 4242', ${at}, ${at}
      from grants where business_id = ${b} and customer_id = ${customer} limit 1`.execute(tx);
    await sql`insert into autopay_mandates (business_id, id, version, customer_id, person_id, person_name, person_email, method_id, method_label, cap_minor, currency, notice_days,
        language, wording, remote_address, given_at)
      select ${b}, ${id}, 1, ${customer}, person_id, 'Rosa Quill', 'rosa@example.com', ${method}, 'Visa •••• 4242', 50000, 'USD', 3, 'en', 'I allow it.', '198.51.100.7', ${at}
      from saved_methods where business_id = ${b} and id = ${method}`.execute(tx);
  });
  return publicId('mandate', id);
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
