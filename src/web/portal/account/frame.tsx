import type { Compiled } from '../../../db/read.ts';
import { readPage } from '../../../db/read.ts';
import { type Around, aroundOf, aroundQueryOf, openBySession, type SessionGrant } from '../../../domain/front/front.ts';
import { touchSession } from '../../../domain/people/entry/sessions.ts';
import { errorFields, log } from '../../../log.ts';
import { href, type Place } from '../../../routes.ts';
import type { Deps, WebContext } from '../../context.ts';
import { portalCookie } from '../../cookies.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import type { Reader } from '../../ui/reader.ts';
import { seeOther } from '../answer.ts';
import { businessIn } from '../visit.ts';
import { accountsElsewhere, type Elsewhere } from './elsewhere.ts';

/** What every page of a signed-in person is framed by: who reads, whose accounts these are, and which sections there are. */
export type Framed = Readonly<{ slug: string; name: string; around: Around; others: readonly Elsewhere[] }>;

export type SignedIn = Framed &
  Readonly<{
    business: string;
    grant: SessionGrant;
    json: string | null;
    /** What the page's other queries found, in their order. */
    besides: readonly (string | null)[];
  }>;

type Asking = (business: string) => Compiled;

/** Reads a page of the signed-in account in one round trip; a session that is over leads to the front door. */
export function visitAccount(c: WebContext, deps: Deps, page: Asking, ...besides: readonly Asking[]): Promise<SignedIn | Response> {
  return visitOpened(c, deps, openBySession, page, ...besides);
}

/** The same, opened in another way: as who manages people, who sees them too. */
export async function visitOpened(
  c: WebContext,
  deps: Deps,
  open: (slug: string, token: string) => Compiled,
  page: Asking,
  ...besides: readonly Asking[]
): Promise<SignedIn | Response> {
  const business = await businessIn(c, deps);
  const slug = c.req.param('business') ?? '';
  const token = portalCookie.read(c, deps.config.secureCookies);
  const door = href('frontDoor', { business: slug }, { stay: '1' });
  if (token === null) return seeOther(c, door);
  const asked = [aroundQueryOf, ...besides].map((ask) => ask(business));
  const read = await readPage<SessionGrant>(deps.database, open(slug, token), page(business), ...asked);
  const { grant, json } = read;
  if (grant.state !== 'open') return seeOther(c, door);
  noteUse(deps, token, grant.session ?? '');
  const others = await accountsElsewhere(deps, { identity: grant.identity ?? '', session: grant.session ?? '', business });
  const [around = null, ...found] = read.besides;
  return { business, slug, name: grant.name ?? '', grant, json, besides: found, around: aroundOf(around), others };
}

const lastNoted = new Map<string, number>();

/** Moves the idle limit, off the request's way and at most every five minutes in this process. */
function noteUse(deps: Deps, token: string, session: string): void {
  const now = deps.now().epochMilliseconds;
  if (now - (lastNoted.get(session) ?? 0) < 300_000) return;
  if (lastNoted.size > 50_000) lastNoted.clear();
  lastNoted.set(session, now);
  touchSession(deps.database, token).catch((error: unknown) => log.warn('session use not noted', errorFields(error)));
}

/** Takes no parameter but the business. */
type SectionPlace = Place &
  (
    | 'home'
    | 'invoices'
    | 'estimates'
    | 'visits'
    | 'properties'
    | 'payments'
    | 'account'
    | 'messages'
    | 'shelf'
    | 'methods'
    | 'people'
    | 'billing'
    | 'devices'
    | 'profile'
  );
type Section = Readonly<{
  place: SectionPlace;
  icon: IconName;
  /** Of the few in a phone's bar; the others stand behind More. */
  main?: true;
  /** Left out where there is nothing in it. */
  when?: (around: Around) => boolean;
  /** How many things there wait to be read. */
  count?: (around: Around) => number;
}>;

