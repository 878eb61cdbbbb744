import type { PayMethod } from '../../../core/gateways.ts';
import { publicId } from '../../../core/ids.ts';
import { Refusal } from '../../../core/refusal.ts';
import { newId } from '../../../db/fresh.ts';
import {
  type Allocation,
  allocate,
  apart,
  attemptViewOf,
  attemptViewQuery,
  type Begun,
  type Bills,
  billsOf,
  billsQueryOf,
  fullOf,
  openCheckout,
  type StartedPayment,
  spendCredit,
  startAllocated,
  startRest,
} from '../../../domain/payments/payments.ts';
import { href } from '../../../routes.ts';
import type { Deps, WebContext } from '../../context.ts';
import { type Reader, readerOf } from '../../ui/reader.ts';
import { visitAccount } from '../account/frame.tsx';
import { answerPage, seeOther } from '../answer.ts';
import { type Given, givenForm, problemOf } from '../given.ts';
import { lookAt } from '../look.ts';
import { actInSession } from '../visit.ts';
import { type Asked, askedIn, choiceOf, namedIn, pairsOf, propertyIn } from './choice.ts';
import { beforeText, formTargets } from './failure.ts';
import { manyPage } from './many-page.tsx';
import { methodIn } from './saved.ts';
import { waySeen, withWay } from './way-fee.tsx';

/** GET: what one payment over several bills would pay, line by line. The address holds the choice; nothing is written. */
export async function showPayMany(c: WebContext, deps: Deps): Promise<Response> {
  const asked = askedIn((name) => c.req.queries(name) ?? []);
  return drawMany(c, deps, { asked, method: 'card', problem: null });
}

type Drawing = Readonly<{ asked: Asked; method: PayMethod; problem: Refusal | null }>;

async function drawMany(c: WebContext, deps: Deps, { asked, method, problem }: Drawing): Promise<Response> {
  const visit = await visitAccount(c, deps, (business) => billsQueryOf(business, namedIn(asked), propertyIn(asked)));
  if (visit instanceof Response) return visit;
  const found = billsOf(visit.json, propertyIn(asked));
  const { look, reader } = await lookAt(c, deps, visit.grant.language);
  const [allocation, refused] = tryAllocate(found, asked, reader.locale);
  const said = problem ?? refused;
  const chosen = choiceOf({ ...asked, amount: '' }, found.bills, reader.locale);
  const page = manyPage({
    ...{
      look,
      home: look.currency,
      reader,
      found,
      asked,
      method,
      allocation,
      act: newId(),
      fullMinor: allocation?.fullMinor ?? fullOf(found.bills, chosen),
      apart: apart(found.bills, chosen),
    },
    problem: said === null ? null : { code: said.code, field: said.details.field },
    overMinor: typeof refused?.details['creditMinor'] === 'bigint' ? refused.details['creditMinor'] : 0n,
    before: beforeText(reader.w, c.req.query('failed') ?? null),
    visit,
  });
  return answerPage(
    c,
    deps,
    page,
    said === null ? 200 : said.code === 'allocation_changed' || said.code === 'charge_changed' ? 409 : 422,
    formTargets(deps.cards, found.house.gateway),
  );
}

function tryAllocate(found: Bills, asked: Asked, locale: Reader['locale']): [Allocation | null, Refusal | null] {
  try {
    const choice = choiceOf(asked, found.bills, locale);
    // Everything that was named is gone: that never means everything else instead.
    if (namedIn(asked) !== null && choice.documentIds.length === 0) throw new Refusal('nothing_to_pay');
    const allocation = allocate(found.bills, choice, found.credits);
    if (found.house.gateway === null && allocation.chargedMinor > 0n) throw new Refusal('no_card_processor');
    return [allocation, null];
  } catch (error) {
    if (error instanceof Refusal) return [null, error];
    throw error;
  }
}

