import { todayIn } from '../../../core/calendar.ts';
import { publicId, readId } from '../../../core/ids.ts';
import { Refusal } from '../../../core/refusal.ts';
import { inTransaction } from '../../../db/scope.ts';
import { invoiceFactsQuery } from '../../../domain/invoices/invoices.ts';
import { endShare, type Opener, whoCanOpen } from '../../../domain/links/links.ts';
import { href } from '../../../routes.ts';
import type { Deps, WebContext } from '../../context.ts';
import { Icon } from '../../ui/icon.tsx';
import { renderPage } from '../../ui/page.tsx';
import type { Reader } from '../../ui/reader.ts';
import { answerPage, seeOther } from '../answer.ts';
import { givenForm } from '../given.ts';
import { lookAt } from '../look.ts';
import { actOnDocument, actorOf, documentIn, kindIn, namesIn, visitDocument } from '../visit.ts';
import { elsewhere } from './invoice.tsx';

/** "Who can open this": every link of the document, addresses masked; those sent on are ended here by whoever sent them. */
export async function showPeople(c: WebContext, deps: Deps): Promise<Response> {
  const openers = await actOnDocument(c, deps, (scope) => whoCanOpen(scope, documentIn(c)));
  if (openers === null) return elsewhere(c, deps, (await visitDocument(c, deps, { page: invoiceFactsQuery })) as Parameters<typeof elsewhere>[2]);
  const { look, reader } = await lookAt(c, deps, openers.visitor.language);
  const { access, sharing } = reader.w;
  const at = namesIn(c);
  const told = c.req.query('told');
  const notice = told === 'sent' ? sharing.sent : told === 'ended' ? sharing.ended : '';
  const page = renderPage(
    { look, locale: reader.locale, title: access.title, path: c.req.path },
    <div className="narrow">
      <h1>{access.title}</h1>
      <p className="lead">{access.lead}</p>
      {notice && (
        <p className="note gap" role="status">
          <Icon name="check" />
          {notice}
        </p>
      )}
      <ul className="rows sec">
        {newestPerPerson(openers.result).map((opener) => (
          <Person key={opener.linkId} reader={reader} opener={opener} zone={look.zone} me={openers.visitor.person} action={href('documentPeople', at)} />
        ))}
      </ul>
      {openers.visitor.person !== null && (
        <p className="gap">
          <a href={href('documentShare', at)}>{sharing.open}</a>
        </p>
      )}
      <p className="sec">
        <a href={href('document', at)}>{kindIn(c) === 'estimate' ? reader.w.estimate.back : reader.w.question.backToInvoice}</a>
      </p>
    </div>,
  );
  return answerPage(c, deps, page);
}

/** POST: a link that was sent on ends at once. */
export async function endShared(c: WebContext, deps: Deps): Promise<Response> {
  const linkId = readId('link', (await givenForm(c)).text('link'));
  const visit = await actOnDocument(c, deps, async (scope) => scope.business);
  if (visit === null) return elsewhere(c, deps, (await visitDocument(c, deps, { page: invoiceFactsQuery })) as Parameters<typeof elsewhere>[2]);
  if (linkId === null) throw new Refusal('not_found');
  const entry = { role: 'system', business: visit.result, actor: actorOf(visit.visitor) } as const;
  const byLink = visit.visitor.kind === 'link';
  await inTransaction(deps.database, entry, (scope) =>
    endShare({ ...scope, requestId: c.get('requestId') ?? '' }, { documentId: documentIn(c), linkId, byLink }),
  );
  return seeOther(c, href('documentPeople', namesIn(c), { told: 'ended' }));
}

/** Several links of one person are one line; the one that works longest speaks for them. */
function newestPerPerson(openers: readonly Opener[]): Opener[] {
  const seen = new Map<string, Opener>();
  for (const opener of openers) {
    const key = opener.personId ?? opener.linkId;
    if (!seen.has(key)) seen.set(key, opener);
  }
  return [...seen.values()];
}

type Shown = Readonly<{ reader: Reader; opener: Opener; zone: string; me: string | null; action: string }>;

function Person({ reader, opener, zone, me, action }: Shown) {
  const { access, sharing } = reader.w;
  const day = (instant: string): string => reader.day(todayIn(zone, instant));
  const open = opener.state === 'open';
  const own = opener.personId !== null && opener.personId === me;
  const shared = opener.sharedById !== null;
  const uses = [...new Set(opener.uses.map(day))];
  return (
    <li>
      <span>
        {[shared && opener.theirs && opener.name, opener.sentTo || (shared ? '' : opener.name) || '–'].filter(Boolean).join(' · ')}
        {own && <small> · {access.you}</small>}
      </span>
      <span className="n dim">{open ? '' : access.ended}</span>
      <small>
        {[
          access.sentOn(day(opener.lastMailedAt)),
          shared && (opener.sharedById === me ? sharing.byYou : sharing.sharedWith),
          shared && (opener.mayPay ? sharing.mayPay : sharing.viewOnly),
          uses.length > 0 ? sharing.uses(uses.slice(-12).join(', ')) : opener.lastUsedAt ? access.lastUsed(day(opener.lastUsedAt)) : access.neverUsed,
          open && opener.worksUntil ? access.worksUntil(day(opener.worksUntil)) : '',
        ]
          .filter(Boolean)
          .join(' · ')}
      </small>
      {open && opener.theirs && (
        <form method="post" action={action}>
          <button className="q s" type="submit" name="link" value={publicId('link', opener.linkId)}>
            {sharing.end}
          </button>
        </form>
      )}
    </li>
  );
}
