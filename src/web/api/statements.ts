import type { z } from '@hono/zod-openapi';
import { publicId } from '../../core/ids.ts';
import { limits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import { letterheadOf } from '../../domain/papers/papers.ts';
import {
  completeOf,
  type Movement,
  mostInFile,
  mostOnPaper,
  readStatement,
  readStatementPaper,
  type Statement,
  type StatementPage,
} from '../../domain/statements/statements.ts';
import { drawings } from '../../outgoing/pdf/press.ts';
import type { StatementFacts } from '../../outgoing/statement-facts.ts';
import { statementCsv } from '../../outgoing/statement-file.ts';
import { type Call, type HandlersOf, uuidOf } from './call.ts';
import { plain } from './present.ts';
import type { statement, statementAsked, statementOperations } from './schemas/statements.ts';
import { sendFile } from './upload.ts';

export const statementHandlers: HandlersOf<typeof statementOperations> = {
  readStatement: async (call) => {
    const page = { ...askedOf(call.query, call.query.limit ?? limits.pageSize), cursor: call.query.cursor ?? null };
    const customer = uuidOf('customer', call.params.customerId);
    return call.answer(presentStatement(await call.read((scope) => readStatement(scope, customer, page)), page));
  },
  readStatementPdf: async (call) => {
    const { facts, name } = await factsFor(call, mostOnPaper);
    const press = { ...call.deps, ...drawings(call.deps.config.appUrl) };
    const made = await call.deps.pdf.render(press.drawStatement(facts, await letterheadOf(press, call.grant.business ?? '')));
    if (made.kind === 'failed') throw new Refusal('busy');
    return sendFile(call.c, { bytes: made.bytes, contentType: 'application/pdf', name: `${name}.pdf`, inline: true });
  },
  downloadStatement: async (call) => {
    const { facts, name } = await factsFor(call, mostInFile);
    const pieces: string[] = [];
    for await (const piece of statementCsv(facts)) pieces.push(piece);
    return sendFile(call.c, { bytes: Buffer.from(pieces.join('')), contentType: 'text/csv; charset=utf-8', name: `${name}.csv` });
  },
};

type Asked = z.output<z.ZodObject<typeof statementAsked>>;
type Paper = Call<(typeof statementOperations)['readStatementPdf' | 'downloadStatement']>;

/** Oldest first, in the language of the customer. */
async function factsFor(call: Pick<Paper, 'query' | 'params' | 'read'>, limit: number): Promise<{ facts: StatementFacts; name: string }> {
  const page = askedOf(call.query, limit);
  const customer = uuidOf('customer', call.params.customerId);
  const { statement: found, ...of } = await call.read((scope) => readStatementPaper(scope, customer, page));
  const facts = { ...of, statement: completeOf(found), asked: page, own: false };
  return { facts, name: ['statement', found.accounts[0]?.company || found.accounts[0]?.name, page.to ?? found.today].join(' ') };
}

function askedOf({ propertyIds, untied = false, ...asked }: Asked, limit: number): StatementPage {
  const ids = propertyIds === undefined ? [] : [...new Set(propertyIds.split(','))].map((id) => uuidOf('property', id.trim()));
  const { from = null, to = null, asOf = null, currency = null } = asked;
  return { from, to, asOf, currency, untied, propertyIds: ids.length > 0 || untied ? ids : null, limit };
}

function presentStatement(found: Statement, { from = null, to = null, asOf = null }: StatementPage): z.input<typeof statement> {
  const { currency, currencies, ageing } = found;
  const { openingMinor, chargedMinor, settledMinor, balanceMinor, creditMinor, processingMinor, announcedMinor, inQuestionMinor, heldBackMinor } = found;
  return {
    ...{ currency, currencies: [...currencies], from, to, asOf },
    ...{ openingMinor: plain(openingMinor), chargedMinor: plain(chargedMinor), settledMinor: plain(settledMinor) },
    ...{ balanceMinor: plain(balanceMinor), creditMinor: plain(creditMinor) },
    ageing: {
      ...{ currentMinor: plain(ageing.current), days30Minor: plain(ageing.days30), days60Minor: plain(ageing.days60) },
      ...{ days90Minor: plain(ageing.days90), over90Minor: plain(ageing.over90) },
    },
    ...{ processingMinor: plain(processingMinor), announcedMinor: plain(announcedMinor) },
    ...{ inQuestionMinor: plain(inQuestionMinor), heldBackMinor: plain(heldBackMinor) },
    late: found.late.map(presentMovement),
    items: found.rows.map(presentMovement),
    nextCursor: found.next,
  };
}

function presentMovement(row: Movement): z.input<typeof statement>['items'][number] {
  return {
    ...{ id: row.id, kind: row.sort, on: row.day, enteredOn: row.enteredOn, number: row.number, method: row.method },
    ...{ changeMinor: plain(row.changeMinor), balanceMinor: plain(row.balanceMinor ?? 0n) },
    invoiceId: row.documentId === null ? null : publicId('invoice', row.documentId),
    paymentId: row.paymentId === null ? null : publicId('payment', row.paymentId),
  };
}
