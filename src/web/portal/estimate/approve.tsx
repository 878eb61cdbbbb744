import { Refusal } from '../../../core/refusal.ts';
import { newId } from '../../../db/fresh.ts';
import { inTransaction, systemActor } from '../../../db/scope.ts';
import { once } from '../../../domain/acts/acts.ts';
import { approveEstimate, approversOf } from '../../../domain/approvals/approvals.ts';
import { readEstimate } from '../../../domain/estimates/estimates.ts';
import { href } from '../../../routes.ts';
import type { Deps, WebContext } from '../../context.ts';
import type { FormProblem } from '../../ui/form.tsx';
import { answerPage, seeOther } from '../answer.ts';
import { type Given, givenForm, problemOf } from '../given.ts';
import { elsewhere, noteSeen } from '../invoice/invoice.tsx';
import { actOnDocument, documentIn, localeFor, namesIn } from '../visit.ts';
import { approvePage, type Signing } from './approve-page.tsx';
import { choiceFields, withChoices } from './choice-address.ts';
import { choicesOf } from './choices.ts';
import { newerCodes, presserOf, showNewer, standingFor, visitToDecide } from './deciding.ts';
import { pageDataOf } from './estimate.tsx';

const empty = { typedName: '', poNumber: '', reason: '', accepted: false };

/** Read, choose, terms, and the name as the last thing: what the press binds stands on it. */
export async function showApprove(c: WebContext, deps: Deps): Promise<Response> {
  const fields = choiceFields(new URL(c.req.url).searchParams);
  return draw(c, deps, { fields, typed: empty, act: newId(), problem: null });
}

type Drawing = Readonly<{ fields: URLSearchParams; typed: Signing['typed']; act: string; problem: FormProblem }>;

async function draw(c: WebContext, deps: Deps, { fields, typed, act, problem }: Drawing): Promise<Response> {
  const visit = await visitToDecide(c, deps);
  if (visit.kind !== 'open') return elsewhere(c, deps, visit);
  const data = pageDataOf(visit, fields, deps.now());
  if (data.view.standing.now !== 'sent') return seeOther(c, href('document', namesIn(c)));
  if (data.choosing.problem !== null) return seeOther(c, withChoices(href('document', namesIn(c)), fields));
  const standing = standingFor(data, visit.visitor.kind);
  const approvers = standing === 'named' ? await namesOf(deps, visit.business, visit.document) : [];
  const signing = { standing, approvers, typed, act, problem, sentTo: visit.visitor.sentTo };
  return answerPage(c, deps, approvePage(data, signing, localeFor(c, visit.visitor.language)), problem === null ? 200 : 422);
}

/** Whom a shared mailbox is told about: those of the same customer who may approve. */
function namesOf(deps: Deps, business: string, documentId: string): Promise<string[]> {
  return inTransaction(deps.database, { role: 'system', business, actor: systemActor }, (scope) => approversOf(scope, documentId));
}

/** The press: once, however often it comes. What came too late is answered by the newer state. */
export async function sendApprove(c: WebContext, deps: Deps): Promise<Response> {
  const given = await givenForm(c);
  const fields = choiceFields(new URLSearchParams(given.raw));
  try {
    const signed = await sign(c, deps, given, fields);
    if (signed === null) return await showNewer(c, deps, null);
    await noteSeen(deps, signed.result.business, documentIn(c), signed.visitor);
  } catch (error) {
    const { code, field } = problemOf(error);
    if (code === 'code_needed') return seeOther(c, withChoices(href('documentConfirm', namesIn(c), { to: 'approve' }), fields));
    if (newerCodes.has(code)) return showNewer(c, deps, { code, field: undefined });
    const { text } = given;
    const typed = { typedName: text('typedName'), poNumber: text('poNumber'), reason: text('reason'), accepted: text('acceptTerms') === '1' };
    return draw(c, deps, { fields, typed, act: newId(), problem: { code, field } });
  }
  return seeOther(c, href('document', namesIn(c), { done: '1' }));
}

function sign(c: WebContext, deps: Deps, given: Given, fields: URLSearchParams) {
  const documentId = documentIn(c);
  const total = given.text('totalMinor');
  if (!/^\d{1,11}$/.test(total)) throw new Refusal('invalid_input');
  const { text } = given;
  return actOnDocument(
    c,
    deps,
    async (scope, visitor) => {
      const act = { caller: visitor.caller, id: given.act || newId(), route: 'approve', body: given.raw };
      await once(scope, act, async () => {
        const { facts } = await readEstimate(scope, documentId);
        const { approvalId } = await approveEstimate(scope, {
          ...presserOf(c, visitor, given),
          ...{ documentId, totalMinor: BigInt(total), acceptTerms: text('acceptTerms') === '1', poNumber: text('poNumber'), reason: text('reason') },
          choices: choicesOf(facts.lines, fields),
        });
        return { approvalId };
      });
      return { business: scope.business };
    },
    { sessionFirst: true },
  );
}
