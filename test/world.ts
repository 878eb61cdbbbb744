import { beforeAll } from 'vitest';
import { publicId, readId } from '../src/core/ids.ts';
import { newId } from '../src/db/fresh.ts';
import { asLogin, inTransaction } from '../src/db/scope.ts';
import type { NewBusiness } from '../src/domain/businesses/sign-up.ts';
import { questionCharge } from '../src/domain/messages/charges.ts';
import { askDetailsChange, readOwnAccounts } from '../src/domain/messages/details.ts';
import { askQuestion } from '../src/domain/messages/messages.ts';
import { announcePayment } from '../src/domain/payments/payments.ts';
import { createApiKey } from '../src/domain/people/api-keys.ts';
import { openSession } from '../src/domain/people/entry/sessions.ts';
import { keyRights } from '../src/domain/people/rights.ts';
import { addStaff } from '../src/domain/people/staff.ts';
import { type Caller, done, type Json } from './api-client.ts';
import { type ExtraIds, makeExtras } from './house-extras.ts';
import { type SmallBusiness, smallBusiness } from './small-business.ts';
import { type TestWeb, testWeb } from './web.ts';

/** One business with something of everything, made through its API. Ids are public ones. */
export type House = Readonly<{
  business: SmallBusiness;
  /** Everyone who works here, each with a session; and programs with keys. */
  owner: Caller;
  office: Caller;
  field: Caller;
  key: Caller;
  keyWithout: Caller;
  /** A session of the portal, of a person of the customer. */
  portal: Caller;
  ids: Ids;
}>;

/** By the name of the path parameter that takes it. */
export type Ids = Readonly<
  Record<
    | 'customerId'
    | 'propertyId'
    | 'personId'
    | 'itemId'
    | 'taxRateId'
    | 'invoiceId'
    | 'draftId'
    | 'fileId'
    | 'linkId'
    | 'paymentId'
    | 'announcementId'
    | 'standInId'
    | 'threadId'
    | 'changeId'
    | 'questionId'
    | 'mailId'
    | 'importId'
    | 'exportId'
    | 'keyId'
    | 'staffId',
    string
  > &
    ExtraIds
>;

export type World = Readonly<{ web: TestWeb; otter: House; mop: House }>;

/** A session of the office for an identity that has just shown, by a code too, that it is there. */
export async function officeSession(web: TestWeb, business: string, identityId: string): Promise<Caller> {
  const { token } = await asLogin(web.database, (tx, now) =>
    openSession(tx, now, { life: 'office', identityId, business, assurance: ['password', 'code'], device: 'test', replaces: null }),
  );
  return { cookies: { office: token } };
}

export async function portalSession(web: TestWeb, identityId: string): Promise<Caller> {
  const { token } = await asLogin(web.database, (tx, now) =>
    openSession(tx, now, { life: 'portal', identityId, business: null, assurance: ['code'], device: 'test', replaces: null }),
  );
  return { cookies: { portal: token } };
}

export function inner(kind: Parameters<typeof readId>[0], id: string): string {
  const uuid = readId(kind, id);
  if (uuid === null) throw new Error(`${id} is no ${kind}`);
  return uuid;
}

export const aLine = (more: Readonly<Record<string, unknown>> = {}): Json => ({
  id: publicId('line', newId()),
  name: 'Drain cleaning',
  quantityMilli: 2000,
  unitPriceMilli: 9_300_000,
  taxRateId: null,
  ...more,
});

async function callersOf(web: TestWeb, business: SmallBusiness) {
  const colleague = (role: 'office' | 'field') =>
    business.office((scope) => addStaff(scope, { name: `${role} hand`, email: `${role}.${newId().slice(-8)}@example.com`, role }));
  const keyFor = async (scopes: readonly string[]) => {
    const { id, key } = await business.office((scope) => createApiKey(scope, { name: `for ${scopes.length} rights`, scopes }));
    return { id, key };
  };
  const [office, field] = [await colleague('office'), await colleague('field')];
  const [all, one] = [await keyFor(keyRights), await keyFor(['imports:read'])];
  return {
    owner: await officeSession(web, business.id, business.ownerIdentity),
    office: await officeSession(web, business.id, office.identityId),
    field: await officeSession(web, business.id, field.identityId),
    key: { key: all.key },
    keyWithout: { key: one.key },
    keyId: publicId('apiKey', one.id),
    staffId: publicId('staff', office.id),
    crewId: publicId('staff', field.id),
  };
}

