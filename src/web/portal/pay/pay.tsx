import type { PayMethod } from '../../../core/gateways.ts';
import { publicId } from '../../../core/ids.ts';
import { limits } from '../../../core/limits.ts';
import { parseMoney } from '../../../core/money-parse.ts';
import { Refusal } from '../../../core/refusal.ts';
import { newId } from '../../../db/fresh.ts';
import {
  attemptViewOf,
  attemptViewQuery,
  openCheckout,
  type PayFacts,
  payFactsOf,
  payFactsQuery,
  readPayFacts,
  startPayment,
} from '../../../domain/payments/payments.ts';
import { href } from '../../../routes.ts';
import type { Deps, WebContext } from '../../context.ts';
import { readerOf } from '../../ui/reader.ts';
import { answerPage, seeOther } from '../answer.ts';
import { type Given, givenForm, problemOf } from '../given.ts';
import { elsewhere, noteSeen } from '../invoice/invoice.tsx';
import { lookAt } from '../look.ts';
import { actOnDocument, documentIn, type Visitor, visitDocument } from '../visit.ts';
import { type Wanted, wantedFrom } from './amount.ts';
import { beforeText, formTargets } from './failure.ts';
import { payPage } from './pay-page.tsx';
import { type Begun, chargeSaved, describe, methodIn, ownMethods, startSaved } from './saved.ts';
import { askedFor, type TipAsked, tipFrom, tipIn } from './tip.tsx';
import { waySeen } from './way-fee.tsx';

/** GET: what would be paid and how. `?amount=` and `?part=` choose, `?tip=` and `?own=` add a tip, `?rest=1` takes every installment, `?all=1` what is in question too, `?other=1` asks. Nothing is written. */
export async function showPay(c: WebContext, deps: Deps): Promise<Response> {
  const given = { amount: c.req.query('amount') ?? '', parts: (c.req.queries('part') ?? []).slice(0, limits.propertiesPerDocument) };
  return drawPay(c, deps, {
    ...given,
    all: c.req.query('all') === '1',
    rest: c.req.query('rest') === '1',
    choosing: c.req.query('other') === '1',
    tip: { tip: c.req.query('tip') ?? '', own: c.req.query('own') ?? '' },
    act: newId(),
    method: 'card',
    problem: null,
  });
}

type Drawing = Readonly<{
  amount: string;
  parts: readonly string[];
  all?: boolean;
  rest?: boolean;
  choosing: boolean;
  tip: TipAsked;
  act: string;
  method: PayMethod;
  problem: Refusal | null;
}>;

async function drawPay(c: WebContext, deps: Deps, drawing: Drawing): Promise<Response> {
  const visit = await visitDocument(c, deps, { page: payFactsQuery });
  if (visit.kind !== 'open') return elsewhere(c, deps, visit);
  const facts = payFactsOf(visit.json);
  const { look, reader } = await lookAt(c, deps, visit.visitor.language);
  const money = readerOf(reader.locale, facts.currency, facts.homeCurrency);
  const [wanted, refused] = tryWanted(facts, visit.document, drawing, reader.locale);
  const [tip, tipRefused] = tipFrom(facts, wanted, drawing.tip, reader.locale);
  const problem = drawing.problem ?? refused ?? tipRefused;
  const saved = wanted === null ? [] : await ownMethods(c, deps);
  const page = payPage({
    ...{ look, locale: reader.locale, reader: money, facts, document: visit.document, wanted, tip, saved, act: drawing.act, method: drawing.method },
    ...{ choosing: drawing.choosing || refused !== null, typed: drawing.amount, picked: drawing.parts, kept: keptOf(drawing) },
    problem: problem === null ? null : { code: problem.code, field: problem.details.field ?? 'amount' },
    before: beforeText(reader.w, c.req.query('failed') ?? null),
  });
  return answerPage(c, deps, page, problem === null ? 200 : problem.code === 'charge_changed' ? 409 : 422, formTargets(deps.cards, facts.gateway));
}

/** How the amount was chosen, for addresses of the same page. */
function keptOf({ amount, all, rest }: Drawing): Record<string, string> {
  return { ...(amount === '' ? {} : { amount }), ...(all ? { all: '1' } : {}), ...(rest ? { rest: '1' } : {}) };
}

function tryWanted(facts: PayFacts, document: string, drawing: Drawing, locale: 'en' | 'es' | 'fr'): [Wanted | null, Refusal | null] {
  try {
    if (!facts.mayPay) throw new Refusal('not_allowed');
    if (facts.gateway === null) throw new Refusal('no_card_processor');
    const amountMinor = drawing.amount === '' ? null : parseMoney(drawing.amount, facts.currency, locale);
    return [wantedFrom(facts, document, { amountMinor, parts: drawing.parts, all: drawing.all ?? false, rest: drawing.rest ?? false }), null];
  } catch (error) {
    if (error instanceof Refusal) return [null, error];
    throw error;
  }
}

