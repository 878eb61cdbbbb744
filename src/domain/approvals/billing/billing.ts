import { addDays } from '../../../core/calendar.ts';
import { contractMinor } from '../../../core/contract.ts';
import type { ContractBill } from '../../../core/progress.ts';
import { Refusal } from '../../../core/refusal.ts';
import type { Scope } from '../../../db/scope.ts';
import { contentOf, lockStanding, lockStandingContract, type Made, refuseUnless, setInvoices } from '../../estimates/estimates.ts';
import { recordEvent } from '../../events/events.ts';
import type { Draft, DraftLine } from '../../invoices/invoice.ts';
import { createDraft, issueInvoice, voidInvoice } from '../../invoices/invoices.ts';
import type { Evidence } from '../approval.ts';
import { madeOf } from '../deciding/press.ts';
import { selectApprovals, selectDepositMoney } from '../queries.ts';
import { insertBilling, selectDrafted } from './queries.ts';

export type Approved = Readonly<{ standing: Awaited<ReturnType<typeof lockStanding>>; approval: Evidence; made: Made }>;

/** What a contract that is locked leaves to be billed, drafts counted. Minor units. */
export type Room = Readonly<{ id: string; number: string; currency: string; contractMinor: bigint; leftMinor: bigint }>;

/** Locks the contract of an estimate or change order that is locked. */
export async function roomOf(scope: Scope, standing: Approved['standing']): Promise<Room> {
  const contract = await lockStandingContract(scope, standing.amendsId ?? standing.rootId);
  const { id, number, currency, billedMinor } = contract;
  const whole = contractMinor(contract);
  return { id, number, currency, contractMinor: whole, leftMinor: whole - billedMinor - (await selectDrafted(scope, id)) };
}

/** The draft is an invoice of the contract from now on. */
export async function keepInvoice(scope: Scope, { standing }: Approved, contractId: string, draft: Draft, bill: ContractBill): Promise<void> {
  const { id: documentId, customerId, propertyId, number, revision } = standing;
  const stage = bill.kind === 'stage' ? bill.stage : null;
  await insertBilling(scope, { invoiceId: draft.id, contractId, sourceId: documentId, bill: bill.kind, stage });
  await setInvoices(scope, documentId, { invoiceId: draft.id });
  await recordEvent(scope, {
    kind: 'estimate.invoiced',
    ...{ customerId, documentId, propertyId, shown: false },
    data: { number, revision, invoiceId: draft.id, totalMinor: draft.totals.totalMinor, currency: draft.currency, bill: bill.kind },
  });
}

/** The approved record of an estimate that stands approved. */
export async function approvedOf(scope: Scope, documentId: string): Promise<Approved> {
  const standing = await lockStanding(scope, documentId);
  refuseUnless(standing, 'invoice', standing.today);
  const [approval] = await selectApprovals(scope, { documentId, kinds: ['approved'], limit: 1 });
  if (!approval) throw new Error('what is approved has its record');
  return { standing, approval, made: await madeOf(scope, documentId, approval.choices) };
}

/**
 * A draft of the invoice for what was chosen, line by line, with the deposit that was asked for meant for it. Once more refuses `estimate_invoiced`
 * naming the draft, and `over_contract` where less is left of the contract.
 */
export async function makeInvoice(scope: Scope, documentId: string): Promise<Draft> {
  const approved = await approvedOf(scope, documentId);
  const { standing, approval, made } = approved;
  if (standing.invoiceId !== null) throw new Refusal('estimate_invoiced', { invoiceId: standing.invoiceId });
  const { totalMinor } = made.totals;
  const room = await roomOf(scope, standing);
  if (totalMinor <= 0n) throw new Refusal('nothing_left_to_bill');
  if (totalMinor > room.leftMinor) throw new Refusal('over_contract', { leftMinor: room.leftMinor, currency: room.currency });
  const content = await contentOf(scope, documentId);
  const quantities = new Map(made.lines.map(({ id, quantityMilli }) => [id, quantityMilli]));
  const { customerId, propertyId, discount, pricesIncludeTax, language, recipients, terms, message } = content;
  const draft = await createDraft(scope, {
    ...{ customerId, propertyId, discount, pricesIncludeTax, language, recipients, message },
    ...(terms === '' ? {} : { terms }),
    poNumber: approval.poNumber,
    depositIds: standing.depositInvoiceId === null ? null : [standing.depositInvoiceId],
    internalNote: [content.internalNote, `Estimate ${standing.number}`].filter((text) => text !== '').join('\n'),
    lines: content.lines
      .filter(({ id }) => quantities.has(id))
      // The ids stay: what was approved, done and billed is one line.
      .map(({ netMinor, chosen, ...line }) => ({ ...line, quantityMilli: quantities.get(line.id) ?? line.quantityMilli, taxFrom: 'line' })),
  });
  await keepInvoice(scope, approved, room.id, draft, { kind: 'whole' });
  return draft;
}

