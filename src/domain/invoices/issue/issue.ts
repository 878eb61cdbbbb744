import { todayIn } from '../../../core/calendar.ts';
import { Refusal } from '../../../core/refusal.ts';
import { addUp, type Totals } from '../../../core/totals.ts';
import { newId } from '../../../db/fresh.ts';
import { enqueueMany } from '../../../db/queue.ts';
import type { Scope } from '../../../db/scope.ts';
import { type NewEvent, recordEvents } from '../../events/events.ts';
import { postAll } from '../../ledger/ledger.ts';
import { lockInvoices } from '../../ledger/standings.ts';
import { indexThings } from '../../search/search.ts';
import { applyDeposits, type Deposit, depositsBefore, depositsOn, heldNow, planDeposits, takeDepositsOff } from '../deposits/deposits.ts';
import { insertDeposits } from '../deposits/queries.ts';
import { asksForPo, type Context, onlyProperty, pricedOf } from '../drafts/complete.ts';
import { contextOf, draftOf } from '../drafts/drafts.ts';
import { installmentsAtIssue } from '../installments/installments.ts';
import type { Draft, DraftBody, Issued, Purpose, Warning } from '../invoice.ts';
import { deleteSchedules } from '../schedule/queries.ts';
import { heldOfContracts } from './contract-room.ts';
import { daysOf, type Frozen, freeze } from './freeze.ts';
import { insertFrozen, selectDrafts, selectReplaced, takeNumbers } from './queries.ts';
import { refuseReplacing, takePlace } from './replace.ts';

/** The series of numbers given here. Imported invoices keep theirs in another. */
export const ownSeries = 'invoice';
/** Deposits are no invoices: their numbers are their own. */
export const depositSeries = 'deposit';
const depositPrefix = 'D-';
/** A first invoice need not say that it is the first. */
const firstNumber = 1001;
export const mostAtOnce = 100;

/**
 * Issues the drafts in the order given, all or none. Locks: documents in the order of their ids, then the counter, then the head of the
 * business (with the events, last).
 */
export async function issueDrafts(scope: Scope, documentIds: readonly string[], show: boolean, paper = true): Promise<Issued[]> {
  if (documentIds.length === 0) return [];
  if (documentIds.length > mostAtOnce || new Set(documentIds).size !== documentIds.length) throw new Refusal('invalid_input', { field: 'ids' });
  const replaced = (await selectReplaced(scope, documentIds)).flatMap((row) => row.replaces ?? []);
  const before = await depositsBefore(scope, documentIds);
  const standing = (await Promise.all(replaced.map((id) => depositsOn(scope, id)))).flat();
  const ids = [...new Set([...documentIds, ...replaced, ...before, ...standing])];
  const locked = new Map((await lockInvoices(scope, ids)).map((each) => [each.documentId, each]));
  const rows = new Map((await selectDrafts(scope, documentIds)).map((row) => [row.id, row]));
  const drafts = documentIds.map((id) => draftOf(rows.get(id)));
  const old = drafts.map((draft) => (draft.replaces ? locked.get(draft.replaces.id) : undefined));
  for (const each of old) if (each) refuseReplacing(each);
  if (new Set(replaced).size !== replaced.length) throw new Refusal('already_replaced');

  const context = await contextOf(
    scope,
    drafts.map((draft) => draft.body),
  );
  const today = todayIn(context.business.timeZone, scope.now);
  for (const each of old) if (each) await takeDepositsOff(scope, each, today);
  const deposits = await heldNow(scope, [...before, ...standing]);
  const frozen = await numberAll(scope, drafts, { context, deposits, today, shown: (at) => show || (old[at]?.shown ?? false) });
  await insertFrozen(scope, frozen);
  await deleteSchedules(scope, documentIds);
  await postIssued(scope, frozen);
  await insertDeposits(scope, frozen.flatMap(depositIn));
  const changes = new Map<string, NewEvent[]>();
  for (const [at, each] of frozen.entries()) {
    const replaces = old[at];
    const news = replaces ? await takePlace(scope, replaces, each) : [];
    news.push(...(await applyDeposits(scope, each.naming.documentId, each.deposits, today)));
    changes.set(each.naming.documentId, news);
  }
  await indexIssued(scope, frozen);
  if (paper) await drawLater(scope, frozen);
  await recordEvents(
    scope,
    frozen.flatMap((each, at) => [issuedEvent(each, drafts[at]), ...(changes.get(each.naming.documentId) ?? [])]),
  );
  return frozen.map((each) => issuedOf(each, context));
}