/** A business with a customer, a property, a person, an item, a draft, a sent invoice and all that hangs on them. */
export async function makeHouse(web: TestWeb, input: Partial<NewBusiness> = {}): Promise<House> {
  const business = await smallBusiness(web.database, input);
  const { keyId, staffId, crewId, ...callers } = await callersOf(web, business);
  const { owner } = callers;
  const email = `rosa.${newId().slice(-8)}@example.com`;
  const customer = await done(web, owner, 'addCustomer', {
    body: { kind: 'residential', name: 'Rosa Quill', contact: { name: 'Rosa Quill', email, phone: '(512) 555-0111' } },
  });
  const at = { params: { customerId: customer.id } };
  const property = await done(web, owner, 'addProperty', { ...at, body: { code: 'LK-01', name: 'Larkspur House' } });
  const [person] = (await done(web, owner, 'listPeople', at)).items;
  const item = await done(web, owner, 'addItem', { body: { name: 'Drain cleaning', unitPriceMilli: 9_300_000 } });
  const [taxRate] = (await done(web, owner, 'listTaxRates')).items;
  const draft = await done(web, owner, 'createDraft', { body: { customerId: customer.id, lines: [aLine()] } });
  const begun = await done(web, owner, 'createDraft', { body: { customerId: customer.id, lines: [aLine()] } });
  const photo = { bytes: new Uint8Array(Buffer.from('%PDF-1.7\n%%EOF\n')), type: 'application/pdf' };
  const file = await done(web, owner, 'addAttachment', { params: { invoiceId: begun.id }, query: { name: 'drain.pdf' }, raw: photo });
  const sent = await done(web, owner, 'sendInvoice', { params: { invoiceId: begun.id }, body: { personIds: [person.id] } });
  const [link] = (await done(web, owner, 'listLinks', { params: { invoiceId: begun.id } })).items;
  const shares = [{ invoiceId: begun.id, amountMinor: 100 }];
  const receivedOn = sent.invoice.issuedOn;
  const payment = await done(web, owner, 'recordPayment', { body: { customerId: customer.id, method: 'check', amountMinor: 100, receivedOn, shares } });
  const refundId = await declinedRefund(web, callers, payment.id);
  const csv = { bytes: 'name,email\nGil Marlowe,gil@example.com\n', type: 'text/csv' };
  const imported = await done(web, owner, 'startImport', { query: { kind: 'customers', fileName: 'customers.csv' }, raw: csv });
  const asked = await done(web, owner, 'startExport', { body: { kind: 'customers' } });
  const spoken = await fromCustomer(web, business, {
    document: inner('invoice', begun.id),
    customer: inner('customer', customer.id),
    person: inner('person', person.id),
  });
  await officeSession(web, business.id, business.ownerIdentity);
  const extras = await makeExtras(web, business, callers, { customerId: customer.id, itemId: item.id, invoiceId: begun.id, crewId });
  return {
    business,
    ...callers,
    portal: await portalSession(web, spoken.identityId),
    ids: {
      ...{ customerId: customer.id, propertyId: property.id, personId: person.id, itemId: item.id, taxRateId: taxRate.id },
      ...{
        invoiceId: begun.id,
        draftId: draft.id,
        fileId: file.id,
        linkId: link.id,
        paymentId: payment.id,
        refundId,
        creditNoteId: publicId('creditNote', newId()),
        standInId: publicId('standIn', newId()),
        importId: imported.id,
        exportId: asked.id,
      },
      ...extras,
      ...{
        mailId: sent.mails[0].mailId,
        threadId: publicId('thread', spoken.threadId),
        changeId: publicId('detailChange', spoken.changeId),
        questionId: publicId('question', spoken.questionId),
        announcementId: spoken.announcementId,
        keyId,
        staffId,
      },
    },
  };
}

/** A refund that waited for a second person and was declined: it is there, and moved nothing. */
async function declinedRefund(
  web: TestWeb,
  { owner, office }: Pick<Awaited<ReturnType<typeof callersOf>>, 'owner' | 'office'>,
  paymentId: string,
): Promise<string> {
  await done(web, owner, 'changeRefundRules', { body: { limitMinor: 1 } });
  const { id } = await done(web, office, 'refundPayment', { params: { paymentId }, body: { amountMinor: 1, method: 'cash', reason: 'Too much' } });
  await done(web, owner, 'declineRefund', { params: { refundId: id } });
  await done(web, owner, 'changeRefundRules', { body: { limitMinor: 50_000 } });
  return id;
}

type Spoken = Readonly<{ changeId: string; threadId: string; questionId: string; announcementId: string; identityId: string }>;

/** What the customer did on their page: asked, and told of a check. */
async function fromCustomer(web: TestWeb, business: SmallBusiness, ids: Readonly<{ document: string; customer: string; person: string }>): Promise<Spoken> {
  const { document, customer, person } = ids;
  const actor = { kind: 'person', id: person, name: 'Rosa Quill' } as const;
  const entry = { role: 'portal', business: business.id, actor, customers: [customer], accounts: [customer], people: [person] } as const;
  const announcementId = newId();
  const spoken = await inTransaction(web.database, entry, async (scope) => {
    const { threadId } = await askQuestion(scope, { documentId: document, lineId: null, text: 'Was the filter changed?' });
    const expectedOn = scope.now.toZonedDateTimeISO('UTC').toPlainDate().add({ days: 3 }).toString();
    const told = {
      id: announcementId,
      documentId: document,
      personId: person,
      method: 'check',
      alreadyPaid: false,
      amountMinor: 500n,
      expectedOn,
      note: '',
    } as const;
    await announcePayment(scope, told);
    const questionId = newId();
    await questionCharge(scope, { id: questionId, documentId: document, lineId: null, amountMinor: 100n, reason: 'amount', text: 'Less?', language: 'en' });
    const address = { street: '1 Elm Court', unit: '', city: 'Sampleton', region: 'TX', postalCode: '00000', country: 'US' };
    const [account] = await readOwnAccounts(scope);
    if (account === undefined) throw new Error('whoever pays changes the billing details');
    const { waitingId } = await askDetailsChange(scope, customer, { ...account, billingAddress: address });
    return { threadId, announcementId, questionId, changeId: waitingId ?? '' };
  });
  const identityId = await business.office(async ({ tx }) => {
    const row = await tx.selectFrom('people').select('identity_id').where('business_id', '=', business.id).where('id', '=', person).executeTakeFirstOrThrow();
    return row.identity_id ?? '';
  });
  return { ...spoken, identityId };
}

/** One web with two businesses that must never meet. */
export function testWorld(): () => World {
  const web = testWeb();
  let made: World | null = null;
  beforeAll(async () => {
    made = { web: web(), otter: await makeHouse(web()), mop: await makeHouse(web()) };
  });
  return () => {
    if (made === null) throw new Error('the world exists inside tests only');
    return made;
  };
}
