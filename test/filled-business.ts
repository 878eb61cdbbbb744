import { sql } from 'kysely';
import type { FileStore } from '../src/core/gateways.ts';
import { newId } from '../src/db/fresh.ts';
import type { Database } from '../src/db/pool.ts';
import { inTransaction } from '../src/db/scope.ts';
import { approveEstimate, declineEstimate } from '../src/domain/approvals/approvals.ts';
import { createCustomer } from '../src/domain/customers/customers.ts';
import { createProperty } from '../src/domain/customers/properties.ts';
import { computeChoice, createDraft as createEstimate, issueEstimate, reviseEstimate } from '../src/domain/estimates/estimates.ts';
import { createDraft, issueInvoice, replaceInvoice } from '../src/domain/invoices/invoices.ts';
import { sendEstimate, sendInvoice } from '../src/domain/links/links.ts';
import { askQuestion } from '../src/domain/messages/messages.ts';
import { recordPayment } from '../src/domain/payments/payments.ts';
import { addPerson } from '../src/domain/people/people.ts';
import { oneOf } from './books.ts';
import { type SmallBusiness, smallBusiness, testKeys } from './small-business.ts';

/** A business with something of everything that leaves with it. */
export type FilledBusiness = SmallBusiness & Readonly<{ customer: string; person: string; property: string; sent: string; replaced: string; file: string }>;

export type Names = Readonly<{ customer: string; person: string; email: string; phone: string; street: string; question: string; note: string }>;
const usual: Names = {
  customer: 'Núria Peña',
  person: 'Rosa Quill',
  email: 'rosa.quill@example.com',
  phone: '(512) 555-0111',
  street: '9 Elm Court',
  question: 'Was the filter changed?',
  note: 'Gate code on file',
};

export async function filledBusiness(database: Database, files: FileStore, names: Partial<Names> = {}): Promise<FilledBusiness> {
  const { customer: name, person: personName, email, phone, street, question, note } = { ...usual, ...names };
  const house = await smallBusiness(database);
  const { office } = house;
  const address = { street, unit: '', city: 'Sampleton', region: 'TX', postalCode: '00000', country: 'US' };
  const customer = await office((scope) => createCustomer(scope, { kind: 'residential', name, notes: note, billingAddress: address }));
  const property = await office((scope) => createProperty(scope, { customerId: customer.id, name: 'House', code: 'H-1', address, accessNotes: note }));
  const person = await office((scope) => addPerson(scope, { customerId: customer.id, name: personName, email, phone }));
  const invoice = (amountMinor: number): Promise<string> =>
    office(async (scope) => (await createDraft(scope, { customerId: customer.id, lines: [oneOf(amountMinor, { propertyId: property.id })] })).id);
  const [sent, replaced] = [await invoice(18_600), await invoice(25_000)];
  await office((scope) => sendInvoice(scope, testKeys, { documentId: sent, personIds: [person.id] }));
  await office((scope) => issueInvoice(scope, replaced));
  const newer = await office((scope) => replaceInvoice(scope, replaced, 'Wrong hours'));
  await office((scope) => issueInvoice(scope, newer.id));
  const today = await office(async ({ now }) => now.toZonedDateTimeISO('America/Chicago').toPlainDate().toString());
  await office((scope) =>
    recordPayment(scope, {
      ...{ id: newId(), customerId: customer.id, currency: 'USD', method: 'check', amountMinor: 10_000n, receivedOn: today },
      ...{ reference: '88', note: `from ${personName}`, targets: [{ documentId: sent, amountMinor: 8_600n }], keepCredit: true },
    }),
  );
  const asker = { role: 'portal', business: house.id, actor: { kind: 'person', id: person.id, name: personName } } as const;
  const granted = { customers: [customer.id], accounts: [customer.id], people: [person.id] };
  await inTransaction(database, { ...asker, ...granted }, (scope) => askQuestion(scope, { documentId: sent, lineId: null, text: question }));
  await agreed(house, { customerId: customer.id, personId: person.id, personName });
  const file = await files.put(house.id, Buffer.from(`%PDF-1.7 ${house.id}`));
  await office(async ({ tx, now, business }) => {
    const bytes = Buffer.from(file.sha256, 'hex');
    await sql`insert into files (business_id, sha256, bytes, mime, created_at) values (${business}, ${bytes}, ${file.size}, 'application/pdf', ${now.toString()})`.execute(
      tx,
    );
    await sql`insert into file_refs (business_id, id, sha256, purpose, name, document_id, customer_id, created_at)
      values (${business}, ${newId()}, ${bytes}, 'pdf', 'one.pdf', ${sent}, ${customer.id}, ${now.toString()})`.execute(tx);
  });
  return { ...house, customer: customer.id, person: person.id, property: property.id, sent, replaced, file: file.sha256 };
}

/** An estimate with an option, sent, declined, written anew and approved. */
async function agreed(
  { office }: SmallBusiness,
  { customerId, personId, personName }: { customerId: string; personId: string; personName: string },
): Promise<void> {
  const lines = [oneOf(30_000), oneOf(5_000, { choice: { kind: 'optional', chosen: true } })];
  const { id } = await office((scope) =>
    createEstimate(scope, { customerId, lines, terms: 'Half on start.', deposit: { kind: 'percent', ratePpm: 500_000n } }),
  );
  await office((scope) => sendEstimate(scope, testKeys, { documentId: id, personIds: [personId] }));
  const by = { personId, identifiedBy: 'office', typedName: personName } as const;
  await office((scope) => declineEstimate(scope, { ...by, documentId: id, reason: 'Too much' }));
  const { id: documentId } = await office(async (scope) => issueEstimate(scope, (await reviseEstimate(scope, id)).id));
  const { totals } = await office((scope) => computeChoice(scope, documentId, {}));
  await office((scope) => approveEstimate(scope, { ...by, documentId, totalMinor: totals.totalMinor, acceptTerms: true }));
}

/** A zip with one byte changed inside the named part, as a bad disk would. */
export function damaged(zip: Buffer, part: string): Buffer {
  const bytes = Buffer.from(zip);
  const at = bytes.indexOf(part) + part.length + 8;
  bytes[at] = (bytes[at] ?? 0) ^ 0x55;
  return bytes;
}
