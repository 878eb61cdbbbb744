import { sql } from 'kysely';
import { publicId } from '../src/core/ids.ts';
import { newId } from '../src/db/fresh.ts';
import { inTransaction } from '../src/db/scope.ts';
import { questionCharge } from '../src/domain/messages/charges.ts';
import { askDetailsChange, readOwnAccounts } from '../src/domain/messages/details.ts';
import { askQuestion } from '../src/domain/messages/messages.ts';
import { announcePayment } from '../src/domain/payments/payments.ts';
import { changeOwnDetails } from '../src/domain/people/people.ts';
import { askableOf } from '../src/domain/questions/questions.ts';
import { makeExportTask } from '../src/tasks/make-export.ts';
import { renderPdfTask } from '../src/tasks/render-pdf.ts';
import { runImportTask } from '../src/tasks/run-import.ts';
import { done, type Json } from './api-client.ts';
import type { TestWeb } from './web.ts';
import { aLine, type House, inner, portalSession } from './world.ts';

/** A customer with something to be found by in every place that takes words. Each word holds `canary`, and says where it was written. */
export type CanaryCustomer = Readonly<{ id: string; personId: string; sharedId: string; otherId: string; invoiceId: string; identityId: string }>;

const address = { street: '1 Canarystreet Row', unit: 'Canaryunit', city: 'Canarycity', region: 'TX', postalCode: 'CANARY1', country: 'US' };
export const canaryMail = 'canary.rosa@example.com';

/** Made through the API, the customer's own pages and the tasks, as a business makes one over the years. */
export async function canaryCustomer(web: TestWeb, house: House): Promise<CanaryCustomer> {
  const { owner } = house;
  const made = await written(web, house);
  const at = { params: { customerId: made.id } };
  await paperTrail(web, house, made);
  await offered(web, house, made);
  await worked(web, house, made);
  await fromTheirPages(web, house, made);
  await besideThem(web, house, made);
  const { version } = await done(web, owner, 'readCustomer', at);
  await done(web, owner, 'changeCustomer', { ...at, version, body: { name: 'Canaryname Quill' } });
  await settled(web, house, made);
  return made;
}

async function written(web: TestWeb, { owner, business }: House): Promise<CanaryCustomer> {
  const customer = await done(web, owner, 'addCustomer', {
    body: {
      ...{ kind: 'commercial', name: 'Canaryformer Quill', company: 'Canarycompany Ltd', billingAddress: address },
      ...{ taxExempt: true, taxExemptNote: 'Canarytaxnote 12', notes: 'Canarynotes: has a dog' },
      contact: { name: 'Rosa Canaryperson', email: canaryMail, phone: '(512) 555-0177' },
    },
  });
  const at = { params: { customerId: customer.id } };
  const [person] = (await done(web, owner, 'listPeople', at)).items;
  const property = {
    code: 'CANARYCODE',
    name: 'Canaryhouse',
    unit: 'Canaryflat',
    address,
    accessNotes: 'Canaryaccess 4711',
    ownerName: 'Canaryowner',
    costCode: 'CANARYCOST',
  };
  await done(web, owner, 'addProperty', { ...at, body: property });
  const other = await done(web, owner, 'addCustomer', { body: { kind: 'residential', name: 'Gil Marlowe' } });
  const shared = await done(web, owner, 'addPerson', { ...at, body: { name: 'Dana Whitlock', email: 'dana@example.com' } });
  const rights = { propertyIds: null, canView: true, canAsk: true, canPay: true, canManage: false, approveLimitMinor: 0, bills: true };
  await done(web, owner, 'setRights', { params: { customerId: other.id, personId: shared.id }, body: rights });
  const identityId = await business.office(async ({ tx }) => {
    const row = await tx.selectFrom('people').select('identity_id').where('business_id', '=', business.id).where('email', '=', canaryMail).executeTakeFirst();
    return row?.identity_id ?? '';
  });
  return { id: customer.id, personId: person.id, sharedId: shared.id, otherId: other.id, invoiceId: '', identityId };
}

