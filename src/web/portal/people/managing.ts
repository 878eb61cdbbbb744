import { readId } from '../../../core/ids.ts';
import { Refusal } from '../../../core/refusal.ts';
import { newId } from '../../../db/fresh.ts';
import { inOpened, readPage } from '../../../db/read.ts';
import { inTransaction, type Scope } from '../../../db/scope.ts';
import { type Json, once } from '../../../domain/acts/acts.ts';
import { type ManagedAccount, type ManagerGrant, type OwnAccess, openAsManager, readAccess } from '../../../domain/front/access/access.ts';
import { type Look, noPage } from '../../../domain/front/front.ts';
import { checkPortalCode, startPersonCode } from '../../../domain/people/portal-sign-in.ts';
import { href } from '../../../routes.ts';
import type { Deps, WebContext } from '../../context.ts';
import { portalCookie, portalNonceCookie } from '../../cookies.ts';
import type { Reader } from '../../ui/reader.ts';
import { type Framed, visitAccount } from '../account/frame.tsx';
import { seeOther } from '../answer.ts';
import { askerOf, codeSeconds, keepSession } from '../door/sign-in.tsx';
import type { Given } from '../given.ts';
import { lookAt } from '../look.ts';

/** The page People and access as one reader finds it. `fresh`: they showed lately that it is them. */
export type Managing = Readonly<{
  visit: Framed;
  look: Look;
  reader: Reader;
  managed: readonly ManagedAccount[];
  own: readonly OwnAccess[];
  fresh: boolean;
}>;

const freshMinutes = 10;

export async function openPeople(c: WebContext, deps: Deps): Promise<Managing | Response> {
  const visit = await visitAccount(c, deps, () => noPage);
  if (visit instanceof Response) return visit;
  const token = portalCookie.read(c, deps.config.secureCookies) ?? '';
  const open = openAsManager(visit.slug, token);
  const { result } = await inOpened<ManagerGrant, { managed: ManagedAccount[]; own: OwnAccess[]; fresh: boolean }>(
    deps.database,
    { role: 'portal', open, actor: actorOf },
    async (scope, grant) => ({ ...(await readAccess(scope)), fresh: isFresh(grant, scope.now) }),
  );
  if (result === null) return seeOther(c, href('frontDoor', { business: visit.slug }, { stay: '1' }));
  const { look, reader } = await lookAt(c, deps, visit.grant.language ?? null);
  return { visit, look, reader, ...result };
}

const actorOf = ({ person, name }: ManagerGrant) => ({ kind: 'person', id: person ?? null, name: name ?? '' }) as const;

function isFresh({ authenticatedAt }: ManagerGrant, now: Temporal.Instant): boolean {
  if (authenticatedAt === undefined) return false;
  return Temporal.Instant.compare(Temporal.Instant.from(authenticatedAt).add({ minutes: freshMinutes }), now) > 0;
}

/** The account and person an address names, among those that are the reader's to manage; anything else is nothing there. */
export function accountIn(c: WebContext, { managed }: Managing): ManagedAccount {
  const id = readId('customer', c.req.param('customer') ?? '');
  const account = managed.find((each) => each.id === id);
  if (account === undefined) throw new Refusal('not_found');
  return account;
}

export function personIn(c: WebContext, account: ManagedAccount): ManagedAccount['people'][number] {
  const id = readId('person', c.req.param('person') ?? '');
  const person = account.people.find((each) => each.id === id);
  if (person === undefined) throw new Refusal('not_found');
  return person;
}

/** What a press came to. `ask`: it waits for a code; `asked`: that was just sent. */
export type Pressed = 'done' | 'ask' | 'asked' | 'away';

/**
 * Carries out what was pressed, once, as whoever is signed in, who showed within ten minutes that it is them: by their session, or by the code the
 * form brings along. Whether the act is theirs to do is its verb's to say. The session may be a new one afterwards.
 */
export async function pressAsManager(c: WebContext, deps: Deps, given: Given, work: (scope: Scope) => Promise<Json>): Promise<Pressed> {
  const slug = c.req.param('business') ?? '';
  const now = deps.now();
  const token = portalCookie.read(c, deps.config.secureCookies);
  let grant = await grantBy(deps, slug, token);
  const { business, person } = grant;
  if (grant.state !== 'open' || business === undefined || person === undefined) return 'away';
  if (!isFresh(grant, now)) {
    if (given.text('do') === 'code') return sendOwnCode(c, deps, { business, personId: person });
    if (given.text('code') === '') return 'ask';
    const renewed = await enterCode(c, deps, { business, code: given.text('code'), remember: grant.remembered === true });
    grant = await grantBy(deps, slug, renewed);
    if (grant.state !== 'open') return 'away';
  }
  const act = { caller: `session:${grant.session ?? ''}`, id: given.act || newId(), route: c.req.path, body: given.raw };
  const entry = { role: 'system', business, actor: actorOf(grant) } as const;
  await inTransaction(deps.database, entry, (scope) => once({ ...scope, requestId: c.get('requestId') ?? '' }, act, () => work(scope)));
  return 'done';
}

async function grantBy(deps: Deps, slug: string, token: string | null): Promise<ManagerGrant> {
  if (token === null) return { state: 'unknown' };
  return (await readPage<ManagerGrant>(deps.database, openAsManager(slug, token), noPage)).grant;
}

async function sendOwnCode(c: WebContext, deps: Deps, of: { business: string; personId: string }): Promise<'asked'> {
  const { nonce } = await startPersonCode(deps.database, deps.keys, { ...of, asker: askerOf(c, deps) });
  portalNonceCookie.set(c, deps.config.secureCookies, nonce, codeSeconds);
  return 'asked';
}

/** The code opens a session in place of this one, so what a stolen cookie opened before is closed. Answers its token. */
async function enterCode(c: WebContext, deps: Deps, typed: Readonly<{ business: string; code: string; remember: boolean }>): Promise<string> {
  const nonce = portalNonceCookie.read(c, deps.config.secureCookies);
  if (nonce === null) throw new Refusal('code_wrong', { field: 'code' });
  const session = await checkPortalCode(deps.database, deps.keys, { ...typed, nonce, asker: askerOf(c, deps) });
  keepSession(c, deps, session);
  return session.token;
}
