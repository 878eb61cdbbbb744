import { publicId, readId } from '../../../core/ids.ts';
import { Refusal } from '../../../core/refusal.ts';
import { newId } from '../../../db/fresh.ts';
import { inTransaction, systemActor } from '../../../db/scope.ts';
import { once } from '../../../domain/acts/acts.ts';
import { colleaguesOf, endStandIn, listStandIns, nameStandIn, type StandIn } from '../../../domain/approvals/approvals.ts';
import { noPage, readAround } from '../../../domain/front/front.ts';
import { readOwnDetails } from '../../../domain/people/people.ts';
import { href } from '../../../routes.ts';
import type { Deps, WebContext } from '../../context.ts';
import { ActId, Field, FormAlert, type FormProblem, problemText } from '../../ui/form.tsx';
import { Icon } from '../../ui/icon.tsx';
import { type PageLook, renderPage } from '../../ui/page.tsx';
import type { Reader } from '../../ui/reader.ts';
import { answerPage, seeOther } from '../answer.ts';
import { type Given, givenForm, problemOf } from '../given.ts';
import { lookAt } from '../look.ts';
import { actInSession, businessIn } from '../visit.ts';
import { accountsElsewhere } from './elsewhere.ts';
import { AccountNav, type Framed, visitAccount, Whose } from './frame.tsx';

type Typed = Readonly<{ who: string; fromOn: string; untilOn: string }>;
type Colleagues = Awaited<ReturnType<typeof colleaguesOf>>['colleagues'];
type Drawing = Readonly<{
  visit: Framed;
  own: readonly string[];
  now: readonly StandIn[];
  colleagues: Colleagues;
  typed: Typed;
  problem: FormProblem;
  saved: boolean;
}>;

/** Who approves in the reader's place while they are away, and in whose place they do. */
export function showAway(c: WebContext, deps: Deps): Promise<Response> {
  return draw(c, deps, null, null);
}

async function draw(c: WebContext, deps: Deps, typed: Typed | null, problem: FormProblem): Promise<Response> {
  const business = await businessIn(c, deps);
  const done = await actInSession(c, deps, null, async (scope) => {
    const { people } = await readOwnDetails(scope);
    const own = people.map(({ id }) => id);
    return { own, name: people[0]?.name ?? '', around: await readAround(scope), now: await listStandIns(scope, { personIds: own }) };
  });
  if (done === null) {
    const away = await visitAccount(c, deps, () => noPage);
    return away instanceof Response ? away : seeOther(c, href('frontDoor', { business: away.slug }));
  }
  const { own, name, around, now } = done.result;
  const { colleagues, today } = await inTransaction(deps.database, { role: 'system', business, actor: systemActor }, (scope) => colleaguesOf(scope, own));
  const { look, reader } = await lookAt(c, deps, done.visitor.language);
  const others = await accountsElsewhere(deps, { identity: done.visitor.identity ?? '', session: done.visitor.caller, business });
  const visit = { slug: look.slug, name, around, others };
  const drawing = { visit, own, now, colleagues, typed: typed ?? { who: '', fromOn: today, untilOn: '' }, problem, saved: c.req.query('saved') === '1' };
  return answerPage(c, deps, awayPage(look, reader, drawing), problem === null ? 200 : 422);
}

function awayPage(look: PageLook, reader: Reader, drawing: Drawing) {
  const { absence } = reader.w.authority;
  return renderPage(
    {
      ...{ look, locale: reader.locale, title: absence.title, path: href('away', { business: look.slug }), wide: true },
      nav: <AccountNav reader={reader} visit={drawing.visit} at="profile" />,
    },
    <>
      <Whose reader={reader} visit={drawing.visit} />
      <div className="narrow">
        <h1>{absence.title}</h1>
        <p className="lead">{absence.lead}</p>
        {drawing.saved && (
          <p className="note gap" role="status">
            <Icon name="check" />
            {absence.saved}
          </p>
        )}
        <Now {...drawing} reader={reader} slug={look.slug} />
        {drawing.colleagues.length === 0 ? <p className="sec">{absence.none}</p> : <NameForm {...drawing} reader={reader} slug={look.slug} />}
        <p className="gap">
          <a href={href('profile', { business: look.slug })}>{reader.w.profile.title}</a>
        </p>
      </div>
    </>,
  );
}

type Shown = Drawing & Readonly<{ reader: Reader; slug: string }>;

/** Those of today and later; the reader's own with the way to end them. */
function Now({ reader, slug, own, now }: Shown) {
  const { absence } = reader.w.authority;
  if (now.length === 0) return null;
  return (
    <section>
      <h2>{absence.now}</h2>
      {now.map((each) => {
        const [from, until] = [reader.day(each.fromOn), reader.day(each.untilOn)];
        if (!own.includes(each.personId)) return <p key={each.id}>{absence.theirs(each.personName, from, until)}</p>;
        return (
          <form key={each.id} method="post" action={href('away', { business: slug })} className="gap">
            <ActId id={newId()} />
            <input type="hidden" name="end" value={publicId('standIn', each.id)} />
            <p>{absence.yours(each.standInName, from, until)}</p>
            <button className="btn two" type="submit">
              {absence.end}
            </button>
          </form>
        );
      })}
    </section>
  );
}