/** POST: writes the attempt, then sends the payer to the processor. The same form twice is one attempt. */
export async function startPay(c: WebContext, deps: Deps): Promise<Response> {
  const given = await givenForm(c);
  if (given.text('saved') !== '') return paySaved(c, deps, given);
  const method = methodIn(given);
  try {
    const known = await pressedBefore(c, deps, given.act);
    if (known !== null) return known;
    const started = await start(c, deps, given, method);
    if (started === null) return elsewhere(c, deps, (await visitDocument(c, deps, { page: payFactsQuery })) as Parameters<typeof elsewhere>[2]);
    return await toCheckout(c, deps, started.result, started.visitor);
  } catch (error) {
    problemOf(error);
    return drawAgain(c, deps, given, method, error as Refusal);
  }
}

/** The page of a form that was refused, without its tip: it is chosen anew with the amount of now. */
function drawAgain(c: WebContext, deps: Deps, given: Given, method: PayMethod, problem: Refusal): Promise<Response> {
  return drawPay(c, deps, { amount: '', parts: given.all('part'), choosing: false, tip: { tip: '', own: '' }, act: newId(), method, problem });
}

/** Pays with a kept card or account in one press. One whose bank wants to ask the payer first goes on at the processor's page. */
async function paySaved(c: WebContext, deps: Deps, given: Given): Promise<Response> {
  const at = { business: c.req.param('business') ?? '', document: c.req.param('document') ?? '' };
  try {
    const known = await pressedBefore(c, deps, given.act);
    if (known !== null) return known;
    const begun = await startSaved(c, deps, given, amountIn(given));
    const failure = await chargeSaved(c, deps, begun.result);
    if (failure === null) return seeOther(c, href('payReturn', { ...at, payment: publicId('payment', begun.result.attempt) }));
    if (failure !== 'needs_confirmation') return seeOther(c, href('pay', at, { failed: failure, ...askedFor(begun.result.tipMinor, begun.result.currency) }));
    const started = await start(c, deps, { ...given, act: newId() }, methodIn(given));
    return started === null ? seeOther(c, href('pay', at)) : await toCheckout(c, deps, started.result, started.visitor);
  } catch (error) {
    problemOf(error);
    return drawAgain(c, deps, given, methodIn(given), error as Refusal);
  }
}

/** A form sent again after its payment went on: back, reload, another tab. It leads to what became of it. */
async function pressedBefore(c: WebContext, deps: Deps, act: string): Promise<Response | null> {
  if (act === '') return null;
  const visit = await visitDocument(c, deps, { page: (business) => attemptViewQuery(business, act) });
  if (visit.kind !== 'open' || attemptViewOf(visit.json).state === 'initiated') return null;
  const at = { business: c.req.param('business') ?? '', document: c.req.param('document') ?? '' };
  return seeOther(c, href('payReturn', { ...at, payment: publicId('payment', act) }));
}

function start(c: WebContext, deps: Deps, given: Given, method: PayMethod) {
  const documentId = documentIn(c);
  const amountMinor = amountIn(given);
  if (given.act === '') throw new Refusal('invalid_input');
  return actOnDocument(c, deps, async (scope, visitor) => {
    const facts = await readPayFacts(scope, documentId);
    const wanted = wantedFrom(facts, documentId, { amountMinor, parts: given.all('part') });
    const target = wanted.chosen === null ? { documentId, amountMinor } : { documentId, amountMinor, parts: wanted.shares };
    const { customerId, currency, homeCurrency, number, purpose } = facts;
    const tipMinor = tipIn(given);
    const [personId, wayMinor] = [visitor.person, waySeen(given, method)];
    const started = await startPayment(scope, { id: given.act, customerId, method, currency, targets: [target], tipMinor, wayMinor, personId });
    return { ...started, number, purpose, currency, homeCurrency, tipMinor, wayMinor };
  });
}

/** Minor units exactly as the page wrote them. */
function amountIn(given: Given): bigint {
  const text = given.text('amountMinor');
  if (!/^[1-9]\d{0,7}$/.test(text)) throw new Refusal('amount_invalid', { field: 'amount' });
  return BigInt(text);
}

async function toCheckout(c: WebContext, deps: Deps, started: Begun, visitor: Visitor): Promise<Response> {
  const { look, reader } = await lookAt(c, deps, visitor.language);
  const at = { business: look.slug, document: c.req.param('document') ?? '' };
  await noteSeen(deps, started.business, documentIn(c), visitor);
  const back = href('payReturn', { ...at, payment: publicId('payment', started.attempt) });
  const answer = await openCheckout(deps, started, {
    returnUrl: deps.config.appUrl + back,
    cancelUrl: deps.config.appUrl + href('pay', at, { failed: 'canceled', ...askedFor(started.tipMinor, started.currency) }),
    payee: look.name,
    description: describe(reader, started),
    locale: reader.locale,
    payerEmail: visitor.sentTo,
  });
  if (answer.kind === 'redirect') return seeOther(c, answer.url);
  if (answer.kind === 'blocked') throw new Refusal(answer.code);
  return seeOther(c, back);
}
