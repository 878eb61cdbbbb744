import { addressLines, noAddress } from '../../../core/address.ts';
import { publicId, readId } from '../../../core/ids.ts';
import { Refusal } from '../../../core/refusal.ts';
import type { Compiled } from '../../../db/read.ts';
import type { Look } from '../../../domain/front/front.ts';
import { type PortalVisit, portalVisitOf, portalVisitQuery, visitPhotoQuery } from '../../../domain/jobs/portal/portal.ts';
import { calendarFile } from '../../../outgoing/calendar-file.ts';
import { href } from '../../../routes.ts';
import type { Deps, WebContext } from '../../context.ts';
import { Icon } from '../../ui/icon.tsx';
import { type Page, renderPage } from '../../ui/page.tsx';
import type { Reader } from '../../ui/reader.ts';
import { AccountNav, type SignedIn, visitAccount, Whose } from '../account/frame.tsx';
import { answerPage } from '../answer.ts';
import { DetailRows, Photo } from '../invoice/details.tsx';
import { elsewhere } from '../invoice/invoice.tsx';
import { sendFile } from '../invoice/papers.ts';
import { isPhoto, smallPhoto } from '../invoice/photos.ts';
import { lookAt } from '../look.ts';
import { namesIn, visitDocument } from '../visit.ts';
import { VisitTag, windowOf } from './visits.tsx';

function idIn(c: WebContext, kind: 'visit' | 'file'): string {
  const id = readId(kind, c.req.param(kind) ?? '');
  if (id === null) throw new Refusal('not_found');
  return id;
}

/** One visit of the account: when, who, what was done, photos and what bills it. */
export async function showVisit(c: WebContext, deps: Deps): Promise<Response> {
  const id = idIn(c, 'visit');
  const signedIn = await visitAccount(c, deps, (business) => portalVisitQuery(business, id));
  if (signedIn instanceof Response) return signedIn;
  const visit = portalVisitOf(signedIn.json);
  const { look, reader } = await lookAt(c, deps, signedIn.grant.language ?? null);
  return answerPage(c, deps, visitPage({ look, reader, visit, signedIn, document: null, canAsk: signedIn.grant.canAsk === true }));
}

/** The same from a line of an invoice, for whoever may open that: what the invoice bills, and nothing beside it. */
export async function showDocumentVisit(c: WebContext, deps: Deps): Promise<Response> {
  const id = idIn(c, 'visit');
  const opened = await visitDocument(c, deps, { page: (business): Compiled => portalVisitQuery(business, id) });
  if (opened.kind !== 'open') return elsewhere(c, deps, opened);
  const visit = portalVisitOf(opened.json);
  const { look, reader } = await lookAt(c, deps, opened.visitor.language);
  return answerPage(c, deps, visitPage({ look, reader, visit, signedIn: null, document: namesIn(c).document, canAsk: opened.visitor.canAsk }));
}

type Shown = Readonly<{ look: Look; reader: Reader; visit: PortalVisit; signedIn: SignedIn | null; document: string | null; canAsk: boolean }>;

function visitPage(shown: Shown): Page {
  const { look, reader, visit, signedIn, document } = shown;
  const { visits } = reader.w;
  const id = publicId('visit', visit.id);
  const path = document === null ? href('visit', { business: look.slug, visit: id }) : href('documentVisit', { business: look.slug, document, visit: id });
  return renderPage(
    {
      ...{ look, locale: reader.locale, title: `${visit.title}, ${reader.day(visit.day)}`, path, wide: true },
      ...(signedIn ? { nav: <AccountNav reader={reader} visit={signedIn} at="visits" /> } : {}),
    },
    <>
      {signedIn && <Whose reader={reader} visit={signedIn} />}
      <p className="noprint">
        {document === null ? (
          <a href={href('visits', { business: look.slug })}>{visits.all}</a>
        ) : (
          <a href={href('document', { business: look.slug, document })}>{visit.invoice ? visits.invoice(visit.invoice.number) : reader.w.invoice.invoice}</a>
        )}
      </p>
      <Head {...shown} />
      <div className="cols">
        <div>
          <Done {...shown} />
          <Photos {...shown} />
        </div>
        <aside>
          <Facts {...shown} />
        </aside>
      </div>
    </>,
  );
}

const isOpen = ({ state }: PortalVisit): boolean => state === 'planned' || state === 'on_the_way' || state === 'started';

/** The day is the largest thing; beside it what one can do with it. */
function Head(shown: Shown) {
  const { reader, look, visit, signedIn } = shown;
  const { visits } = reader.w;
  const window = windowOf(reader, visit);
  const open = isOpen(visit);
  return (
    <div className="sum gap">
      <div>
        <h1>{visit.title}</h1>
        <p className="big">{reader.day(visit.day)}</p>
        <p className="st">
          <VisitTag reader={reader} visit={visit} today={visit.today} />{' '}
          {open && <span className="dim">{window === '' ? visits.anyTime : visits.arrives(window)}</span>}
        </p>
        {!open && visit.state !== 'done' && <p className="lead">{visits.nobodyComes}</p>}
      </div>
      <div className="act noprint">
        {signedIn && (open || visit.state !== 'done') && (
          <a className={open ? 'btn' : 'btn two'} href={href('visitCalendar', { business: look.slug, visit: publicId('visit', visit.id) })} download>
            <Icon name="calendar" /> {visits.addToCalendar}
          </a>
        )}
        <Ask {...shown} />
      </div>
    </div>
  );
}

