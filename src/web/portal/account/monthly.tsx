import { Refusal } from '../../../core/refusal.ts';
import { switchMonthly } from '../../../domain/statements/monthly/monthly.ts';
import { href } from '../../../routes.ts';
import type { Deps, WebContext } from '../../context.ts';
import type { Reader } from '../../ui/reader.ts';
import { seeOther } from '../answer.ts';
import { givenForm } from '../given.ts';
import { actInSession } from '../visit.ts';

/** A statement by mail each month: what it is, and the press that begins or ends it. */
export function Monthly({ reader, slug, on }: Readonly<{ reader: Reader; slug: string; on: boolean }>) {
  const { monthly } = reader.w.statement;
  return (
    <section className="sec noprint">
      <h2>{monthly.title}</h2>
      <p>{on ? monthly.on : monthly.off}</p>
      <form method="post" action={href('accountMonthly', { business: slug })} className="gap">
        <button className="btn two" type="submit" name="want" value={on ? 'off' : 'on'}>
          {on ? monthly.end : monthly.begin}
        </button>
      </form>
    </section>
  );
}

/** The press: for the person who is signed in, of every account they see here. */
export async function saveMonthly(c: WebContext, deps: Deps): Promise<Response> {
  const given = await givenForm(c);
  const business = c.req.param('business') ?? '';
  const done = await actInSession(c, deps, null, async (scope, visitor) => {
    if (visitor.person === null) throw new Refusal('not_found');
    await switchMonthly(scope, { personId: visitor.person, on: given.text('want') === 'on', via: 'portal' });
    return true;
  });
  return seeOther(c, done === null ? href('frontDoor', { business }, { stay: '1' }) : href('account', { business }));
}