async function paperTrail(web: TestWeb, house: House, made: CanaryCustomer): Promise<void> {
  const { owner, field } = house;
  const words = {
    ...{ poNumber: 'CANARYPO', workOrderNumber: 'CANARYWO', terms: 'Canaryterms', message: 'Canarymessage', internalNote: 'Canaryinternal' },
    lines: [aLine({ name: 'Canaryline', description: 'Canarydescription', taxRateId: null })],
  };
  const begun = await done(web, owner, 'createDraft', { body: { customerId: made.id, ...words } });
  const photo = { bytes: new Uint8Array(Buffer.from('%PDF-1.7\nCanarybytes\n%%EOF\n')), type: 'application/pdf' };
  await done(web, owner, 'addAttachment', { params: { invoiceId: begun.id }, query: { name: 'canaryfile.pdf' }, raw: photo });
  Object.assign(made, { invoiceId: begun.id });
  await done(web, owner, 'sendInvoice', { params: { invoiceId: begun.id }, body: { personIds: [made.personId], note: 'Canarysendnote' } });
  await done(web, owner, 'createDraft', { body: { customerId: made.id, ...words, message: 'Canarydraftmessage' } });
  const canceled = await done(web, owner, 'createDraft', { body: { customerId: made.id, ...words } });
  const issued = await done(web, owner, 'issueInvoice', { params: { invoiceId: canceled.id }, version: canceled.version, body: {} });
  await done(web, owner, 'voidInvoice', { params: { invoiceId: canceled.id }, version: issued.version, body: { reason: 'Canarycancel' } });
  await done(web, owner, 'addAssignment', { body: { staffId: house.ids.crewId, customerId: made.id, note: 'Canaryassignment' } });
  await done(web, field, 'fieldWrite', { body: { customerId: made.id, lines: [{ itemId: house.ids.itemId, quantityMilli: 1000 }], note: 'Canaryfieldnote' } });
  await done(web, owner, 'saveFilter', { body: { list: 'invoices', name: 'Late: Canaryformer Quill', filter: { q: 'Canaryformer Quill' } } });
  await done(web, owner, 'addToShelf', { query: { name: 'canaryshelf.pdf', title: 'Canarytitle', kind: 'contract', customerId: made.id }, raw: photo });
  await done(web, owner, 'startBatch', { body: { kind: 'papers', chosen: { ids: [made.invoiceId] } } });
}

/** An estimate they recommended, waited on somebody else for, and declined in the end. */
async function offered(web: TestWeb, { owner, business }: House, made: CanaryCustomer): Promise<void> {
  const words = { scope: 'Canaryscope', exclusions: 'Canaryexclusions', terms: 'Canaryterms', message: 'Canarymessage', internalNote: 'Canaryinternal' };
  const lines = [aLine({ name: 'Canaryline', description: 'Canarydescription', taxRateId: null })];
  const { id, totals } = await done(web, owner, 'createEstimate', { body: { customerId: made.id, poNumber: 'CANARYPO', ...words, lines } });
  const at = { params: { estimateId: id } };
  await done(web, owner, 'sendEstimate', { ...at, body: { personIds: [made.personId], note: 'Canarysendnote' } });
  const by = { personId: made.personId, typedName: 'Rosa Canarysigner' };
  await done(web, owner, 'approveEstimate', { ...at, body: { ...by, totalMinor: totals.totalMinor, reason: 'Canaryrecommended' } });
  await done(web, owner, 'declineEstimate', { ...at, body: { ...by, reason: 'Canarydeclined' } });
  await business.system(async ({ tx, now }) => {
    await sql`update estimate_standings set waiting_for_name = 'Canarywaiting', waiting_instead_of = 'Canaryaway', first_approved_by = 'Canaryfirst'
      where business_id = ${business.id} and document_id = ${inner('estimate', id)}`.execute(tx);
    const [away, instead] = [inner('person', made.personId), inner('person', made.sharedId)];
    await sql`insert into stand_ins (business_id, id, customer_id, person_id, person_name, stand_in_id, stand_in_name, from_on, until_on, rights, created_at, created_by,
        ended_at, ended_by) values (${business.id}, ${newId()}, ${inner('customer', made.id)}, ${away}, 'Canaryaway', ${instead}, 'Canarystandin', '2026-01-01', '2026-01-02',
        '[]', ${now.toString()}, 'Canaryby', ${now.toString()}, 'Canaryender')`.execute(tx);
  });
}