function NameForm({ reader, slug, colleagues, typed, problem }: Shown) {
  const { absence } = reader.w.authority;
  const accounts = new Set(colleagues.map(({ customerId }) => customerId)).size;
  return (
    <form method="post" action={href('away', { business: slug })} className="sec">
      <ActId id={newId()} />
      <FormAlert w={reader.w} problem={problem} />
      <div className="field">
        <label htmlFor="who">
          <b>{absence.who}</b>
        </label>
        <select id="who" name="who" required defaultValue={typed.who} aria-invalid={problem?.field === 'standInId' || undefined}>
          <option value="">{absence.choose}</option>
          {colleagues.map((each) => (
            <option key={`${each.personId} ${each.customerId} ${each.id}`} value={choiceOf(each)}>
              {accounts > 1 ? `${each.name} · ${each.customerName}` : each.name}
            </option>
          ))}
        </select>
        {problem?.field === 'standInId' && <p className="err">{problemText(reader.w, problem)}</p>}
      </div>
      <div className="two-up">
        <Field label={absence.from} name="fromOn" type="date" required value={typed.fromOn} problem={problem} />
        <Field label={absence.until} name="untilOn" type="date" required value={typed.untilOn} problem={problem} />
      </div>
      <button className="btn" type="submit">
        {absence.press}
      </button>
    </form>
  );
}

const choiceOf = ({ personId, customerId, id }: Colleagues[number]): string =>
  [publicId('person', personId), publicId('customer', customerId), publicId('person', id)].join(' ');

/** Names somebody, or ends it: as the person of this session and nobody else. */
export async function saveAway(c: WebContext, deps: Deps): Promise<Response> {
  const given = await givenForm(c);
  const typed = { who: given.text('who'), fromOn: given.text('fromOn'), untilOn: given.text('untilOn') };
  try {
    const done = await actInSession(c, deps, null, async (scope) => ({ own: (await readOwnDetails(scope)).people, business: scope.business }));
    if (done === null) return await draw(c, deps, null, null);
    await act(deps, given, { ...done.result, caller: done.visitor.caller, requestId: c.get('requestId') ?? '' });
  } catch (error) {
    const { code, field } = problemOf(error);
    return draw(c, deps, typed, { code, field });
  }
  return seeOther(c, href('away', { business: c.req.param('business') ?? '' }, { saved: '1' }));
}

type Doing = Readonly<{ own: readonly Readonly<{ id: string; name: string }>[]; business: string; caller: string; requestId: string }>;

async function act(deps: Deps, given: Given, { own, business, caller, requestId }: Doing): Promise<void> {
  const [personId, customerId, standInId] = namedIn(given.text('who'));
  const ending = readId('standIn', given.text('end'));
  const personOf = (id: string) => own.find((each) => each.id === id);
  const me = ending === null ? personOf(personId) : own[0];
  if (me === undefined) throw new Refusal('stand_in_unfit', { field: 'standInId' });
  // A person sees no colleague: the verb looks for them, and lets everybody decide on their own absence alone.
  const as = (id: string, name: string) => ({ role: 'system', business, actor: { kind: 'person', id, name } }) as const;
  const done = { caller, id: given.act || newId(), route: 'away', body: given.raw };
  if (ending === null) {
    const naming = { customerId, personId, standInId, fromOn: given.text('fromOn'), untilOn: given.text('untilOn') };
    await inTransaction(deps.database, as(me.id, me.name), (scope) =>
      once({ ...scope, requestId }, done, async () => ({ id: (await nameStandIn({ ...scope, requestId }, naming)).id })),
    );
    return;
  }
  const mine = await inTransaction(deps.database, { role: 'system', business, actor: systemActor }, (scope) =>
    listStandIns(scope, { personIds: own.map(({ id }) => id) }),
  );
  const row = mine.find(({ id }) => id === ending);
  if (row === undefined) return;
  await inTransaction(deps.database, as(personOf(row.personId)?.id ?? me.id, me.name), (scope) =>
    once({ ...scope, requestId }, done, async () => ({ id: (await endStandIn({ ...scope, requestId }, ending)).id })),
  );
}

/** "per_… cus_… per_…": who is away, at which account, and who is named. */
function namedIn(text: string): readonly [string, string, string] {
  const [person = '', customer = '', other = ''] = text.split(' ');
  const ids = [readId('person', person), readId('customer', customer), readId('person', other)];
  const [personId, customerId, standInId] = ids;
  if (!personId || !customerId || !standInId) return ['', '', ''];
  return [personId, customerId, standInId];
}