/** POST: one payment for exactly what was shown, then on to the processor. The same form twice is one payment. */
export async function startPayMany(c: WebContext, deps: Deps): Promise<Response> {
  const given = await givenForm(c);
  const method = methodIn(given);
  const asked = askedIn(given.all);
  try {
    const known = await pressedBefore(c, deps, given.act);
    if (known !== null) return known;
    const started = await start(c, deps, { given, asked, method });
    if (started === null) return await drawMany(c, deps, { asked, method, problem: null });
    const wayMinor = waySeen(given, method);
    return await goOn(c, deps, { begun: started.result, act: given.act, language: started.visitor.language, asked, method, wayMinor });
  } catch (error) {
    problemOf(error);
    return drawMany(c, deps, { asked, method, problem: error as Refusal });
  }
}

/** A form sent again after its payment went on: it leads to what became of it. */
async function pressedBefore(c: WebContext, deps: Deps, act: string): Promise<Response | null> {
  if (act === '') throw new Refusal('invalid_input');
  const visit = await visitAccount(c, deps, (business) => attemptViewQuery(business, act));
  if (visit instanceof Response || visit.json === null || attemptViewOf(visit.json).state === 'initiated') return null;
  return seeOther(c, href('payManyReturn', { business: visit.slug, payment: publicId('payment', act) }));
}

function start(c: WebContext, deps: Deps, { given, asked, method }: Readonly<{ given: Given; asked: Asked; method: PayMethod }>) {
  return actInSession(c, deps, null, async (scope, visitor) => {
    const named = namedIn(asked) ?? [];
    const amountMinor = amountIn(given);
    const choice = { ...choiceOf({ ...asked, amount: '' }, [], 'en'), documentIds: named, amountMinor };
    return startAllocated(scope, { id: given.act, choice, seen: given.text('seen'), method, personId: visitor.person, wayMinor: waySeen(given, method) });
  });
}

/** An amount of their own in minor units, exactly as the page wrote it; none: all that was chosen. */
function amountIn(given: Given): bigint | null {
  const text = given.text('amountMinor');
  if (text === '') return null;
  if (!/^[1-9]\d{0,7}$/.test(text)) throw new Refusal('amount_invalid', { field: 'amount' });
  return BigInt(text);
}

type Going = Readonly<{ begun: Begun; act: string; language: string | null; asked: Asked; method: PayMethod; wayMinor: bigint }>;

/** Credit first, then what is left to the processor. */
async function goOn(c: WebContext, deps: Deps, { begun, act, language, asked, method, wayMinor }: Going): Promise<Response> {
  const { bills } = begun;
  if (begun.kind === 'payment') return toCheckout(c, deps, { ...begun, bills, language, asked, wayMinor });
  await spendCredit(deps.database, begun);
  const rest = await actInSession(c, deps, null, (scope) => startRest(scope, act, method, wayMinor));
  if (rest?.result) return toCheckout(c, deps, { ...rest.result, bills, language, asked: { ...asked, credit: false }, wayMinor });
  return seeOther(c, href('account', { business: c.req.param('business') ?? '' }, { used: publicId('payment', act) }));
}

type Onward = StartedPayment & Readonly<{ bills: readonly string[]; language: string | null; asked: Asked; wayMinor: bigint }>;

async function toCheckout(c: WebContext, deps: Deps, { bills, language, asked, wayMinor, ...started }: Onward): Promise<Response> {
  const { look, reader } = await lookAt(c, deps, language);
  const back = href('payManyReturn', { business: look.slug, payment: publicId('payment', started.attempt) });
  const again = new URLSearchParams([...pairsOf(asked), ['failed', 'canceled']]).toString();
  const answer = await openCheckout(deps, started, {
    returnUrl: deps.config.appUrl + back,
    cancelUrl: `${deps.config.appUrl}${href('payMany', { business: look.slug })}?${again}`,
    payee: look.name,
    description: withWay(readerOf(reader.locale, look.currency), reader.w.invoices.count(bills.length), wayMinor),
    locale: reader.locale,
    payerEmail: null,
  });
  if (answer.kind === 'redirect') return seeOther(c, answer.url);
  if (answer.kind === 'blocked') throw new Refusal(answer.code);
  return seeOther(c, back);
}