/** A job with a work list, a visit that was made and one that was not. */
async function worked(web: TestWeb, { owner }: House, made: CanaryCustomer): Promise<void> {
  const words = { title: 'Canaryjob', crewNotes: 'Canarycrewnotes', customerNotes: 'Canaryforcustomer', poNumber: 'CANARYJOBPO' };
  const lines = [aLine({ name: 'Canarywork', description: 'Canarywhat' })];
  const job = await done(web, owner, 'createJob', { body: { customerId: made.id, ...words, lines } });
  const plan = () => done(web, owner, 'planVisit', { params: { jobId: job.id }, body: { day: job.today } });
  await done(web, owner, 'finishVisit', { params: { visitId: (await plan()).id }, body: { note: 'Canarydone' } });
  await done(web, owner, 'skipVisit', { params: { visitId: (await plan()).id }, body: { reason: 'Canaryskipped' } });
  const off = await done(web, owner, 'createJob', { body: { customerId: made.id, ...words } });
  await done(web, owner, 'cancelJob', { params: { jobId: off.id }, body: { reason: 'Canaryoff' } });
}

async function fromTheirPages(web: TestWeb, { business, owner }: House, made: CanaryCustomer): Promise<void> {
  const [document, customer, person] = [inner('invoice', made.invoiceId), inner('customer', made.id), inner('person', made.personId)];
  const actor = { kind: 'person', id: person, name: 'Rosa Canaryperson' } as const;
  const entry = { role: 'portal', business: business.id, actor, customers: [customer], accounts: [customer], people: [person] } as const;
  const { threadId, questionId } = await inTransaction(web.database, entry, async (scope) => {
    const asked = await askQuestion(scope, { documentId: document, lineId: null, text: 'Canaryquestion: was the filter changed?' });
    const told = { id: newId(), documentId: document, personId: person, method: 'check', alreadyPaid: false, amountMinor: 500n } as const;
    const expectedOn = scope.now.toZonedDateTimeISO('UTC').toPlainDate().add({ days: 3 }).toString();
    await announcePayment(scope, { ...told, expectedOn, note: 'Canaryannounced' });
    await changeOwnDetails(scope, { name: 'Rosa Canaryself', phone: '(512) 555-0177', language: 'es' });
    const [account] = await readOwnAccounts(scope);
    if (account)
      await askDetailsChange(scope, customer, {
        ...account,
        company: 'Canarynewcompany',
        billingAddress: { ...account.billingAddress, city: 'Canarynewcity' },
      });
    const { lines } = await askableOf(scope, document);
    const charge = { id: newId(), documentId: document, lineId: lines[0]?.id ?? null, amountMinor: 100n } as const;
    await questionCharge(scope, { ...charge, reason: 'other', text: 'Canaryquestioned: not that much.', language: 'es' });
    return { threadId: asked.threadId, questionId: publicId('question', charge.id) };
  });
  const [{ id: changeId }] = (await done(web, owner, 'listDetailChanges', { query: { customerId: made.id, state: 'waiting' } })).items;
  await done(web, owner, 'refuseDetailChange', { params: { changeId }, body: { words: 'Canaryrefused: there is no such city.' } });
  await done(web, owner, 'answerQuestionedCharge', { params: { questionId }, body: { kind: 'explanation', text: 'Canaryexplained, Rosa.' } });
  await done(web, owner, 'answerThread', { params: { threadId: publicId('thread', threadId) }, body: { body: 'Canaryanswer: yes, Rosa.' } });
  await portalSession(web, made.identityId);
}

