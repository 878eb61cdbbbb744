import { todayIn } from '../../../core/calendar.ts';
import { deviceParts } from '../../../core/device.ts';
import { publicId, readId } from '../../../core/ids.ts';
import { Refusal } from '../../../core/refusal.ts';
import { inTransaction } from '../../../db/scope.ts';
import { noPage } from '../../../domain/front/front.ts';
import { listSessions, type SessionRow } from '../../../domain/people/entry/sessions.ts';
import { signOutDevice } from '../../../domain/people/own-sessions.ts';
import { href } from '../../../routes.ts';
import type { Deps, WebContext } from '../../context.ts';
import { portalCookie } from '../../cookies.ts';
import { Icon } from '../../ui/icon.tsx';
import { renderPage } from '../../ui/page.tsx';
import type { Reader } from '../../ui/reader.ts';
import { answerPage, seeOther } from '../answer.ts';
import { givenForm } from '../given.ts';
import { lookAt } from '../look.ts';
import { AccountNav, visitAccount, Whose } from './frame.tsx';

/** Where the person is signed in, this device first. */
export async function showDevices(c: WebContext, deps: Deps): Promise<Response> {
  const visit = await visitAccount(c, deps, () => noPage);
  if (visit instanceof Response) return visit;
  const { look, reader } = await lookAt(c, deps, visit.grant.language ?? null);
  const { devices } = reader.w;
  const found = await listSessions(deps.database, visit.grant.identity ?? '', 'portal');
  const here = visit.grant.session;
  const sessions = [...found.filter(({ id }) => id === here), ...found.filter(({ id }) => id !== here)];
  const told = c.req.query('told');
  const action = href('devices', { business: look.slug });
  const page = renderPage(
    { look, locale: reader.locale, title: devices.title, path: action, wide: true, nav: <AccountNav reader={reader} visit={visit} at="devices" /> },
    <>
      <Whose reader={reader} visit={visit} />
      <div className="narrow">
        <h1>{devices.title}</h1>
        <p className="lead">{devices.lead}</p>
        {(told === 'one' || told === 'others') && (
          <p className="note gap" role="status">
            <Icon name="check" />
            {devices.told[told]}
          </p>
        )}
        <ul className="rows sec">
          {sessions.map((session) => (
            <Device key={session.id} reader={reader} session={session} zone={look.zone} here={session.id === here} action={action} />
          ))}
        </ul>
        {sessions.length > 1 ? <Others reader={reader} action={action} /> : <p className="lead">{devices.onlyHere}</p>}
      </div>
    </>,
  );
  return answerPage(c, deps, page);
}

type Shown = Readonly<{ reader: Reader; session: SessionRow; zone: string; here: boolean; action: string }>;

function Device({ reader, session, zone, here, action }: Shown) {
  const { devices } = reader.w;
  const { browser, system } = deviceParts(session.device);
  const day = (instant: string): string => reader.day(todayIn(zone, instant));
  return (
    <li>
      <b>{devices.name(browser, system)}</b>
      <span className="n dim">{here ? devices.here : ''}</span>
      <small>{[devices.since(day(session.created_at)), devices.lastUsed(day(session.last_used_at)), devices.until(day(session.expires_at))].join(' · ')}</small>
      <form method="post" action={action}>
        <button className="q s" type="submit" name="session" value={publicId('session', session.id)}>
          {devices.signOut}
        </button>
      </form>
    </li>
  );
}

function Others({ reader, action }: Readonly<{ reader: Reader; action: string }>) {
  return (
    <form className="gap" method="post" action={action}>
      <button className="btn two" type="submit" name="do" value="others">
        {reader.w.devices.others}
      </button>
    </form>
  );
}

/** POST: one device, or all but this one. */
export async function signOutDevices(c: WebContext, deps: Deps): Promise<Response> {
  const given = await givenForm(c);
  const visit = await visitAccount(c, deps, () => noPage);
  if (visit instanceof Response) return visit;
  const { business, slug, grant } = visit;
  const session = readId('session', given.text('session'));
  const others = given.text('do') === 'others';
  if (session === null && !others) throw new Refusal('not_found');
  const actor = { kind: 'person', id: grant.person ?? null, name: grant.name ?? '' } as const;
  const own = grant.session ?? '';
  await inTransaction(deps.database, { role: 'system', business, actor }, (scope) =>
    signOutDevice({ ...scope, requestId: c.get('requestId') ?? '' }, { identityId: grant.identity ?? '', session: others ? null : session, own }),
  );
  if (session !== own) return seeOther(c, href('devices', { business: slug }, { told: others ? 'others' : 'one' }));
  portalCookie.clear(c, deps.config.secureCookies);
  return seeOther(c, href('frontDoor', { business: slug }, { said: 'out' }));
}
