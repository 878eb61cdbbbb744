import { readId } from '../../core/ids.ts';
import { isLocale, type Locale, preferredLocale } from '../../core/locale.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Compiled } from '../../db/read.ts';
import { inOpened, readPage } from '../../db/read.ts';
import type { Actor, Scope } from '../../db/scope.ts';
import { businessOf, kindQueryOf, type LinkGrant, openByLink, openBySession, type SessionGrant } from '../../domain/front/front.ts';
import { paths } from '../../routes.ts';
import type { Deps, WebContext } from '../context.ts';
import { officeCookie, portalCookie } from '../cookies.ts';
import { linkCookie } from './link-cookie.ts';

/** By what right somebody reads a document. */
export type Visitor = Readonly<{
  kind: 'link' | 'session';
  /** The link or the session: the caller of acts. */
  caller: string;
  link: string | null;
  identity: string | null;
  person: string | null;
  name: string;
  sentTo: string | null;
  language: string | null;
  /** Sees whole documents, not only parts of them. */
  canPay: boolean;
  canAsk: boolean;
  /** Who sent the document on to them: they look at it or pay it, and no more (rule 11). */
  sharedBy: string | null;
}>;

/** The outcome of asking for a document. `ended` and `closed` have pages of their own: no link ever dead-ends. */
export type DocumentVisit =
  | Readonly<{ kind: 'open'; business: string; document: string; visitor: Visitor; json: string; besides: readonly (string | null)[] }>
  | Readonly<{ kind: 'moved'; document: string; token: string }>
  | Readonly<{ kind: 'ended'; business: string; grant: LinkGrant }>
  | Readonly<{ kind: 'closed'; business: string }>;

/** Businesses, documents and other names in the address; an unreadable one is nothing anybody has. */
export async function businessIn(c: WebContext, deps: Deps): Promise<string> {
  const business = await businessOf(deps.database, c.req.param('business') ?? '');
  if (business === null) throw new Refusal('not_found');
  c.set('business', business);
  return business;
}

/** Kinds of documents that have pages; the address of each begins as its public id does. */
export type DocumentKind = 'invoice' | 'estimate';

export function documentIn(c: WebContext): string {
  const named = c.req.param('document') ?? '';
  const document = readId('invoice', named) ?? readId('estimate', named);
  if (document === null) throw new Refusal('not_found');
  return document;
}

/** Of what kind the document is, as its address says. Nothing is found of one kind under the address of another. */
export function kindIn(c: WebContext): DocumentKind {
  return readId('estimate', c.req.param('document') ?? '') === null ? 'invoice' : 'estimate';
}

/** The names in the address of a document, for others beside it. */
export function namesIn(c: WebContext): Readonly<{ business: string; document: string }> {
  return { business: c.req.param('business') ?? '', document: c.req.param('document') ?? '' };
}

type Question = (business: string, document: string) => Compiled;
type Asked = Readonly<{ page: Question; besides?: readonly Question[]; sessionFirst?: boolean }>;

/**
 * Reads a page of a document by the link this browser holds for it, else by the session; where it matters who reads, the session comes first. One
 * round trip each.
 */
export async function visitDocument(c: WebContext, deps: Deps, asked: Asked): Promise<DocumentVisit> {
  const business = await businessIn(c, deps);
  const document = documentIn(c);
  const slug = c.req.param('business') ?? '';
  const queries = [asked.page, ...(asked.besides ?? [])].map((ask) => ask(business, document)) as [Compiled, ...Compiled[]];
  const bySession = async (): Promise<DocumentVisit | null> => {
    const session = portalCookie.read(c, deps.config.secureCookies);
    if (session === null) return null;
    const { grant, json, besides } = await readPage<SessionGrant>(deps.database, openBySession(slug, session, document), ...queries);
    return grant.state === 'open' && json !== null ? { kind: 'open', business, document, visitor: visitorBySession(grant), json, besides } : null;
  };
  const first = asked.sessionFirst === true ? await bySession() : null;
  if (first !== null) return first;
  const token = linkCookie.read(c, deps.config.secureCookies);
  let ended: LinkGrant | null = null;
  let shut = false;
  if (token !== null) {
    const { grant, json, besides } = await readPage<LinkGrant>(deps.database, openByLink(slug, token, document), ...queries);
    shut = grant.state === 'open' && !isOpenTo(c, grant);
    if (grant.state === 'open' && json !== null && !shut) return { kind: 'open', business, document, visitor: visitorByLink(grant), json, besides };
    if (grant.state === 'moved' && grant.document) return { kind: 'moved', document: grant.document, token };
    if (grant.state === 'ended') ended = grant;
  }
  const second = asked.sessionFirst === true ? null : await bySession();
  if (second === null && shut) throw new Refusal('not_found');
  return second ?? (ended === null ? { kind: 'closed', business } : { kind: 'ended', business, grant: ended });
}