async function besideThem(web: TestWeb, { business, owner }: House, made: CanaryCustomer): Promise<void> {
  const csv = `name,email,notes\nCanaryformer Quill,${canaryMail},x\nGil Marlowe,not-an-address-canaryproblem,y\n`;
  const imported = await done(web, owner, 'startImport', {
    query: { kind: 'customers', fileName: 'canary-import.csv', mode: 'check' },
    raw: { bytes: csv, type: 'text/csv' },
  });
  const { deps, database } = web;
  await runImportTask(deps)({ businessId: business.id, importId: inner('import', imported.id) });
  const edits = { edits: [{ row: 2, position: 2, value: 'Canaryedit' }] };
  const { version } = await done(web, owner, 'readImport', { params: { importId: imported.id } });
  await done(web, owner, 'editImport', { params: { importId: imported.id }, version, body: edits });
  for (const body of [{ kind: 'customers' }, { kind: 'subject', customerId: made.id }]) {
    const file = await done(web, owner, 'startExport', { body });
    await makeExportTask({ ...deps, dataDir: deps.config.dataDir })({ businessId: business.id, exportId: inner('export', file.id) });
  }
  await renderPdfTask({ database, files: deps.files, renderer: deps.pdf, appUrl: deps.config.appUrl })({
    businessId: business.id,
    documentId: inner('invoice', made.invoiceId),
  });
  await toldToOthers(web, business.id, made);
  await movedMoney(web, business.id, made);
}

/** What machines of others said, and what failed in the queue: written as their tasks write it. */
async function toldToOthers(web: TestWeb, business: string, made: CanaryCustomer): Promise<void> {
  const [customer, person] = [inner('customer', made.id), inner('person', made.personId)];
  await inTransaction(web.database, { role: 'system', business, actor: { kind: 'system', id: null, name: 'System' } }, async ({ tx, now }) => {
    const at = now.toString();
    const endpoint = newId();
    await sql`insert into webhook_endpoints (business_id, id, url, state, secret, cursor_seq, created_by_name, created_at)
      values (${business}, ${endpoint}, 'https://hooks.example.com/in', 'active', 'x', 0, 'Ida', ${at})`.execute(tx);
    const { rows } = await sql<{ id: string; seq: bigint; kind: string }>`select id, seq, kind from events
      where business_id = ${business} and customer_id = ${customer} limit 1`.execute(tx);
    const [event] = rows;
    const delivery = newId();
    await sql`insert into webhook_deliveries (business_id, id, endpoint_id, event_id, event_seq, kind, state, created_at, ended_at, last_error)
      values (${business}, ${delivery}, ${endpoint}, ${event?.id}, ${event?.seq}, ${event?.kind}, 'failed', ${at}, ${at}, 'Canarydelivery')`.execute(tx);
    await sql`insert into webhook_tries (business_id, delivery_id, number, at, duration_ms, error, answer)
      values (${business}, ${delivery}, 1, ${at}, 5, 'Canaryerror', 'Canaryanswered')`.execute(tx);
    await sql`insert into inbound_events (business_id, gateway, event_id, kind, body, received_at, handled_at)
      values (${business}, 'sandbox', 'evt_1', 'payment', ${`{"email":"${canaryMail}"}`}, ${at}, ${at})`.execute(tx);
    await sql`insert into links (business_id, id, document_id, customer_id, token_hash, sent_to, created_at, created_by, last_mailed_at, shared_by, shared_name, ends_at)
      select business_id, ${newId()}, document_id, customer_id, sha256(token_hash), ${`shared.${canaryMail}`}, created_at, 'Canarysharer', last_mailed_at, person_id,
        'Canaryshared', last_mailed_at from links where business_id = ${business} and customer_id = ${customer} and person_id is not null limit 1`.execute(tx);
    await sql`insert into statement_mails (business_id, person_id, customer_id, next_on, started_at) values (${business}, ${person}, ${customer}, '2026-02-01', ${at})`.execute(
      tx,
    );
    await sql`insert into mail_stops (business_id, person_id, kind, stopped_at, via) values (${business}, ${person}, 'reminders', ${at}, 'mail')`.execute(tx);
    await sql`update people set bounced_at = ${at}, bounce_kind = 'bounced', bounce_reason = 'Canarybounce' where business_id = ${business} and id = ${person}`.execute(
      tx,
    );
    await sql`update customers set import_key = 'canaryimportkey' where business_id = ${business} and id = ${customer}`.execute(tx);
    await sql`update properties set import_key = 'canarypropertykey' where business_id = ${business} and customer_id = ${customer}`.execute(tx);
    await sql`insert into imported_things (business_id, kind, key, thing_id, customer_id, import_id)
      select ${business}, 'customer', 'canarythingkey', ${customer}, ${customer}, id from imports where business_id = ${business} limit 1`.execute(tx);
    await sql`update batch_items set name = 'Canarybatch' where business_id = ${business} and thing_id = ${inner('invoice', made.invoiceId)}`.execute(tx);
    await sql`select enqueue_task('find-invoice', ${JSON.stringify({ number: '7', email: canaryMail })}::jsonb, null, null, 25, 0)`.execute(tx);
    await sql`update graphile_worker._private_jobs set last_error = 'Canaryfailed' where payload ->> 'email' = ${canaryMail}`.execute(tx);
  });
}

