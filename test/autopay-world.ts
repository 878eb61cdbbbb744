import { sql } from 'kysely';
import { newId } from '../src/db/fresh.ts';
import type { Database } from '../src/db/pool.ts';
import { inTransaction, type Scope } from '../src/db/scope.ts';
import { createDraft, issueInvoice } from '../src/domain/invoices/invoices.ts';
import { askSetup, beginSaving, giveMandate, openSetup, planBills, tendMandate } from '../src/domain/payments/payments.ts';
import { type Books, oneOf } from './books.ts';
import { booksWithTill, type Issued, place, type SandboxTill, tillKeys } from './till.ts';

/** Somebody signed in to the portal, with everything of one customer or some properties of it. */
export type Payer = Readonly<{ person: string; as: <T>(work: (scope: Scope) => Promise<T>) => Promise<T> }>;

export function payerOf(
  books: Books,
  database: Database,
  of: Readonly<{ person: string; name: string; customers?: readonly string[]; properties?: readonly string[]; accounts?: readonly string[] }>,
): Payer {
  const { person, name, customers = [books.customer], properties = [], accounts = [books.customer] } = of;
  const entry = { role: 'portal', business: books.business, identity: newId(), people: [person], customers, properties, accounts } as const;
  return { person, as: (work) => inTransaction(database, { ...entry, actor: { kind: 'person', id: person, name } }, work) };
}

/** Another person of the customer, with a right to all of it or to one property. */
export async function addPerson(
  books: Books,
  database: Database,
  name: string,
  more: Readonly<{ property?: string; manages?: boolean; pays?: boolean }> = {},
): Promise<Payer> {
  const person = newId();
  await books.office(async ({ tx, now }) => {
    const at = now.toString();
    await sql`insert into people (business_id, id, name, email, created_at) values (${books.business}, ${person}, ${name}, ${`${person}@example.com`}, ${at})`.execute(
      tx,
    );
    await sql`insert into grants (business_id, id, person_id, customer_id, property_id, can_manage, can_pay, created_at)
      values (${books.business}, ${newId()}, ${person}, ${books.customer}, ${more.property ?? null}, ${more.manages ?? false}, ${more.pays ?? true}, ${at})`.execute(
      tx,
    );
  });
  return payerOf(books, database, { person, name, ...(more.property ? { customers: [], properties: [more.property] } : {}) });
}

/** Keeps a method at the sandbox as a payer would: begun here, chosen there, asked about when they are back. */
export async function keep(desk: Pick<SandboxTill, 'till' | 'save'>, books: Books, payer: Payer, instrument: string): Promise<string> {
  const id = newId();
  const started = await payer.as((scope) => beginSaving(scope, { id, customerId: books.customer }));
  const opened = await openSetup(desk.till, started, place);
  if (opened.kind !== 'redirect') throw new Error(`the setup is ${opened.kind}`);
  await desk.save(opened.url.split('/').at(-1) ?? '', instrument);
  const state = await askSetup(desk.till, books.business, id);
  if (state !== 'saved') throw new Error(`the method is ${state}`);
  return id;
}

export type Agreeing = Readonly<{ methodId: string; capMinor?: bigint; noticeDays?: number; propertyId?: string | null; id?: string }>;

export function agree(books: Books, payer: Payer, input: Agreeing): Promise<void> {
  const { capMinor = 50_000n, noticeDays = 3, propertyId = null, id = newId(), methodId } = input;
  const text = { locale: 'en', remoteAddress: '198.51.100.7', what: 'all bills' } as const;
  return payer.as((scope) => giveMandate(scope, { id, customerId: books.customer, propertyId, methodId, capMinor, noticeDays, ...text }));
}

export type Planned = Readonly<{
  id: string;
  state: string;
  plannedOn: string;
  nextOn: string;
  amount: bigint;
  tries: number;
  failure: string;
  payment: string | null;
}>;

export async function chargesOf(books: Books, document?: string): Promise<Planned[]> {
  const { rows } = await books.system(({ tx }) =>
    sql<Planned>`select id, state, planned_on as "plannedOn", next_on as "nextOn", amount_minor as amount, tries, failure, payment_id as payment from autopay_charges
      where business_id = ${books.business} ${document === undefined ? sql`` : sql`and document_id = ${document}`} order by created_at, id`.execute(tx),
  );
  return rows;
}

/** Pays by itself with a fresh card; one bill of the given amount is planned, and its day has come. */
export async function dueToday(
  database: Database,
  desk: SandboxTill,
  more: Readonly<{ instrument?: string; amountMinor?: number; capMinor?: bigint }> = {},
): Promise<{ books: Books; dana: Payer; method: string; invoice: Issued; charge: string }> {
  const books = await booksWithTill(database);
  const dana = payerOf(books, database, { person: books.person, name: 'Dana Whitlock' });
  const method = await keep(desk, books, dana, more.instrument ?? 'card_success');
  await agree(books, dana, { methodId: method, capMinor: more.capMinor ?? 50_000n });
  const { invoice, charge } = await planToday(books, more.amountMinor);
  return { books, dana, method, invoice, charge };
}

/** One more bill of an account that pays by itself: due, planned, and its day has come. */
export async function planToday(books: Books, amountMinor = 10_000): Promise<{ invoice: Issued; charge: string }> {
  const invoice = await billDue(books, amountMinor, todayHere());
  await books.system((scope) => planBills(scope, tillKeys, null));
  await dayHasCome(books);
  const [charge] = await chargesOf(books, invoice.id);
  return { invoice, charge: charge?.id ?? '' };
}

/** An invoice of the customer due on a day. */
export async function billDue(books: Books, amountMinor: number, dueOn: string, more: Readonly<{ property?: string }> = {}): Promise<Issued> {
  return books.office(async (scope) => {
    const lines = [oneOf(amountMinor, { taxRateId: null, ...(more.property ? { propertyId: more.property } : {}) })];
    const draft = await createDraft(scope, { customerId: books.customer, lines, dueOn, ...(more.property ? { propertyId: more.property } : {}) });
    const { totalMinor } = await issueInvoice(scope, draft.id, { show: true });
    return { id: draft.id, totalMinor, parts: [] };
  });
}

/** The day it is in Sampleton. */
export const todayHere = (): string => Temporal.Now.zonedDateTimeISO('America/Chicago').toPlainDate().toString();

/** Moves every planned charge to today. */
export async function dayHasCome(books: Books): Promise<void> {
  await books.system(({ tx, now }) =>
    sql`update autopay_charges set next_on = (${now.toString()}::timestamptz at time zone 'America/Chicago')::date where business_id = ${books.business} and state = 'planned'`.execute(
      tx,
    ),
  );
}

export const tend = async (books: Books): Promise<void> => {
  const { rows } = await books.system(({ tx }) =>
    sql<{ id: string }>`select id from autopay_mandates where business_id = ${books.business} order by given_at`.execute(tx),
  );
  for (const { id } of rows) await books.system((scope) => tendMandate(scope, tillKeys, id));
};
