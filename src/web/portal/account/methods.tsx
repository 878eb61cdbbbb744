import type { ReactNode } from 'react';
import { publicId, readId } from '../../../core/ids.ts';
import { Refusal } from '../../../core/refusal.ts';
import { newId } from '../../../db/fresh.ts';
import type { Scope } from '../../../db/scope.ts';
import { noPage } from '../../../domain/front/front.ts';
import {
  type AutopayPage,
  askSetup,
  beginSaving,
  makeDefault,
  offerMethod,
  openSetup,
  ownsMethod,
  readAutopay,
  removeMethod,
  skipCharge,
  stopOwnMandate,
} from '../../../domain/payments/payments.ts';
import { href } from '../../../routes.ts';
import type { Deps, WebContext } from '../../context.ts';
import { Icon } from '../../ui/icon.tsx';
import { type PageLook, renderPage } from '../../ui/page.tsx';
import type { Reader } from '../../ui/reader.ts';
import { answerPage, seeOther } from '../answer.ts';
import { type Given, givenForm } from '../given.ts';
import { lookAt } from '../look.ts';
import { formTargets } from '../pay/failure.ts';
import { actInSession } from '../visit.ts';
import { Mandates, Methods } from './autopay-parts.tsx';
import { AccountNav, visitAccount, Whose } from './frame.tsx';

export type Opened = Readonly<{ page: AutopayPage; look: PageLook; reader: Reader; frame: (title: string, body: ReactNode) => ReturnType<typeof renderPage> }>;

/** The signed-in account's methods and autopay, and the frame its pages stand in; a session that is over leads to the door. */
export async function openMethods(c: WebContext, deps: Deps): Promise<Opened | Response> {
  const visit = await visitAccount(c, deps, () => noPage);
  if (visit instanceof Response) return visit;
  const own = await actInSession(c, deps, null, readAutopay);
  if (own === null) return seeOther(c, href('frontDoor', { business: visit.slug }));
  const { look, reader } = await lookAt(c, deps, visit.grant.language ?? null);
  const frame: Opened['frame'] = (title, body) =>
    renderPage(
      {
        look,
        locale: reader.locale,
        title,
        path: c.req.path,
        wide: true,
        nav: <AccountNav reader={reader} visit={visit} at="methods" />,
      },
      <>
        <Whose reader={reader} visit={visit} />
        <div className="narrow">{body}</div>
      </>,
    );
  return { page: own.result, look, reader, frame };
}

/** GET: kept cards and accounts, and what pays by itself. */
export async function showMethods(c: WebContext, deps: Deps): Promise<Response> {
  const opened = await openMethods(c, deps);
  if (opened instanceof Response) return opened;
  const { page, look, reader, frame } = opened;
  const { autopay } = reader.w;
  const told = noticeOf(reader, c.req.query('told') ?? '');
  const wholeOn = page.mandates.some(({ endedAt, propertyId }) => endedAt === null && propertyId === null);
  const mayTurnOn = page.allowed && page.mayPay && page.methods.length > 0 && !wholeOn;
  const body = (
    <>
      <h1>{autopay.title}</h1>
      {told && (
        <p className="note gap" role="status">
          <Icon name="check" />
          {told}
        </p>
      )}
      <Mandates reader={reader} slug={look.slug} page={page} />
      {mayTurnOn && (
        <p className="gap">
          <a className="btn" href={href('autopayTerms', { business: look.slug })}>
            {autopay.turnOn}
          </a>
        </p>
      )}
      <Methods reader={reader} slug={look.slug} page={page} />
      {page.mayPay && page.gateway !== null && (
        <form className="gap" method="post" action={href('methods', { business: look.slug })}>
          <input type="hidden" name="act" value={newId()} />
          <p className="lead s">{autopay.addLead(look.name)}</p>
          <button className={mayTurnOn ? 'btn more' : 'btn'} type="submit" name="do" value="add">
            {autopay.add}
          </button>
        </form>
      )}
    </>
  );
  return answerPage(c, deps, frame(autopay.title, body), 200, formTargets(deps.cards, page.gateway));
}

function noticeOf({ w: { autopay } }: Reader, told: string): string | null {
  const notices: Readonly<Record<string, string>> = {
    ...{ added: autopay.added, not_added: autopay.notAdded, checking: autopay.checking, down: autopay.down, removed: autopay.removed },
    ...{ skipped: autopay.skipped, on: autopay.on, off: autopay.stopped },
  };
  return notices[told] ?? null;
}

