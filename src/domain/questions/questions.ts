import { addDays, daysBetween, todayIn } from '../../core/calendar.ts';
import { answeredRestDays, chargesOf, questionable, questionDays } from '../../core/questioned.ts';
import { Refusal } from '../../core/refusal.ts';
import { cut } from '../../core/text.ts';
import type { Scope } from '../../db/scope.ts';
import type { NewEvent } from '../events/events.ts';
import { setInQuestion } from '../ledger/standings.ts';
import { mustBeAllowed } from '../people/rights.ts';
import {
  type AskedLine,
  type AskedPart,
  insertQuestion,
  restThreads,
  selectAskedLines,
  selectAskedParts,
  selectOpenQuestions,
  selectPaidQuestions,
  selectQuestions,
  selectWhole,
  selectZone,
  updateEnded,
} from './queries.ts';
import type { AnswerKind, ListedCharge, QuestionEnding, QuestionedCharge } from './question.ts';

export * from './question.ts';

/** What may be asked about a document now. `mostMinor` 0: in question already, or nothing left to ask about. */
export type Askable = Readonly<{
  customerId: string;
  propertyId: string | null;
  number: string;
  currency: string;
  /** It was paid: nothing is owed, so nothing needs to wait. */
  paid: boolean;
  whole: Readonly<{ mostMinor: bigint; open: boolean }>;
  lines: readonly Readonly<{ id: string; name: string; propertyId: string | null; mostMinor: bigint; open: boolean; taxed: boolean }>[];
}>;

/** As far as the scope sees it. Refuses `not_found`, `nothing_to_question` and, 60 days after it was paid, `question_too_late`. */
export async function askableOf(scope: Scope, documentId: string): Promise<Askable> {
  const parts = await selectAskedParts(scope, documentId);
  const [first] = parts;
  if (first === undefined) throw new Refusal('not_found');
  const whole = await selectWhole(scope, documentId);
  const asked = await selectOpenQuestions(scope, [documentId]);
  const paid = sum(parts, ({ balanceMinor }) => balanceMinor) <= 0n;
  if (paid) await mustBeInTime(scope, parts);
  const of = { parts, asked, heldBackMinor: whole?.heldBackMinor ?? 0n };
  const lines = await selectAskedLines(scope, documentId);
  const charges = new Map(parts.flatMap((part) => [...chargesOf({ ...part, lines: lines.filter(({ partId }) => partId === part.partId) })]));
  return {
    ...{ customerId: first.customerId, number: first.number, currency: first.currency, paid },
    propertyId: whole !== undefined && parts.length > 1 ? null : first.propertyId,
    whole: { mostMinor: roomOf(of, null), open: asked.some(({ lineId }) => lineId === null) },
    lines: lines.flatMap((line) => askableLine(of, asked, line, charges.get(line.id))),
  };
}

type Room = Readonly<{ parts: readonly AskedPart[]; asked: readonly QuestionedCharge[]; heldBackMinor: bigint }>;

function askableLine(of: Room, asked: readonly QuestionedCharge[], line: AskedLine, chargeMinor: bigint | undefined) {
  if (chargeMinor === undefined) return [];
  const { id, name, propertyId } = line;
  const open = asked.some(({ lineId }) => lineId === id);
  const taxed = chargeMinor > line.netMinor - line.documentDiscountMinor;
  return [{ id, name, propertyId, open, taxed, mostMinor: open ? 0n : roomOf(of, { chargeMinor, partId: line.partId }) }];
}

/** Never more than the whole leaves, nor than the line's own part does. */
function roomOf({ parts, asked, heldBackMinor }: Room, line: Readonly<{ chargeMinor: bigint; partId: string }> | null): bigint {
  const chargeMinor = line?.chargeMinor ?? null;
  const askedMinor = sum(asked, ({ amountMinor }) => amountMinor) + heldBackMinor;
  const mostMinor = questionable({
    chargeMinor,
    askedMinor,
    balanceMinor: sum(parts, ({ balanceMinor }) => balanceMinor),
    billedMinor: sum(parts, ({ billedMinor }) => billedMinor),
  });
  const part = parts.find(({ partId }) => partId === line?.partId);
  if (part === undefined || parts.length === 1) return mostMinor;
  const own = sum(
    asked.filter(({ propertyId }) => propertyId === part.propertyId),
    ({ amountMinor }) => amountMinor,
  );
  const inPart = questionable({ chargeMinor, balanceMinor: part.balanceMinor, billedMinor: part.billedMinor, askedMinor: own });
  return inPart < mostMinor ? inPart : mostMinor;
}

async function mustBeInTime(scope: Scope, parts: readonly AskedPart[]): Promise<void> {
  const last = parts
    .flatMap(({ paidOn }) => paidOn ?? [])
    .sort()
    .at(-1);
  if (last === undefined) throw new Refusal('nothing_to_question');
  if (daysBetween(last, todayIn(await selectZone(scope), scope.now)) > questionDays) throw new Refusal('question_too_late');
}

/** Keeps a question and moves its amount to In question. The caller holds the invoice. Refuses `already_in_question`. */
export async function openQuestion(scope: Scope, question: QuestionedCharge): Promise<void> {
  if (!(await insertQuestion(scope, question))) throw new Refusal('already_in_question');
  await recountQuestions(scope, [question.documentId]);
}

