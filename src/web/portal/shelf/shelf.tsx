import { addDays } from '../../../core/calendar.ts';
import { publicId, readId } from '../../../core/ids.ts';
import { textLimits } from '../../../core/limits.ts';
import { Refusal } from '../../../core/refusal.ts';
import { newId } from '../../../db/fresh.ts';
import { once } from '../../../domain/acts/acts.ts';
import { beginConversation } from '../../../domain/messages/conversations.ts';
import { type WritablePlace, writablePlaces, writablePlacesOf } from '../../../domain/messages/portal/portal.ts';
import { type PortalPaper, type PortalShelf, portalShelf, portalShelfOf, shelfFile, shelfKinds } from '../../../domain/messages/shelf.ts';
import { href } from '../../../routes.ts';
import type { Deps, WebContext } from '../../context.ts';
import { ActId, Field, FormAlert, type FormProblem } from '../../ui/form.tsx';
import { Icon } from '../../ui/icon.tsx';
import { type Page, type PageLook, renderPage } from '../../ui/page.tsx';
import type { Reader } from '../../ui/reader.ts';
import { AccountNav, type SignedIn, visitAccount, Whose } from '../account/frame.tsx';
import { answerPage, seeOther } from '../answer.ts';
import { givenForm, problemOf } from '../given.ts';
import { sendFile } from '../invoice/papers.ts';
import { lookAt } from '../look.ts';
import { PlaceField, placeNamed } from '../messages/place.tsx';
import { actInSession } from '../visit.ts';

type Drawing = Readonly<{ visit: SignedIn; shelf: PortalShelf; places: readonly WritablePlace[]; asking: boolean; problem: FormProblem; note: string }>;
const soonDays = 30;

/** Papers that stand beside the bills: those of the account, of its properties, and those the business keeps for all. */
export function showShelf(c: WebContext, deps: Deps): Promise<Response> {
  return drawShelf(c, deps, { asking: c.req.query('ask') === '1', problem: null, note: '' });
}

async function drawShelf(c: WebContext, deps: Deps, form: Pick<Drawing, 'asking' | 'problem' | 'note'>): Promise<Response> {
  const visit = await visitAccount(c, deps, portalShelf, writablePlaces);
  if (visit instanceof Response) return visit;
  const { look, reader } = await lookAt(c, deps, visit.grant.language ?? null);
  const drawing = { ...form, visit, shelf: portalShelfOf(visit.json), places: writablePlacesOf(visit.besides[0] ?? null) };
  return answerPage(c, deps, shelfPage(look, reader, drawing), form.problem === null ? 200 : 422);
}

function shelfPage(look: PageLook, reader: Reader, drawing: Drawing): Page {
  const { shelf: text } = reader.w;
  const { visit, shelf, places, asking } = drawing;
  return renderPage(
    {
      ...{ look, locale: reader.locale, title: text.title, path: href('shelf', { business: look.slug }), wide: true },
      nav: <AccountNav reader={reader} visit={visit} at="shelf" />,
    },
    <>
      <Whose reader={reader} visit={visit} />
      <h1>{text.title}</h1>
      <p className="lead">{text.lead}</p>
      {asking && places.length > 0 ? (
        <Ask reader={reader} slug={look.slug} drawing={drawing} />
      ) : (
        <>
          {shelf.papers.length === 0 ? <p className="lead sec">{text.empty}</p> : <Papers reader={reader} slug={look.slug} shelf={shelf} />}
          {places.length > 0 && (
            <p className="gap noprint">
              <a className="btn more" href={href('shelf', { business: look.slug }, { ask: '1' })}>
                {text.request}
              </a>
            </p>
          )}
        </>
      )}
    </>,
  );
}

function Papers({ reader, slug, shelf }: Readonly<{ reader: Reader; slug: string; shelf: PortalShelf }>) {
  return (
    <ul className="rows sec">
      {shelf.papers.map((paper) => (
        <li key={paper.id}>
          <a className="row" href={href('shelfFile', { business: slug, paper: publicId('paper', paper.id) })}>
            <Icon name="download" /> {paper.title}
          </a>
          <span className="n s">{untilText(reader, paper, shelf.today)}</span>
          <small>{[reader.w.shelf.kinds[paper.kind], paper.place].filter(Boolean).join(' · ')}</small>
        </li>
      ))}
    </ul>
  );
}

