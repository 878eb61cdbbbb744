import { publicId } from '../../core/ids.ts';
import type { Scope } from '../../db/scope.ts';
import {
  type ImportRow,
  listProblems,
  meaningsOf,
  missingFrom,
  type OpeningRow,
  programOf,
  readImport,
  readImportDetails,
  type StoredProblem,
  sentenceOf,
  type UndoBlocker,
} from '../../domain/imports/imports.ts';
import type { AnswerOf } from './call.ts';
import type { importOperations } from './schemas/imports.ts';

type Operations = typeof importOperations;
const firstProblems = 100;

export function presentImport(of: ImportRow): AnswerOf<Operations['listImports']>['items'][number] {
  const { version, kind, fileName, fileBytes, checkOnly, state, step, failure, template, reading, guessed, rowsTotal, rowsRead } = of;
  const { added, unchanged, rejected, leftOut, edits, startedAt, finishedAt } = of;
  return {
    id: publicId('import', of.id),
    ...{ version, kind, fileName, fileBytes, checkOnly, state, step, canceling: of.cancelAsked && state === 'running', failure },
    ...{ template, program: programOf(template), reading, guessed },
    columns: of.header.map((column, at) => ({ column, meaning: of.mapping[at] ?? null })),
    meanings: meaningsOf(kind).map(({ meaning }) => meaning),
    missing: of.fileSha256 === null ? [] : missingFrom(kind, of.mapping),
    ...{ rowsTotal, rowsRead, added, unchanged, rejected, leftOut, edits, startedAt, finishedAt },
    hasFile: of.fileSha256 !== null,
    hasRejectedFile: rejected > 0 && of.fileSha256 !== null,
  };
}

/** With its first problems, and what of it is here. */
export async function presentDetails(scope: Scope, id: string): Promise<AnswerOf<Operations['readImport']>> {
  const of = await readImport(scope, id);
  const { problemCounts, things } = await readImportDetails(scope, id);
  const { items } = await listProblems(scope, id, { limit: firstProblems });
  return {
    ...presentImport(of),
    problems: items.map(presentProblem),
    problemCounts: problemCounts.map(({ code, column, position, keeps, count }) => ({ code, message: sentenceOf(code), column, position, keeps, count })),
    things: { ...things },
  };
}

export function presentProblem(of: StoredProblem): AnswerOf<Operations['listProblems']>['items'][number] {
  const { row, position, column, code, value, keeps, edited } = of;
  return { row, position, column, code, value, message: sentenceOf(code), keeps, edited };
}

export function presentOpening(of: OpeningRow): AnswerOf<Operations['listOpenings']>['items'][number] {
  const { kind, number, asOf, currency, documentId } = of;
  return {
    importId: publicId('import', of.importId),
    ...{ kind, number, asOf, currency },
    invoiceId: documentId === null ? null : publicId('invoice', documentId),
    amountMinor: Number(of.amountMinor),
    balanceMinor: Number(of.balanceMinor),
  };
}

const reasons: Readonly<Record<UndoBlocker['code'], (count: number) => string>> = {
  shown: (count) => (count === 1 ? 'invoice is shown to its customer.' : 'invoices are shown to customers.'),
  sent: (count) => (count === 1 ? 'invoice was sent.' : 'invoices were sent.'),
  paid: (count) => (count === 1 ? 'invoice was paid on since.' : 'invoices were paid on since.'),
  processing: (count) => (count === 1 ? 'invoice has a payment on its way.' : 'invoices have a payment on its way.'),
  credited: (count) => (count === 1 ? 'invoice was credited or closed.' : 'invoices were credited or closed.'),
  replaced: (count) => (count === 1 ? 'invoice was replaced by another.' : 'invoices were replaced by others.'),
  asked: (count) => (count === 1 ? 'invoice has a question on it.' : 'invoices have questions on them.'),
  customer_used: (count) =>
    count === 1 ? 'customer has invoices, drafts or payments from elsewhere.' : 'customers have invoices, drafts or payments from elsewhere.',
  property_used: (count) => (count === 1 ? 'property is on other invoices.' : 'properties are on other invoices.'),
  credit_used: (count) => (count === 1 ? 'customer has used the credit.' : 'customers have used the credit.'),
};

export function presentBlocker({ code, count, example }: UndoBlocker): AnswerOf<Operations['readUndo']>['blockers'][number] {
  return { code, message: `${count.toLocaleString('en-US')} ${reasons[code](count)}`, count, example };
}