/** Repeats on each standing what is in question of it. What the scope cannot see whole stays as it is. */
export async function recountQuestions(scope: Scope, documentIds: readonly string[]): Promise<void> {
  const open = Map.groupBy(await selectOpenQuestions(scope, documentIds), ({ documentId }) => documentId);
  for (const documentId of [...new Set(documentIds)].sort()) {
    const amountMinor = sum(open.get(documentId) ?? [], (row) => row.amountMinor);
    await setInQuestion(scope, documentId, amountMinor);
  }
}

export type Ending = Readonly<{ ending: QuestionEnding; answer?: string; answerDocumentId?: string | null }>;

/**
 * Ends questions that are open, and says so. After an answer nothing reminds of them for five days, or until the day it is due.
 * The caller holds their invoices. Answers the events of those that were still open.
 */
export async function endQuestions(scope: Scope, rows: readonly QuestionedCharge[], end: Ending): Promise<NewEvent[]> {
  const events: NewEvent[] = [];
  for (const [documentId, group] of Map.groupBy(rows, (row) => row.documentId)) {
    const remindersFrom = end.ending === 'withdrawn' || end.ending === 'paid' ? null : await restUntil(scope, documentId);
    const ended = new Set(
      await updateEnded(
        scope,
        group.map(({ id }) => id),
        { ...end, remindersFrom },
      ),
    );
    const over = group.filter(({ id }) => ended.has(id));
    await recountQuestions(scope, [documentId]);
    events.push(...over.map((row) => eventOf(row, end.ending, remindersFrom, end.answer ?? '')));
  }
  return events;
}

async function restUntil(scope: Scope, documentId: string): Promise<string> {
  const rested = addDays(todayIn(await selectZone(scope), scope.now), answeredRestDays);
  const dueOn = (await selectWhole(scope, documentId))?.dueOn ?? rested;
  return dueOn > rested ? dueOn : rested;
}

function eventOf(row: QuestionedCharge, ending: QuestionEnding, remindersFrom: string | null, text: string): NewEvent {
  const { id, threadId, lineName, amountMinor, currency } = row;
  const answered = remindersFrom !== null;
  return {
    kind: answered ? 'charge.answered' : 'charge.question_ended',
    customerId: row.customerId,
    documentId: row.documentId,
    propertyId: row.propertyId,
    shown: true,
    data: { questionId: id, threadId, line: lineName, amountMinor, currency, ending, ...(answered ? { remindersFrom, text: cut(text, 200) } : {}) },
  };
}

/**
 * A customer who pays what is in question closes it (rule 24). `startedAt` is when the payment was begun: a question asked while it was
 * on its way stays open, and its answer is a refund or credit (rule 25). The caller holds the invoices.
 */
export async function endPaidQuestions(scope: Scope, documentIds: readonly string[], startedAt: string | null): Promise<NewEvent[]> {
  if (documentIds.length === 0) return [];
  return endAtRest(scope, await selectPaidQuestions(scope, documentIds, startedAt), { ending: 'paid' });
}

/** The invoice was canceled, or another took its place: that is the answer to what was in question on it. The caller holds it. */
export async function endChangedQuestions(scope: Scope, documentId: string, replacedBy: string | null): Promise<NewEvent[]> {
  return endAtRest(scope, await selectOpenQuestions(scope, [documentId]), { ending: 'change', answerDocumentId: replacedBy });
}

async function endAtRest(scope: Scope, rows: readonly QuestionedCharge[], end: Ending): Promise<NewEvent[]> {
  if (rows.length === 0) return [];
  const events = await endQuestions(scope, rows, end);
  await restThreads(
    scope,
    rows.map(({ threadId }) => threadId),
  );
  return events;
}

/** One of them, as far as the scope sees it. Refuses `not_found`. */
export async function readQuestion(scope: Scope, id: string): Promise<ListedCharge> {
  const [found] = await selectQuestions(scope, { ...all, id, limit: 1 });
  if (found === undefined) throw new Refusal('not_found');
  return found;
}

const all = { id: null, open: null, documentId: null, customerId: null, before: null } as const;

export type ChargesAsked = Readonly<{ open?: boolean; documentId?: string; customerId?: string; before?: Readonly<{ at: string; id: string }>; limit: number }>;

/** What customers question, newest first, for the office. */
export async function listQuestions(scope: Scope, filter: ChargesAsked): Promise<ListedCharge[]> {
  await mustBeAllowed(scope, 'messages:read');
  return selectQuestions(scope, { ...all, ...filter });
}

/** One of them, for the office. Refuses `not_found`. */
export async function officeQuestion(scope: Scope, id: string): Promise<ListedCharge> {
  await mustBeAllowed(scope, 'messages:read');
  return readQuestion(scope, id);
}

/** What took the document's place, when the answer is a change or a credit that names nothing itself. */
export async function changedTo(scope: Scope, documentId: string, kind: AnswerKind): Promise<string | null> {
  return kind === 'explanation' ? null : ((await selectWhole(scope, documentId))?.replacedBy ?? null);
}

const sum = <T>(rows: readonly T[], of: (row: T) => bigint): bigint => rows.reduce((total, row) => total + of(row), 0n);
