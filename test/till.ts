import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { newId } from '../src/db/fresh.ts';
import type { Database } from '../src/db/pool.ts';
import type { Scope } from '../src/db/scope.ts';
import { createDraft, issueInvoice } from '../src/domain/invoices/invoices.ts';
import type { CheckoutPlace, StartPayment, Till } from '../src/domain/payments/payments.ts';
import type { Knobs, Notice, Truth } from '../src/outside/cards/sandbox/model.ts';
import { sandboxGateway } from '../src/outside/cards/sandbox-gateway.ts';
import { type SandboxProcess, startSandbox } from '../src/outside/cards/sandbox-process.ts';
import { keysOf } from '../src/outside/keys.ts';
import { type Books, ida, makeBooks, oneOf } from './books.ts';

export const tillSecret = 'a secret of tests only, 32 letters and more';
export const tillKeys = keysOf(tillSecret);
export const sandboxKey = 'a key for the sandbox of tests';

/** Books whose business takes cards in the sandbox, and whose office may record payments. */
export async function booksWithTill(database: Database, changes: Parameters<typeof makeBooks>[1] = {}): Promise<Books> {
  const books = await makeBooks(database, changes);
  await books.office(async ({ tx, now }) => {
    await sql`update business_profiles set gateway = 'sandbox' where business_id = ${books.business}`.execute(tx);
    await sql`insert into staff (business_id, id, identity_id, name, email, role, created_at)
      values (${books.business}, ${ida.id}, ${newId()}, ${ida.name}, 'ida@example.com', 'owner', ${now.toString()})`.execute(tx);
  });
  return books;
}

export type Issued = Readonly<{ id: string; totalMinor: bigint; parts: readonly Readonly<{ id: string; propertyId: string | null; totalMinor: bigint }>[] }>;

/** An invoice the customer sees: one line per amount, each for the property at its place, untaxed. */
export async function issued(
  books: Books,
  amounts: readonly (number | bigint)[],
  options: { spread?: boolean; customer?: string; currency?: string } = {},
): Promise<Issued> {
  return books.office(async (scope) => {
    const lines = amounts.map((amount, at) => oneOf(amount, { taxRateId: null, ...(options.spread ? { propertyId: books.properties[at % 3] } : {}) }));
    const draft = await createDraft(scope, { customerId: options.customer ?? books.customer, lines });
    const { totalMinor } = await issueInvoice(scope, draft.id, { show: true });
    const parts = await sql<{ id: string; propertyId: string | null; totalMinor: bigint }>`select id, property_id as "propertyId", total_minor as "totalMinor"
      from document_parts where business_id = ${books.business} and document_id = ${draft.id} order by position`.execute(scope.tx);
    return { id: draft.id, totalMinor, parts: parts.rows };
  });
}

export function payFor(books: Books, invoice: Issued, amountMinor: bigint = invoice.totalMinor, more: Partial<StartPayment> = {}): StartPayment {
  return {
    id: newId(),
    customerId: books.customer,
    method: 'card',
    currency: 'USD',
    targets: [{ documentId: invoice.id, amountMinor }],
    personId: books.person,
    ...more,
  };
}

/** As the customer, who was granted everything. */
export const asDana = <T>(books: Books, work: (scope: Scope) => Promise<T>): Promise<T> => books.portal({ customers: [books.customer] }, work);

export const place: CheckoutPlace = {
  returnUrl: 'http://127.0.0.1:9/back',
  cancelUrl: 'http://127.0.0.1:9/cancel',
  payee: 'Paper Otter Plumbing (demo)',
  description: 'Invoice 1042',
  locale: 'en',
  payerEmail: null,
};

export type Standing = Readonly<{
  paid: bigint;
  processing: bigint;
  unknown: bigint;
  balance: bigint;
  returned: boolean;
  announced: bigint;
  announcedFor: string | null;
}>;

export async function standingOf(books: Books, documentId: string): Promise<Standing> {
  return books.system(async ({ tx }) => {
    const { rows } =
      await sql<Standing>`select paid_minor as paid, processing_minor as processing, unknown_minor as unknown, balance_minor as balance, returned,
      announced_minor as announced, announced_for as "announcedFor" from invoice_standings where business_id = ${books.business} and document_id = ${documentId}`.execute(
        tx,
      );
    return rows[0] as Standing;
  });
}