/** The figures of an invoice as it is frozen: added up once, then only shown. */
export function totalsAtIssue(body: DraftBody, context: Context): Totals {
  return addUp(pricedOf(body, context));
}

type Numbering = { context: Context; deposits: Map<string, Deposit>; today: string; shown: (at: number) => boolean };

async function numberAll(scope: Scope, drafts: readonly Draft[], { context, deposits, today, shown }: Numbering): Promise<Frozen[]> {
  const ready = drafts.map(({ body }) => {
    if (body.lines.length === 0) throw new Refusal('no_lines', { field: 'lines' });
    const totals = totalsAtIssue(body, context);
    installmentsAtIssue(body, totals.totalMinor);
    return { body, totals, days: daysOf(body, today) };
  });
  const held = await heldOfContracts(scope, drafts, (at) => ready[at]?.totals);
  // Everything that can be refused was: from here on the counter is held.
  const next = await numbersFor(scope, drafts);
  return ready.map(({ body, totals, days }, at) => {
    const { series, numberSeq } = next(body.purpose);
    const number = `${series === depositSeries ? depositPrefix : context.business.numberPrefix}${numberSeq}`;
    const naming = { business: scope.business, documentId: drafts[at]?.id ?? '', series, number, numberSeq, shown: shown(at), imported: false, ...days };
    return freeze(body, context, totals, naming, planDeposits(deposits, body, totals.currency, totals.totalMinor), held[at]);
  });
}

/** Numbers of each series as they are needed, taken at once: always the deposits' counter first, so that no two acts wait for each other. */
async function numbersFor(scope: Scope, drafts: readonly Draft[]): Promise<(purpose: Purpose) => { series: string; numberSeq: bigint }> {
  const next = new Map<string, bigint>();
  for (const series of [depositSeries, ownSeries]) {
    const count = drafts.filter(({ body }) => seriesOf(body.purpose) === series).length;
    if (count > 0) next.set(series, await takeNumbers(scope, series, count, firstNumber));
  }
  return (purpose) => {
    const series = seriesOf(purpose);
    const numberSeq = next.get(series) ?? 0n;
    next.set(series, numberSeq + 1n);
    return { series, numberSeq };
  };
}

const seriesOf = (purpose: Purpose): string => (purpose === 'deposit' ? depositSeries : ownSeries);

function depositIn({ naming, body, totals }: Frozen) {
  if (body.purpose !== 'deposit') return [];
  return [{ documentId: naming.documentId, customerId: body.customerId, propertyId: onlyProperty(body.lines, body.propertyId), currency: totals.currency }];
}

/** The books of the invoices just frozen, one act each. */
export async function postIssued(scope: Scope, frozen: readonly Frozen[]): Promise<void> {
  await postAll(
    scope,
    frozen.flatMap((each) => {
      const actId = newId();
      return each.transfers.map((transfer) => ({ actId, transfer }));
    }),
  );
}

/** Their PDFs are drawn by a task, unless somebody asks first. */
async function drawLater(scope: Scope, frozen: readonly Frozen[]): Promise<void> {
  await enqueueMany(
    scope,
    'render-pdf',
    frozen.map((each) => ({ documentId: each.naming.documentId })),
  );
}

export function indexIssued(scope: Scope, frozen: readonly Frozen[]): Promise<void> {
  return indexThings(
    scope,
    frozen.map(({ naming, body, totals, customerName }) => ({
      kind: 'invoice' as const,
      id: naming.documentId,
      customerId: body.customerId,
      texts: {
        words: [customerName, body.poNumber, body.workOrderNumber],
        numbers: [naming.number],
        amounts: [{ amountMinor: totals.totalMinor, currency: totals.currency }],
      },
    })),
  );
}

function issuedEvent({ naming, totals, body }: Frozen, draft: Draft | undefined): NewEvent {
  return {
    kind: 'invoice.issued',
    customerId: body.customerId,
    documentId: naming.documentId,
    shown: naming.shown,
    data: {
      number: naming.number,
      totalMinor: totals.totalMinor,
      currency: totals.currency,
      dueOn: naming.dueOn,
      recipients: draft?.body.recipients ?? [],
      purpose: body.purpose,
    },
  };
}

export function issuedOf({ naming, totals, body }: Frozen, context: Context): Issued {
  const warnings: Warning[] = [];
  if (body.poNumber === '' && asksForPo(body, context)) warnings.push('po_number_missing');
  if (body.recipients.length === 0) warnings.push('no_recipients');
  return {
    id: naming.documentId,
    number: naming.number,
    issuedOn: naming.issuedOn,
    dueOn: naming.dueOn,
    totalMinor: totals.totalMinor,
    currency: totals.currency,
    warnings,
  };
}