function Ask({ reader, look, visit, document, canAsk }: Shown) {
  const { visits } = reader.w;
  if (canAsk && document !== null) {
    return (
      <a className="btn two" href={href('ask', { business: look.slug, document })}>
        {visits.ask}
      </a>
    );
  }
  if (canAsk) {
    return (
      <a className="btn two" href={href('newMessage', { business: look.slug }, { about: visit.propertyId && publicId('property', visit.propertyId) })}>
        {visits.ask}
      </a>
    );
  }
  return look.phone ? <p className="lead">{visits.call(look.phone)}</p> : null;
}

function Done({ reader, visit }: Shown) {
  const { visits } = reader.w;
  const said: readonly (readonly [string, string])[] = [
    [visits.done, visit.doneNote],
    [visits.reason, visit.reason],
    [visits.note, visit.note],
  ];
  return said
    .filter(([, text]) => text !== '')
    .map(([title, text]) => (
      <section key={title}>
        <h2>{title}</h2>
        <p className="ps">{text}</p>
      </section>
    ));
}

function Photos({ reader, look, visit, document }: Shown) {
  const photos = visit.photos.filter(({ mediaType }) => isPhoto(mediaType));
  if (photos.length === 0) return null;
  const own = (file: string, small: boolean): string =>
    href('visitPhoto', { business: look.slug, visit: publicId('visit', visit.id), file: publicId('file', file) }, small ? { small: '1' } : {});
  return (
    <section>
      <h2>{reader.w.visits.photos}</h2>
      <ul className="pics">
        {photos.map((file) =>
          document === null ? (
            <li key={file.id}>
              <a href={own(file.id, false)}>
                <img src={own(file.id, true)} alt={file.name} width={112} height={112} loading="lazy" decoding="async" />
              </a>
            </li>
          ) : (
            <Photo key={file.id} at={{ business: look.slug, document }} file={file} />
          ),
        )}
      </ul>
    </section>
  );
}

function Facts({ reader, look, visit, document }: Shown) {
  const { visits } = reader.w;
  const address = addressLines({ ...noAddress, ...visit.address });
  const where = [visit.place, ...address].filter((line, at, all) => line !== '' && all.indexOf(line) === at).join('\n');
  return (
    <section>
      <DetailRows
        rows={[
          [visits.where, where],
          [visits.who, visit.crew.join(', ')],
        ]}
      />
      {visit.invoice && document === null && (
        <p className="gap">
          {visits.billedBy}{' '}
          <a href={href('document', { business: look.slug, document: publicId('invoice', visit.invoice.id) })}>{visits.invoice(visit.invoice.number)}</a>
        </p>
      )}
    </section>
  );
}

/** The visit for one's own calendar; taken again after a change it takes the place of the former. */
export async function sendVisitCalendar(c: WebContext, deps: Deps): Promise<Response> {
  const id = idIn(c, 'visit');
  const signedIn = await visitAccount(c, deps, (business) => portalVisitQuery(business, id));
  if (signedIn instanceof Response) return signedIn;
  const visit = portalVisitOf(signedIn.json);
  const { look } = await lookAt(c, deps, signedIn.grant.language ?? null);
  const name = publicId('visit', id);
  const { sequence, day, from, until, zone, note } = visit;
  const file = calendarFile({
    ...{ sequence, day, from, until, zone, note, writtenAt: deps.now() },
    uid: `${name}@${new URL(deps.config.appUrl).hostname}`,
    canceled: visit.state === 'skipped' || visit.state === 'canceled',
    title: `${visit.title} · ${look.name}`,
    place: [visit.place, ...addressLines({ ...noAddress, ...visit.address })].filter(Boolean).join(', '),
    url: deps.config.appUrl + href('visit', { business: look.slug, visit: name }),
  });
  return sendFile(c, Buffer.from(file), { name: `${day}.ics`, mime: 'text/calendar; charset=utf-8', inline: false });
}

/** A photo of a visit, through the same gate as its page. */
export async function sendVisitPhoto(c: WebContext, deps: Deps): Promise<Response> {
  const [visit, file] = [idIn(c, 'visit'), idIn(c, 'file')];
  const signedIn = await visitAccount(c, deps, (business) => visitPhotoQuery(business, visit, file));
  if (signedIn instanceof Response) return signedIn;
  if (signedIn.json === null) throw new Refusal('not_found');
  const { sha256, name, mime } = JSON.parse(signedIn.json) as { sha256: string; name: string; mime: string };
  if (!isPhoto(mime)) throw new Refusal('not_found');
  const small = c.req.query('small') === '1';
  const bytes = small ? await smallPhoto(deps, signedIn.business, sha256) : await deps.files.get(signedIn.business, sha256);
  if (bytes === null) throw new Refusal('not_found');
  return sendFile(c, bytes, { name: small ? `${name}.webp` : name, mime: small ? 'image/webp' : mime, inline: true });
}
