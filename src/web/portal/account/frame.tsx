import type { Compiled } from '../../../db/read.ts';
import { readPage } from '../../../db/read.ts';
import { type EstimatesAtHand, estimatesAtHandOf, estimatesAtHandQuery } from '../../../domain/estimates/estimates.ts';
import { accountsQueryOf, openBySession, type SessionGrant } from '../../../domain/front/front.ts';
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

export type SignedIn = Readonly<{
  business: string;
  slug: string;
  grant: SessionGrant;
  json: string | null;
  /** What the second query found: the accounts here, unless the page asked for something else. */
  beside: string | null;
  accounts: readonly Account[];
  others: readonly Elsewhere[];
  /** Whether there are any, and the first few that wait. */
  estimates: EstimatesAtHand;
}>;
export type Account = Readonly<{ name: string; company: string }>;

type Asking = (business: string) => Compiled;

/** Reads a page of the signed-in account in one round trip; a session that is over leads to the front door. */
export async function visitAccount(c: WebContext, deps: Deps, page: Asking, second: Asking = accountsQueryOf): Promise<SignedIn | Response> {
  const business = await businessIn(c, deps);
  const slug = c.req.param('business') ?? '';
  const token = portalCookie.read(c, deps.config.secureCookies);
  const door = href('frontDoor', { business: slug }, { stay: '1' });
  if (token === null) return seeOther(c, door);
  const queries = [page(business), second(business), estimatesAtHandQuery(business)] as const;
  const { grant, json, beside, also } = await readPage<SessionGrant>(deps.database, openBySession(slug, token), ...queries);
  if (grant.state !== 'open') return seeOther(c, door);
  noteUse(deps, token, grant.session ?? '');
  const others = await accountsElsewhere(deps, { identity: grant.identity ?? '', session: grant.session ?? '', business });
  const accounts = second === accountsQueryOf ? (JSON.parse(beside ?? '[]') as Account[]) : [];
  return { business, slug, grant, json, beside, accounts, others, estimates: estimatesAtHandOf(also) };
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

const sections: readonly [Place & ('home' | 'invoices' | 'estimates' | 'payments' | 'profile'), IconName][] = [
  ['home', 'home'],
  ['invoices', 'paper'],
  ['estimates', 'offer'],
  ['payments', 'receipt'],
  ['profile', 'user'],
];

/** The sections of the account, those without content left out: a bar at the bottom of a phone, a line under the top of a desktop. */
export function AccountNav({ reader, slug, at, estimates }: Readonly<{ reader: Reader; slug: string; at: string; estimates: boolean }>) {
  const { nav } = reader.w.home;
  return (
    <div className="bar wide noprint">
      <nav className="nav" aria-label={reader.w.common.account}>
        {sections
          .filter(([place]) => place !== 'estimates' || estimates)
          .map(([place, icon]) => (
            <a key={place} href={href(place, { business: slug })} aria-current={place === at ? 'page' : undefined}>
              <Icon name={icon} />
              {nav[place]}
            </a>
          ))}
      </nav>
    </div>
  );
}

type Held = Readonly<{ reader: Reader; slug: string; accounts: readonly Account[]; others: readonly Elsewhere[]; name: string }>;

/** Whose account this is, always; the person's accounts elsewhere, and the way out. */
export function Whose({ reader, slug, accounts, others, name }: Held) {
  const { common } = reader.w;
  const whose = common.whoseAccount(accounts.map((account) => account.company || account.name).join(', ') || name);
  return (
    <div className="whose noprint">
      {others.length === 0 ? <p className="s dim">{whose}</p> : <Switcher reader={reader} whose={whose} others={others} />}
      <form method="post" action={href('signOut', { business: slug })}>
        <button className="q s" type="submit">
          {common.signOut}
        </button>
      </form>
    </div>
  );
}

/** The same person's accounts elsewhere: shown to them alone (rule 13). */
function Switcher({ reader, whose, others }: Readonly<{ reader: Reader; whose: string; others: readonly Elsewhere[] }>) {
  return (
    <details className="s">
      <summary className="dim">{whose}</summary>
      <p className="gap">{reader.w.common.otherAccounts}</p>
      <ul>
        {others.map((other) => (
          <li key={other.slug}>
            <a href={href('home', { business: other.slug })}>{other.name}</a>
          </li>
        ))}
      </ul>
    </details>
  );
}