function untilText({ w, day }: Reader, { expiresOn }: PortalPaper, today: string): string {
  if (expiresOn === null) return '';
  return expiresOn <= addDays(today, soonDays) ? w.shelf.endsSoon(day(expiresOn)) : w.shelf.until(day(expiresOn));
}

function Ask({ reader, slug, drawing }: Readonly<{ reader: Reader; slug: string; drawing: Drawing }>) {
  const { shelf: text } = reader.w;
  const { problem, note, places } = drawing;
  return (
    <div className="narrow">
      <form method="post" action={href('shelf', { business: slug })}>
        <ActId id={newId()} />
        <FormAlert w={reader.w} problem={problem} />
        <div className="field">
          <label htmlFor="kind">
            <b>{text.which}</b>
          </label>
          <select id="kind" name="kind">
            {shelfKinds.map((kind) => (
              <option key={kind} value={kind}>
                {text.kinds[kind]}
              </option>
            ))}
          </select>
        </div>
        <PlaceField reader={reader} places={places} chosen="" label={text.about} />
        <Field label={`${text.note} (${reader.w.common.optional})`} name="note" rows={3} maxLength={textLimits.reason} value={note} problem={problem} />
        <button className="btn" type="submit">
          {text.send}
        </button>
      </form>
      <p className="gap">
        <a href={href('shelf', { business: slug })}>{text.cancel}</a>
      </p>
    </div>
  );
}

/** Asks for a paper: a conversation with the office, which answers with the paper or puts it here. */
export async function requestPaper(c: WebContext, deps: Deps): Promise<Response> {
  const given = await givenForm(c);
  const visit = await visitAccount(c, deps, writablePlaces);
  if (visit instanceof Response) return visit;
  const { reader } = await lookAt(c, deps, visit.grant.language ?? null);
  const { shelf: text } = reader.w;
  try {
    const kind = shelfKinds.find((each) => each === given.text('kind'));
    const place = placeNamed(writablePlacesOf(visit.json), given.text('place'));
    if (kind === undefined || place === undefined) throw new Refusal('wrong_choice', { field: kind === undefined ? 'kind' : 'place' });
    const [subject, words] = [
      text.subject(text.kinds[kind]),
      [text.please(text.kinds[kind]), given.text('note')].filter((part) => part.trim() !== '').join('\n'),
    ];
    const done = await actInSession(c, deps, null, (scope, visitor) =>
      once(scope, { caller: visitor.caller, id: given.act || newId(), route: 'shelf', body: given.raw }, () =>
        beginConversation(scope, { customerId: place.customerId, propertyId: place.propertyId, subject, text: words, files: [] }),
      ),
    );
    const threadId = done?.result.threadId ?? '';
    return seeOther(c, href('message', { business: visit.slug, thread: publicId('thread', threadId) }, { sent: '1' }));
  } catch (error) {
    const { code, field } = problemOf(error);
    return drawShelf(c, deps, { asking: true, problem: { code, field }, note: given.text('note') });
  }
}

/** A paper, as a download, through the same gate as the page. */
export async function sendShelfFile(c: WebContext, deps: Deps): Promise<Response> {
  const paper = readId('paper', c.req.param('paper') ?? '');
  if (paper === null) throw new Refusal('not_found');
  const visit = await visitAccount(c, deps, (business) => shelfFile(business, paper));
  if (visit instanceof Response) return visit;
  if (visit.json === null) throw new Refusal('not_found');
  const { sha256, name, mime } = JSON.parse(visit.json) as { sha256: string; name: string; mime: string };
  const bytes = await deps.files.get(visit.business, sha256);
  if (bytes === null) throw new Refusal('not_found');
  return sendFile(c, bytes, { name, mime, inline: false });
}