/** A card that was kept, what was agreed to with it, credit that was used and money that went back: written as the processor's news writes them. */
async function movedMoney(web: TestWeb, business: string, made: CanaryCustomer): Promise<void> {
  const [customer, person, document] = [inner('customer', made.id), inner('person', made.personId), inner('invoice', made.invoiceId)];
  const [method, mandate, payment] = [newId(), newId(), newId()];
  await inTransaction(web.database, { role: 'system', business, actor: { kind: 'system', id: null, name: 'System' } }, async ({ tx, now }) => {
    const at = now.toString();
    const today = at.slice(0, 10);
    await sql`insert into saved_methods (business_id, id, customer_id, person_id, person_name, gateway, state, reference, holder, label, created_at, saved_at)
      values (${business}, ${method}, ${customer}, ${person}, 'Canaryholder', 'sandbox', 'saved', 'pm_7', 'cus_7', 'Canarycard ending in 4242', ${at}, ${at})`.execute(
      tx,
    );
    await sql`insert into autopay_mandates (business_id, id, version, customer_id, person_id, person_name, person_email, method_id, method_label, cap_minor, currency,
        notice_days, language, wording, remote_address, given_at, ended_at, ended_reason, ended_by, ended_note)
      values (${business}, ${mandate}, 1, ${customer}, ${person}, 'Canarypayer', ${canaryMail}, ${method}, 'Canarycard ending in 4242', 50000, 'USD',
        3, 'en', 'Canarywording: charge my card', 'canaryaddress', ${at}, ${at}, 'by_person', 'Canaryname Quill', 'Canarystopped')`.execute(tx);
    await sql`insert into autopay_charges (business_id, id, mandate_id, customer_id, document_id, person_id, state, planned_on, next_on, amount_minor, currency,
        created_at, ended_at, ended_by)
      values (${business}, ${newId()}, ${mandate}, ${customer}, ${document}, ${person}, 'skipped', ${today}, ${today}, 500, 'USD', ${at}, ${at}, 'Canaryname Quill')`.execute(
      tx,
    );
    await sql`insert into credit_uses (business_id, id, customer_id, currency, amount_minor, state, used_on, used_by, created_at)
      values (${business}, ${newId()}, ${customer}, 'USD', 500, 'refused', ${today}, 'Canaryname Quill', ${at})`.execute(tx);
    await sql`insert into payments (business_id, id, customer_id, method, state, amount_minor, currency, started_on, created_at)
      values (${business}, ${payment}, ${customer}, 'card', 'expired', 500, 'USD', ${today}, ${at})`.execute(tx);
    await sql`insert into refunds (business_id, id, payment_id, customer_id, amount_minor, currency, method, origin, state, reason, asked_by_name, asked_at, ended_at)
      values (${business}, ${newId()}, ${payment}, ${customer}, 500, 'USD', 'cash', 'office', 'declined', 'Canaryrefund', 'Ida', ${at}, ${at})`.execute(tx);
  });
}

/** Nothing may be owed or kept when somebody is erased. */
async function settled(web: TestWeb, { owner }: House, made: CanaryCustomer): Promise<void> {
  const invoice: Json = await done(web, owner, 'readInvoice', { params: { invoiceId: made.invoiceId } });
  const amountMinor = invoice.standing.balanceMinor;
  await done(web, owner, 'recordPayment', {
    body: {
      ...{ customerId: made.id, method: 'check', amountMinor, receivedOn: invoice.issuedOn, reference: 'CANARYREF', note: 'Canarypaynote' },
      shares: [{ invoiceId: made.invoiceId, amountMinor }],
    },
  });
}