/** The pages for whoever a document was sent on to: all others are nothing there to them. */
const sharedRooms: ReadonlySet<string> = new Set([
  ...[paths.document, paths.documentVisit, paths.documentSeen, paths.documentEvents, paths.documentPdf, paths.documentFile, paths.documentClose],
  paths.approvalPdf,
  ...[paths.pay, paths.payReturn, paths.receipt, paths.receiptPdf, paths.creditNotePdf],
]);

const isOpenTo = (c: WebContext, grant: LinkGrant): boolean => grant.shared !== true || sharedRooms.has(c.get('room') ?? '');

export function visitorByLink(grant: LinkGrant): Visitor {
  const { link = '', person = null, name = '', sentTo = '', language = null, canPay = false, canAsk = false, sharedBy = null } = grant;
  return { kind: 'link', caller: `link:${link}`, link, identity: null, person, name, sentTo: sentTo || null, language, canPay, canAsk, sharedBy };
}

export function visitorBySession(grant: SessionGrant): Visitor {
  const { session = '', identity = null, person = null, name = '', language = null, canPay = false, canAsk = false } = grant;
  return { kind: 'session', caller: `session:${session}`, link: null, identity, person, name, sentTo: null, language, canPay, canAsk, sharedBy: null };
}

export function actorOf(visitor: Visitor): Actor {
  return { kind: 'person', id: visitor.person, name: visitor.name };
}

/** Does `work` as the reader of this document: by its link, else by the session; where it matters who acts, the session first. Null when neither lets in. */
export async function actOnDocument<T>(
  c: WebContext,
  deps: Deps,
  work: (scope: Scope, visitor: Visitor) => Promise<T>,
  options: Readonly<{ sessionFirst?: boolean }> = {},
): Promise<{ visitor: Visitor; result: T } | null> {
  const slug = c.req.param('business') ?? '';
  const document = documentIn(c);
  if (options.sessionFirst && (await seesInSession(c, deps))) return actInSession(c, deps, document, work);
  const requestId = c.get('requestId') ?? '';
  const token = linkCookie.read(c, deps.config.secureCookies);
  if (token !== null) {
    const open = openByLink(slug, token, document);
    const done = await inOpened<LinkGrant, { visitor: Visitor; result: T } | 'shut'>(
      deps.database,
      { role: 'portal', open, actor: (grant) => actorOf(visitorByLink(grant)) },
      async (scope, grant) =>
        isOpenTo(c, grant) ? { visitor: visitorByLink(grant), result: await work({ ...scope, requestId }, visitorByLink(grant)) } : 'shut',
    );
    if (done.result === 'shut') return shutOut(await actInSession(c, deps, document, work));
    if (done.result !== null) return done.result;
  }
  return actInSession(c, deps, document, work);
}

function shutOut<T>(found: T | null): T {
  if (found === null) throw new Refusal('not_found');
  return found;
}

/** Whether whoever is signed in here sees the document. */
export async function seesInSession(c: WebContext, deps: Deps): Promise<boolean> {
  const session = portalCookie.read(c, deps.config.secureCookies);
  if (session === null) return false;
  const business = await businessIn(c, deps);
  const open = openBySession(c.req.param('business') ?? '', session, documentIn(c));
  const { grant, json } = await readPage<SessionGrant>(deps.database, open, kindQueryOf(business));
  return grant.state === 'open' && json === kindIn(c);
}

/** The same for whoever is signed in, on one document or, with null, on the whole account. */
export async function actInSession<T>(
  c: WebContext,
  deps: Deps,
  document: string | null,
  work: (scope: Scope, visitor: Visitor, grant: SessionGrant) => Promise<T>,
): Promise<{ visitor: Visitor; result: T } | null> {
  const session = portalCookie.read(c, deps.config.secureCookies);
  if (session === null) return null;
  const requestId = c.get('requestId') ?? '';
  const done = await inOpened<SessionGrant, { visitor: Visitor; result: T }>(
    deps.database,
    { role: 'portal', open: openBySession(c.req.param('business') ?? '', session, document), actor: (grant) => actorOf(visitorBySession(grant)) },
    async (scope, grant) => ({ visitor: visitorBySession(grant), result: await work({ ...scope, requestId }, visitorBySession(grant), grant) }),
  );
  return done.result;
}

/** A browser that also works in the office: what it looks at is no sign of a customer. */
export function isStaffBrowser(c: WebContext, deps: Deps): boolean {
  return officeCookie.read(c, deps.config.secureCookies) !== null;
}

/** The language of a page: what was chosen here, else a language recorded on purpose, else what the browser asks for. */
export function localeFor(c: WebContext, recorded: string | null | undefined, fallback: Locale = 'en'): Locale {
  const chosen = c.req.query('lang') ?? langCookie(c);
  if (chosen !== undefined && isLocale(chosen)) return chosen;
  if (recorded && recorded !== 'en' && isLocale(recorded)) return recorded;
  return preferredLocale(c.req.header('accept-language'), fallback);
}

function langCookie(c: WebContext): string | undefined {
  return /(?:^|;\s*)lang=(en|es|fr)(?:;|$)/.exec(c.req.header('cookie') ?? '')?.[1];
}