/** The sections of the account in their order: one line each. */
const sections: readonly Section[] = [
  { place: 'home', icon: 'home', main: true },
  { place: 'invoices', icon: 'paper', main: true },
  { place: 'estimates', icon: 'offer', main: true, when: (around) => around.estimates },
  { place: 'visits', icon: 'calendar', main: true, when: (around) => around.visits },
  { place: 'properties', icon: 'place', when: (around) => around.properties },
  { place: 'payments', icon: 'receipt' },
  { place: 'account', icon: 'book' },
  { place: 'messages', icon: 'chat', when: (around) => around.messages, count: (around) => around.unread },
  { place: 'shelf', icon: 'paper' },
  { place: 'methods', icon: 'card' },
  { place: 'people', icon: 'people', when: (around) => around.managesPeople },
  { place: 'billing', icon: 'receipt', when: (around) => around.billing },
  { place: 'profile', icon: 'user' },
  { place: 'devices', icon: 'phone' },
];

const shown = (around: Around): readonly Section[] => sections.filter(({ when }) => when?.(around) ?? true);

type Nav = Readonly<{ reader: Reader; visit: Framed; at: SectionPlace | 'more' }>;

/** The sections, those without content left out: a bar at the bottom of a phone with More, a column on a desktop with all of them. */
export function AccountNav({ reader, visit, at }: Nav) {
  const { nav } = reader.w.home;
  const waiting = shown(visit.around).reduce((sum, { main, count }) => sum + (main ? 0 : (count?.(visit.around) ?? 0)), 0);
  const behind = at === 'more' || sections.some(({ place, main }) => place === at && !main);
  return (
    <div className="bar wide noprint">
      <nav className="nav" aria-label={reader.w.common.account}>
        {shown(visit.around).map(({ place, icon, main, count }) => (
          <a key={place} className={main ? undefined : 'rest'} href={href(place, { business: visit.slug })} aria-current={place === at ? 'page' : undefined}>
            <Icon name={icon} />
            {nav[place]} <Count reader={reader} count={count?.(visit.around) ?? 0} />
          </a>
        ))}
        <a className="more-of" href={href('more', { business: visit.slug })} aria-current={behind ? 'page' : undefined}>
          <Icon name="more" />
          {nav.more} <Count reader={reader} count={waiting} />
        </a>
      </nav>
    </div>
  );
}

/** Beside a section, how many things there wait to be read. */
function Count({ reader, count }: Readonly<{ reader: Reader; count: number }>) {
  if (count === 0) return null;
  return (
    <b className="num">
      {count}
      <span className="v"> {reader.w.messages.unread}</span>
    </b>
  );
}

/** What a phone's bar has no place for, as a list. */
export function MoreSections({ reader, visit }: Readonly<{ reader: Reader; visit: Framed }>) {
  return (
    <ul className="rows sec">
      {shown(visit.around)
        .filter(({ main }) => !main)
        .map(({ place, icon, count }) => (
          <li key={place}>
            <a className="row" href={href(place, { business: visit.slug })}>
              <Icon name={icon} /> {reader.w.home.nav[place]} <Count reader={reader} count={count?.(visit.around) ?? 0} />
            </a>
          </li>
        ))}
    </ul>
  );
}

/** Whose account this is, always; the person's accounts elsewhere, and the way out. */
export function Whose({ reader, visit }: Readonly<{ reader: Reader; visit: Framed }>) {
  const { common } = reader.w;
  const whose = common.whoseAccount(visit.around.accounts.map((account) => account.company || account.name).join(', ') || visit.name);
  return (
    <div className="whose noprint">
      {visit.others.length === 0 && visit.around.accounts.length < 2 ? (
        <p className="s dim">{whose}</p>
      ) : (
        <Switcher reader={reader} whose={whose} visit={visit} />
      )}
      <form method="post" action={href('signOut', { business: visit.slug })}>
        <button className="q s" type="submit">
          {common.signOut}
        </button>
      </form>
    </div>
  );
}

/** The same person's accounts elsewhere: shown to them alone (rule 13). */
function Switcher({ reader, whose, visit: { slug, others } }: Readonly<{ reader: Reader; whose: string; visit: Framed }>) {
  return (
    <details className="s">
      <summary className="dim">{whose}</summary>
      <p className="gap">
        <a href={href('everything', { business: slug })}>{reader.w.everything.open}</a>
      </p>
      {others.length > 0 && (
        <>
          <p>{reader.w.common.otherAccounts}</p>
          <ul>
            {others.map((other) => (
              <li key={other.slug}>
                <a href={href('home', { business: other.slug })}>{other.name}</a>
              </li>
            ))}
          </ul>
        </>
      )}
    </details>
  );
}
