import { publicId, readId } from '../../../core/ids.ts';
import { parseMoney } from '../../../core/money-parse.ts';
import { Refusal } from '../../../core/refusal.ts';
import { newId } from '../../../db/fresh.ts';
import type { Scope } from '../../../db/scope.ts';
import { once } from '../../../domain/acts/acts.ts';
import { invoiceFactsQuery } from '../../../domain/invoices/invoices.ts';
import { questionCharge, withdrawQuestion } from '../../../domain/messages/charges.ts';
import { type Askable, askableOf, type QuestionReason, questionReasons } from '../../../domain/questions/questions.ts';
import { href } from '../../../routes.ts';
import type { Deps, WebContext } from '../../context.ts';
import { readerOf } from '../../ui/reader.ts';
import { answerPage, seeOther } from '../answer.ts';
import { type Given, givenForm, problemOf } from '../given.ts';
import { elsewhere, noteSeen } from '../invoice/invoice.tsx';
import { lookAt } from '../look.ts';
import { actOnDocument, documentIn, localeFor, type Visitor, visitDocument } from '../visit.ts';
import { type ChargeForm, chargeIn, chooseCharge, questionForm, wholeCharge } from './charge-page.tsx';

const blank = { amount: null, reason: null, text: '', problem: null } as const;

/** "Question a charge": first which one, then how much and why. Nothing is written by looking. */
export async function showQuestion(c: WebContext, deps: Deps): Promise<Response> {
  return drawQuestion(c, deps, { charge: c.req.query('charge') ?? '', ...blank, act: newId() }, 200);
}

async function drawQuestion(c: WebContext, deps: Deps, form: ChargeForm, status: number): Promise<Response> {
  const seen = await actOnDocument(c, deps, (scope, visitor) => lookFor(scope, visitor, documentIn(c)));
  if (seen === null) return away(c, deps);
  const { askable, code } = seen.result;
  const { look, reader } = await lookAt(c, deps, seen.visitor.language);
  const at = { business: look.slug, document: publicId('invoice', documentIn(c)) };
  if (askable === null) return answerPage(c, deps, chooseCharge({ look, reader, at, askable: nothing }, { code, field: undefined }), 422);
  const page = { look, reader: readerOf(reader.locale, askable.currency, look.currency), at, askable };
  const only = askable.lines.length <= 1 ? wholeCharge : '';
  const charge = chargeIn(askable, form.charge || only);
  const wrong = form.problem ?? (charge === null && form.charge !== '' ? ({ code: 'wrong_choice', field: undefined } as const) : null);
  if (charge === null || charge.mostMinor <= 0n) return answerPage(c, deps, chooseCharge(page, wrong), wrong === null ? 200 : 422);
  return answerPage(c, deps, questionForm(page, charge, { ...form, charge: form.charge || only }), status === 200 ? 200 : 422);
}

const nothing: Askable = {
  ...{ customerId: '', propertyId: null, number: '', currency: 'USD', paid: true, whole: { mostMinor: 0n, open: false } },
  lines: [],
};

type Looked = { askable: Askable; code: 'not_found' } | { askable: null; code: 'nothing_to_question' | 'question_too_late' };

/** What may be asked about, or why nothing may be. Who may not ask is told so. */
async function lookFor(scope: Scope, visitor: Visitor, documentId: string): Promise<Looked> {
  if (!visitor.canAsk) throw new Refusal('not_allowed');
  try {
    return { askable: await askableOf(scope, documentId), code: 'not_found' };
  } catch (error) {
    const { code } = problemOf(error);
    if (code !== 'nothing_to_question' && code !== 'question_too_late') throw error;
    return { askable: null, code };
  }
}

async function away(c: WebContext, deps: Deps): Promise<Response> {
  return elsewhere(c, deps, (await visitDocument(c, deps, { page: invoiceFactsQuery })) as Parameters<typeof elsewhere>[2]);
}

const backTo = (c: WebContext): string => {
  const at = { business: c.req.param('business') ?? '', document: c.req.param('document') ?? '' };
  return `${href('document', at)}#in-question`;
};

/** Sends the question once, however often the form comes, and shows it on the invoice. */
export async function sendQuestion(c: WebContext, deps: Deps): Promise<Response> {
  const given = await givenForm(c);
  try {
    const asked = await question(c, deps, given);
    if (asked === null) return away(c, deps);
    await noteSeen(deps, asked.result.business, documentIn(c), asked.visitor);
  } catch (error) {
    const { code, field } = problemOf(error);
    if (code === 'not_allowed' || code === 'not_found') throw error;
    const filled = { charge: given.text('charge'), amount: given.text('amount'), reason: reasonIn(given), text: given.text('text') };
    return drawQuestion(c, deps, { ...filled, act: newId(), problem: { code, field: field ?? 'amount' } }, 422);
  }
  return seeOther(c, backTo(c));
}

const reasonIn = (given: Given): QuestionReason | null => questionReasons.find((each) => each === given.text('reason')) ?? null;

function question(c: WebContext, deps: Deps, given: Given) {
  const documentId = documentIn(c);
  const reason = reasonIn(given);
  const named = given.text('charge');
  const lineId = named === wholeCharge ? null : readId('line', named);
  if (lineId === null && named !== wholeCharge) throw new Refusal('wrong_choice', { field: 'charge' });
  return actOnDocument(c, deps, async (scope, visitor) => {
    if (!visitor.canAsk) throw new Refusal('not_allowed');
    const act = { caller: visitor.caller, id: given.act || newId(), route: 'question', body: given.raw };
    await once(scope, act, async () => {
      if (reason === null) throw new Refusal('wrong_choice', { field: 'reason' });
      const language = localeFor(c, visitor.language);
      const { currency } = await askableOf(scope, documentId);
      const amountMinor = parseMoney(given.text('amount'), currency, language);
      return questionCharge(scope, { id: newId(), documentId, lineId, amountMinor, reason, text: given.text('text'), language });
    });
    return { business: scope.business };
  });
}

/** Takes a question back; pressed twice it is taken back once. */
export async function withdraw(c: WebContext, deps: Deps): Promise<Response> {
  await givenForm(c);
  const id = readId('question', c.req.param('question') ?? '');
  if (id === null) throw new Refusal('not_found');
  const done = await actOnDocument(c, deps, async (scope, visitor) => {
    if (!visitor.canAsk) throw new Refusal('not_allowed');
    await withdrawQuestion(scope, id);
    return scope.business;
  });
  if (done === null) return away(c, deps);
  await noteSeen(deps, done.result, documentIn(c), done.visitor);
  return seeOther(c, backTo(c));
}
