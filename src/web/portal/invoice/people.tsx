import { todayIn } from '../../../core/calendar.ts';
import { invoiceFactsQuery } from '../../../domain/invoices/invoices.ts';
import { type Opener, whoCanOpen } from '../../../domain/links/links.ts';
import { href } from '../../../routes.ts';
import type { Deps, WebContext } from '../../context.ts';
import { renderPage } from '../../ui/page.tsx';
import type { Reader } from '../../ui/reader.ts';
import { answerPage } from '../answer.ts';
import { lookAt } from '../look.ts';
import { actOnDocument, documentIn, kindIn, namesIn, visitDocument } from '../visit.ts';
import { elsewhere } from './invoice.tsx';

/** "Who can open this": every link of the document, addresses masked. */
export async function showPeople(c: WebContext, deps: Deps): Promise<Response> {
  const openers = await actOnDocument(c, deps, (scope) => whoCanOpen(scope, documentIn(c)));
  if (openers === null) return elsewhere(c, deps, (await visitDocument(c, deps, { page: invoiceFactsQuery })) as Parameters<typeof elsewhere>[2]);
  const { look, reader } = await lookAt(c, deps, openers.visitor.language);
  const at = namesIn(c);
  const page = renderPage(
    { look, locale: reader.locale, title: reader.w.access.title, path: c.req.path },
    <div className="narrow">
      <h1>{reader.w.access.title}</h1>
      <p className="lead">{reader.w.access.lead}</p>
      <ul className="rows sec">
        {newestPerPerson(openers.result).map((opener) => (
          <Person
            key={opener.linkId}
            reader={reader}
            opener={opener}
            zone={look.zone}
            own={opener.personId !== null && opener.personId === openers.visitor.person}
          />
        ))}
      </ul>
      <p className="sec">
        <a href={href('document', at)}>{kindIn(c) === 'estimate' ? reader.w.estimate.back : reader.w.question.backToInvoice}</a>
      </p>
    </div>,
  );
  return answerPage(c, deps, page);
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

function Person({ reader, opener, zone, own }: Readonly<{ reader: Reader; opener: Opener; zone: string; own: boolean }>) {
  const { access } = reader.w;
  const day = (instant: string): string => reader.day(todayIn(zone, instant));
  const open = opener.state === 'open';
  return (
    <li>
      <span>
        {opener.sentTo || opener.name || '–'}
        {own && <small> · {access.you}</small>}
      </span>
      <span className="n dim">{open ? '' : access.ended}</span>
      <small>
        {[
          access.sentOn(day(opener.lastMailedAt)),
          opener.lastUsedAt ? access.lastUsed(day(opener.lastUsedAt)) : access.neverUsed,
          open && opener.worksUntil ? access.worksUntil(day(opener.worksUntil)) : '',
        ]
          .filter(Boolean)
          .join(' · ')}
      </small>
    </li>
  );
}