/** POST: one press of the page. Each is what it says however often it is sent. */
export async function changeMethods(c: WebContext, deps: Deps): Promise<Response> {
  const given = await givenForm(c);
  const business = c.req.param('business') ?? '';
  if (given.text('do') === 'add') return addMethod(c, deps, given);
  const done = await actInSession(c, deps, null, (scope) => press(scope, given));
  if (done === null) return seeOther(c, href('frontDoor', { business }));
  return seeOther(c, href('methods', { business }, done.result === '' ? {} : { told: done.result }));
}

async function press(scope: Scope, given: Given): Promise<string> {
  const of = (kind: 'method' | 'charge' | 'mandate'): string => {
    const id = readId(kind, given.text(kind));
    if (id === null) throw new Refusal('not_found');
    return id;
  };
  const presses: Readonly<Record<string, () => Promise<string>>> = {
    usual: () => makeDefault(scope, of('method')).then(() => ''),
    offer: () => offerMethod(scope, of('method'), true).then(() => ''),
    take_back: () => offerMethod(scope, of('method'), false).then(() => ''),
    remove: () => removeMethod(scope, of('method')).then(() => 'removed'),
    skip: () => skipCharge(scope, of('charge')).then(() => 'skipped'),
    stop: () => stopOwnMandate(scope, of('mandate')).then(() => 'off'),
  };
  const pressed = presses[given.text('do')];
  if (pressed === undefined) throw new Refusal('invalid_input', { field: 'do' });
  return pressed();
}

/** Writes down what is being added, then sends the payer to the processor's page. */
async function addMethod(c: WebContext, deps: Deps, given: Given): Promise<Response> {
  const business = c.req.param('business') ?? '';
  const id = given.act || newId();
  const begun = await actInSession(c, deps, null, (scope) => beginSaving(scope, { id, customerId: null }));
  if (begun === null) return seeOther(c, href('frontDoor', { business }));
  const { look, reader } = await lookAt(c, deps, begun.visitor.language);
  const back = href('methodAdded', { business: look.slug, method: publicId('method', id) });
  const answer = await openSetup(deps, begun.result, {
    returnUrl: deps.config.appUrl + back,
    cancelUrl: deps.config.appUrl + href('methods', { business: look.slug }),
    payee: look.name,
    locale: reader.locale,
    payerEmail: null,
  });
  if (answer.kind === 'redirect') return seeOther(c, answer.url);
  return seeOther(c, answer.kind === 'done' ? back : href('methods', { business: look.slug }, { told: answer.kind }));
}

/** Where the processor sends the payer back. The address proves nothing: the processor is asked. */
export async function showMethodAdded(c: WebContext, deps: Deps): Promise<Response> {
  const id = readId('method', c.req.param('method') ?? '');
  const business = c.req.param('business') ?? '';
  const own = await actInSession(c, deps, null, async (scope) => ({ business: scope.business, mine: id !== null && (await ownsMethod(scope, id)) }));
  if (own === null) return seeOther(c, href('frontDoor', { business }));
  if (id === null || !own.result.mine) throw new Refusal('not_found');
  const state = await askSetup(deps, own.result.business, id);
  return seeOther(c, href('methods', { business }, { told: state === 'saved' ? 'added' : state === 'adding' ? 'checking' : 'not_added' }));
}

/** GET: what removing one means, before it is done. */
export async function showRemoveMethod(c: WebContext, deps: Deps): Promise<Response> {
  const id = readId('method', c.req.param('method') ?? '');
  const opened = await openMethods(c, deps);
  if (opened instanceof Response) return opened;
  const { page, look, reader, frame } = opened;
  const method = page.methods.find((each) => each.own && each.id === id);
  if (method === undefined) throw new Refusal('not_found');
  const { autopay } = reader.w;
  const methods = href('methods', { business: look.slug });
  const body = (
    <form method="post" action={methods}>
      <h1>{autopay.removeTitle(method.label)}</h1>
      <p className="lead">{autopay.removeLead}</p>
      <input type="hidden" name="method" value={publicId('method', method.id)} />
      <p className="gap">
        <button className="btn" type="submit" name="do" value="remove">
          {`${autopay.remove} ${method.label}`}
        </button>
      </p>
      <p className="gap">
        <a href={methods}>{autopay.keep}</a>
      </p>
    </form>
  );
  return answerPage(c, deps, frame(autopay.removeTitle(method.label), body));
}