export type Kept = Readonly<{ state: string; receipt: string | null; failure: string; method: string; amount: bigint; url: string | null }>;

export async function paymentOf(books: Books, id: string): Promise<Kept | undefined> {
  return books.system(async ({ tx }) => {
    const { rows } = await sql<Kept>`select state, receipt_number as receipt, failure, method, amount_minor as amount, checkout_url as url from payments
      where business_id = ${books.business} and id = ${id}`.execute(tx);
    return rows[0];
  });
}

export async function creditOf(books: Books, customer = books.customer): Promise<bigint> {
  return books.system(async ({ tx }) => {
    const { rows } = await sql<{ credit: bigint }>`select coalesce(sum(credit_minor), 0)::bigint as credit from customer_balances
      where business_id = ${books.business} and customer_id = ${customer}`.execute(tx);
    return rows[0]?.credit ?? 0n;
  });
}

export async function countOf(
  books: Books,
  table: 'payments' | 'ledger' | 'payment_shares' | 'inbound_events' | 'mails' | 'events' | 'refunds' | 'credit_notes',
): Promise<number> {
  return books.system(async ({ tx }) => {
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from ${sql.table(table)} where business_id = ${books.business}`.execute(tx);
    return rows[0]?.count ?? 0;
  });
}

/** The real sandbox process with a till on it, and ways to make it behave badly. */
export type SandboxTill = Readonly<{
  till: Till;
  process: SandboxProcess;
  knobs: (knobs: Partial<Knobs>) => Promise<void>;
  pay: (session: string, instrument: string) => Promise<string>;
  /** Keeps a card or account at the page of a setup. */
  save: (session: string, instrument: string) => Promise<string>;
  truth: (books: Books, attempt: string) => Promise<Truth | null>;
  decide: (payment: string, decision: 'clear' | 'return') => Promise<void>;
  /** What the processor's own people or the payer's bank do: `refund`, `dispute`, `dispute/win`, `dispute/lose` of a payment. */
  outside: (payment: string, what: string, body?: object) => Promise<void>;
  decideRefund: (refund: string, decision: 'succeed' | 'fail') => Promise<void>;
  /** Sends everything that came in to the business's bank. */
  payOut: (books: Books) => Promise<void>;
  held: () => Promise<Notice[]>;
  close: () => Promise<void>;
}>;

export async function sandboxTill(database: Database, options: { timeoutMs?: number; inboundUrl?: string } = {}): Promise<SandboxTill> {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  const key = sandboxKey;
  const running = await startSandbox({ folder, key, knobs: true });
  const ask = async (path: string, body?: unknown, account = ''): Promise<unknown> => {
    const headers = { authorization: `Bearer ${key}`, 'sandbox-account': account };
    const answer = await fetch(running.url + path, { headers, ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }) });
    return answer.ok ? answer.json() : null;
  };
  const card = sandboxGateway({
    url: running.url,
    key,
    publicUrl: 'http://127.0.0.1:9',
    inboundUrl: options.inboundUrl ?? 'http://127.0.0.1:9',
    secretOf: (business) => tillKeys.mac(`inbound:sandbox:${business}`),
    timeoutMs: options.timeoutMs ?? 250,
  });
  return {
    till: { database, keys: tillKeys, cards: { sandbox: card } },
    process: running,
    knobs: async (knobs) => void (await ask('/v1/test/knobs', knobs)),
    pay: async (session, instrument) => ((await ask('/v1/test/pay', { session, instrument })) as { paid: string } | null)?.paid ?? 'ended',
    save: async (session, instrument) => ((await ask('/v1/test/save', { session, instrument })) as { saved: string } | null)?.saved ?? 'ended',
    truth: async (books, attempt) => (await ask(`/v1/attempts/${attempt}`, undefined, books.business)) as Truth | null,
    decide: async (payment, decision) => void (await ask(`/v1/payments/${payment}/${decision}`, {})),
    outside: async (payment, what, body = {}) => void (await ask(`/v1/payments/${payment}/${what}`, body)),
    decideRefund: async (refund, decision) => void (await ask(`/v1/refunds/${refund}/${decision}`, {})),
    payOut: async (books) => void (await ask('/v1/test/payout', {}, books.business)),
    held: async () => ((await ask('/v1/test/held', {})) as { body: string }[]).map(({ body }) => JSON.parse(body) as Notice),
    close: async () => {
      await running.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