/** What was approved, line by line as on the draft of an invoice, with what it comes to: what a job has to do. */
export type ApprovedWork = Readonly<{
  customerId: string;
  propertyId: string | null;
  number: string;
  poNumber: string;
  lines: readonly Readonly<{ line: DraftLine; netMinor: bigint }>[];
  totalMinor: bigint;
  currency: string;
}>;

export async function approvedWork(scope: Scope, documentId: string): Promise<ApprovedWork> {
  const { standing, approval, made } = await approvedOf(scope, documentId);
  const content = await contentOf(scope, documentId);
  const chosenOf = new Map(made.lines.map((line) => [line.id, line]));
  const lines = content.lines.flatMap(({ netMinor, chosen, ...line }) => {
    const own = chosenOf.get(line.id);
    return own ? [{ line: { ...line, quantityMilli: own.quantityMilli, taxFrom: 'line' as const }, netMinor: own.netMinor }] : [];
  });
  const { customerId, propertyId } = content;
  return {
    customerId,
    propertyId,
    number: standing.number ?? '',
    poNumber: approval.poNumber,
    lines,
    totalMinor: made.totals.totalMinor,
    currency: made.currency,
  };
}

/** Days a deposit may be paid after it was asked for. */
const depositDays = 7;

/**
 * Asks for the deposit of an approved estimate: an issued bill of its own, shown to the customer. Answers its id; null where none was agreed. Once
 * more answers the same bill.
 */
export async function askDeposit(scope: Scope, documentId: string): Promise<string | null> {
  const { standing, approval } = await approvedOf(scope, documentId);
  if (standing.depositInvoiceId !== null) {
    const before = await selectDepositMoney(scope, standing.depositInvoiceId);
    if (before && !before.canceled) return standing.depositInvoiceId;
  }
  if (approval.depositMinor === 0n || standing.invoiceId !== null) return null;
  const content = await contentOf(scope, documentId);
  const draft = await createDraft(scope, {
    customerId: content.customerId,
    propertyId: standing.propertyId,
    purpose: 'deposit',
    language: content.language,
    recipients: content.recipients,
    poNumber: approval.poNumber,
    dueOn: addDays(standing.today, depositDays),
    lines: [
      { name: depositWords[content.language].replace('{number}', standing.number ?? ''), quantityMilli: 1000n, unitPriceMilli: approval.depositMinor * 1000n },
    ],
  });
  await issueInvoice(scope, draft.id, { show: standing.shown });
  await setInvoices(scope, documentId, { depositInvoiceId: draft.id });
  const { customerId, propertyId, shown, number, revision } = standing;
  await recordEvent(scope, {
    kind: 'estimate.deposit_asked',
    ...{ customerId, documentId, propertyId, shown },
    data: { number, revision, invoiceId: draft.id, amountMinor: approval.depositMinor, currency: approval.currency },
  });
  return draft.id;
}

const depositWords = { en: 'Deposit for estimate {number}', es: 'Anticipo del presupuesto {number}', fr: 'Acompte pour le devis {number}' } as const;

/** After an approval was taken back: the bill for its deposit, unpaid, is canceled. */
export async function dropDeposit(scope: Scope, documentId: string): Promise<void> {
  const standing = await lockStanding(scope, documentId);
  if (standing.state === 'approved' || standing.depositInvoiceId === null) return;
  const money = await selectDepositMoney(scope, standing.depositInvoiceId);
  if (money === null || money.canceled || money.movedMinor > 0n) return;
  await voidInvoice(scope, { documentId: standing.depositInvoiceId, reason: `Estimate ${standing.number}: approval withdrawn` });
}
