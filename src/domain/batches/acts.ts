import type { Keys } from '../../core/gateways.ts';
import { Refusal } from '../../core/refusal.ts';
import { newId } from '../../db/fresh.ts';
import type { Scope } from '../../db/scope.ts';
import { changeCustomer, readCustomer } from '../customers/customers.ts';
import { readDesk } from '../desk/desk.ts';
import { chosenRecipients } from '../desk/recipients.ts';
import { issueInvoice, markPosted, showInPortal } from '../invoices/invoices.ts';
import { sendInvoice } from '../links/links.ts';
import { recordPayment, reversePayment } from '../payments/payments.ts';
import type { BatchKind, BatchOptions } from './batch.ts';

/** What became of one thing: how it is called now, and what was made, for the way back. */
export type Outcome = Readonly<{ name: string; resultId: string | null }>;
type Act = (scope: Scope, thingId: string, options: BatchOptions, keys: Keys) => Promise<string | null>;

const nothing = async (act: Promise<unknown>): Promise<null> => {
  await act;
  return null;
};

/** Each kind as one verb on one thing. Answers what it made. */
const forward: Readonly<Record<Exclude<BatchKind, 'papers'>, Act>> = {
  issue: (scope, id) => nothing(issueInvoice(scope, id)),
  send: async (scope, documentId, _options, keys) => {
    await sendInvoice(scope, keys, { documentId, personIds: await chosenRecipients(scope, documentId) });
    return null;
  },
  show: (scope, id) => nothing(showInPortal(scope, [id])),
  pay: async (scope, documentId, { method = 'check', receivedOn = '', reference = '' }) => {
    const { state, customer, currency, standing } = await readDesk(scope, documentId);
    if (state !== 'issued') throw new Refusal('not_issued');
    const amountMinor = standing.balanceMinor;
    if (amountMinor <= 0n) throw new Refusal('nothing_to_pay');
    const paymentId = newId();
    const targets = [{ documentId, amountMinor }];
    await recordPayment(scope, { id: paymentId, customerId: customer.id, currency, amountMinor, method, receivedOn, reference, targets });
    return paymentId;
  },
  post: (scope, id, { postedOn = '' }) => nothing(markPosted(scope, id, postedOn)),
  archive: (scope, id) => setArchived(scope, id, true),
  restore: (scope, id) => setArchived(scope, id, false),
};

const back: Partial<Record<BatchKind, (scope: Scope, thingId: string, resultId: string | null) => Promise<unknown>>> = {
  pay: (scope, _id, paymentId) => reversePayment(scope, { paymentId: paymentId ?? '', reason: 'Recorded by mistake, together with others' }),
  post: (scope, id) => markPosted(scope, id, null),
  archive: (scope, id) => setArchived(scope, id, false),
  restore: (scope, id) => setArchived(scope, id, true),
};

export async function doOne(scope: Scope, keys: Keys, kind: Exclude<BatchKind, 'papers'>, thingId: string, options: BatchOptions): Promise<Outcome> {
  const resultId = await forward[kind](scope, thingId, options, keys);
  return { name: await nameOf(scope, kind, thingId), resultId };
}

export async function undoOne(scope: Scope, kind: BatchKind, thingId: string, resultId: string | null): Promise<void> {
  await back[kind]?.(scope, thingId, resultId);
}

export async function nameOf(scope: Scope, kind: BatchKind, thingId: string): Promise<string> {
  if (kind === 'archive' || kind === 'restore') return (await readCustomer(scope, thingId)).name;
  const { number, customer } = await readDesk(scope, thingId);
  return number ?? customer.name;
}

/** Once more does nothing, so that the way back leaves alone what somebody moved meanwhile. */
async function setArchived(scope: Scope, id: string, archived: boolean): Promise<null> {
  const { version, archivedAt } = await readCustomer(scope, id);
  if ((archivedAt !== null) === archived) throw new Refusal(archived ? 'customer_archived' : 'already_done');
  await changeCustomer(scope, { id, version, changes: { archived } });
  return null;
}
