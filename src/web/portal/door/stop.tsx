import { maskEmail } from '../../../core/text.ts';
import { inTransaction } from '../../../db/scope.ts';
import { countKnock } from '../../../domain/people/sign-in.ts';
import { personInStopToken, readStopToken, type StopVia, setStop } from '../../../domain/reminders/reminders.ts';
import { href } from '../../../routes.ts';
import { callerAddress, type Deps, type WebContext } from '../../context.ts';
import { renderPage } from '../../ui/page.tsx';
import { answerPage, seeOther } from '../answer.ts';
import { givenForm } from '../given.ts';
import { lookAt } from '../look.ts';
import { businessIn } from '../visit.ts';
import { Reach } from './ended.tsx';

type Stopper = NonNullable<Awaited<ReturnType<typeof readStopToken>>>;

/** What the mailed link to stop reminders, or statements, leads to. Opening it changes nothing: mail scanners come here too. */
export async function showStop(c: WebContext, deps: Deps): Promise<Response> {
  const stopper = await stopperIn(c, deps);
  const { look, reader } = await lookAt(c, deps, stopper?.language ?? null);
  const { page: words } = stopper?.kind === 'statements' ? reader.w.statement : reader.w.reminders;
  const frame = { look, locale: reader.locale, title: words.title, path: '', foot: null };
  const body =
    stopper === null ? (
      <>
        <h1>{words.title}</h1>
        <p className="lead">{words.ended}</p>
      </>
    ) : (
      <>
        <h1>{stopper.stopped ? words.stoppedTitle : c.req.query('on') === '1' ? words.resumedTitle : words.title}</h1>
        <p className="lead">{(stopper.stopped ? words.stopped : words.lead)(look.name, maskEmail(stopper.email))}</p>
        <p className="lead s">{words.stays}</p>
        <form method="post">
          <button className={stopper.stopped ? 'btn two' : 'btn'} type="submit" name="want" value={stopper.stopped ? 'on' : 'off'}>
            {stopper.stopped ? words.resume : words.stop}
          </button>
        </form>
      </>
    );
  const whole = (
    <div className="narrow">
      {body}
      <Reach look={look} locale={reader.locale} />
    </div>
  );
  return answerPage(c, deps, renderPage(frame, whole), stopper === null ? 410 : 200);
}

/** The press on that page, or the mail program's own (List-Unsubscribe-Post). */
export async function saveStop(c: WebContext, deps: Deps): Promise<Response> {
  await countKnock(deps.database, callerAddress(c));
  const given = await givenForm(c);
  const oneClick = given.text('List-Unsubscribe') === 'One-Click';
  const stopper = await stopperIn(c, deps);
  const stopped = oneClick || given.text('want') !== 'on';
  if (stopper !== null) await keep(c, deps, { stopper, stopped, via: oneClick ? 'one_click' : 'mail' });
  if (oneClick) return c.body(null, stopper === null ? 410 : 204);
  const { business = '', token = '' } = c.req.param();
  return seeOther(c, href('stop', { business, token }, { on: stopped ? '' : '1' }));
}

async function keep(c: WebContext, deps: Deps, { stopper, stopped, via }: Readonly<{ stopper: Stopper; stopped: boolean; via: StopVia }>): Promise<void> {
  const business = await businessIn(c, deps);
  const actor = { kind: 'person', id: stopper.id, name: stopper.name } as const;
  const of = { people: [stopper.id], customers: [...stopper.customers], accounts: [...stopper.customers] };
  await inTransaction(deps.database, { role: 'portal', business, actor, ...of }, (scope) =>
    setStop(scope, { personId: stopper.id, kind: stopper.kind, stopped, via }),
  );
}

/** Whom the token in the address was mailed to; null for anything else. */
async function stopperIn(c: WebContext, deps: Deps): Promise<Stopper | null> {
  const business = await businessIn(c, deps);
  const token = c.req.param('token') ?? '';
  const person = personInStopToken(token);
  if (person === null) return null;
  const actor = { kind: 'person', id: person, name: '' } as const;
  return inTransaction(deps.database, { role: 'portal', business, actor, people: [person] }, (scope) => readStopToken(scope, deps.keys, token));
}
