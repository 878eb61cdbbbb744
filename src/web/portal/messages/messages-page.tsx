import { publicId } from '../../../core/ids.ts';
import { textLimits } from '../../../core/limits.ts';
import { cut } from '../../../core/text.ts';
import type { ListedThread, OpenThread, PortalMessage, PortalMessages, PortalThread } from '../../../domain/messages/portal/portal.ts';
import { href } from '../../../routes.ts';
import { ActId, Field, FormAlert, type FormProblem } from '../../ui/form.tsx';
import { Icon } from '../../ui/icon.tsx';
import { type Page, type PageLook, renderPage } from '../../ui/page.tsx';
import { momentText, type Reader } from '../../ui/reader.ts';
import { portalScriptPath } from '../../ui/script.ts';
import { AccountNav, type SignedIn, Whose } from '../account/frame.tsx';
import { isPhoto } from '../invoice/photos.ts';

type Drawing = Readonly<{
  found: PortalMessages;
  visit: SignedIn;
  q: string;
  cursor: string | null;
  act: string;
  /** A reply that was refused, and what it said. */
  refused: Readonly<{ problem: NonNullable<FormProblem>; text: string }> | null;
  sent: boolean;
}>;
type Drawn = Drawing & Readonly<{ reader: Reader; slug: string; business: string }>;

/** Two panes on a desktop; on a phone the list, or the conversation that was opened. */
export function messagesPage(look: PageLook, reader: Reader, drawing: Drawing): Page {
  const { messages } = reader.w;
  const { found, visit } = drawing;
  const { slug } = look;
  const drawn = { ...drawing, reader, slug, business: look.name };
  const open = found.open;
  return renderPage(
    {
      ...{ look, locale: reader.locale, wide: true, script: portalScriptPath },
      title: open === null ? messages.title : threadTitle(reader, open.head),
      path: open === null ? href('messages', { business: slug }) : href('message', { business: slug, thread: publicId('thread', open.head.id) }),
      nav: <AccountNav reader={reader} visit={visit} at="messages" />,
    },
    <>
      <Whose reader={reader} visit={visit} />
      <div className={open === null ? 'panes' : 'panes open'}>
        <div className="list">
          {open === null ? <h1>{messages.title}</h1> : <h2>{messages.title}</h2>}
          <List {...drawn} />
        </div>
        {open === null ? <p className="lead none">{found.threads.length > 0 && messages.choose}</p> : <Conversation {...drawn} open={open} />}
      </div>
      <live-status data-feed={href('messageEvents', { business: slug }, { after: String(found.seq) })} />
    </>,
  );
}

/** What a conversation is about, in few words. */
export function threadTitle({ w }: Reader, thread: PortalThread): string {
  return paperOf(w, thread) ?? thread.subject;
}

function paperOf(w: Reader['w'], { paper }: PortalThread): string | null {
  if (paper === null) return null;
  return paper.kind === 'estimate' ? w.messages.estimate(paper.number) : w.invoice.title(paper.number);
}

function List({ reader, slug, found, q, cursor }: Drawn) {
  const { messages, common } = reader.w;
  const here = href('messages', { business: slug });
  return (
    <>
      {found.places.length > 0 && (
        <p className="gap noprint">
          <a className="btn" href={href('newMessage', { business: slug })}>
            {messages.write}
          </a>
        </p>
      )}
      {(found.threads.length > 8 || q !== '' || cursor !== null) && (
        <form method="get" action={here} className="search noprint">
          <Field label={messages.search} name="q" value={q} />
          <button className="btn two" type="submit">
            {common.search}
          </button>
        </form>
      )}
      {found.threads.length === 0 ? (
        <p className="lead sec">{q === '' ? messages.empty : messages.noneFound}</p>
      ) : (
        <Threads reader={reader} slug={slug} found={found} />
      )}
      {found.next && (
        <p className="gap">
          <a className="btn two more" href={href('messages', { business: slug }, { q, cursor: found.next })}>
            {common.nextPage}
          </a>
        </p>
      )}
    </>
  );
}

function Threads({ reader, slug, found }: Pick<Drawn, 'reader' | 'slug' | 'found'>) {
  return (
    <ul className="rows" data-live="lines">
      {found.threads.map((thread) => (
        <li key={thread.id}>
          <a
            className="row"
            href={href('message', { business: slug, thread: publicId('thread', thread.id) })}
            aria-current={thread.id === found.open?.head.id ? 'page' : undefined}
          >
            {shortened(threadTitle(reader, thread), 60)}
          </a>
          <span className="n s dim">{reader.day(thread.lastAt.slice(0, 10))}</span>
          <small>{excerpt(reader, thread)}</small>
          {thread.unread && (
            <span className="n">
              <span className="tag hot">
                <Icon name="mail" />
                {reader.w.messages.unread}
              </span>
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

const shortened = (text: string, most: number): string => (text.length <= most ? text : `${cut(text, most - 1).trimEnd()}…`);

function excerpt({ w }: Reader, thread: ListedThread): string {
  const about = [thread.paper !== null && thread.subject, thread.property].filter(Boolean).join(' · ');
  const said = shortened((thread.lastBody ?? '').replaceAll('\n', ' '), 90);
  return [about, thread.lastFromOffice === false ? `${w.messages.you}: ${said}` : said].filter(Boolean).join(' · ');
}

function Conversation({ reader, slug, found, business, open, act, refused, sent }: Drawn & { open: OpenThread }) {
  const { messages } = reader.w;
  const { head } = open;
  const at = { business: slug, thread: publicId('thread', head.id) };
  return (
    <section className="talk">
      <p className="noprint">
        <a href={href('messages', { business: slug })}>{messages.back}</a>
      </p>
      <h1>{threadTitle(reader, head)}</h1>
      <About reader={reader} slug={slug} head={head} />
      {sent && (
        <p className="note gap" role="status">
          <Icon name="check" />
          {messages.sent}
        </p>
      )}
      <div data-live="questions">
        {open.messages.map((message) => (
          <Message key={message.id} reader={reader} message={message} zone={found.zone} business={business} at={at} />
        ))}
        <p className="lead" id="last">
          {head.waitingFor === 'office' && messages.waiting}
        </p>
        <seen-mark data-to={href('messageSeen', at)} />
      </div>
      {head.unread && (
        <form method="post" action={href('messageSeen', at, { on: '1' })} className="noprint">
          <button className="btn two noscript" type="submit">
            {messages.markRead}
          </button>
        </form>
      )}
      {head.mayWrite ? <Reply reader={reader} at={at} act={act} refused={refused} /> : <p className="lead gap">{messages.mayNotWrite}</p>}
    </section>
  );
}

function About({ reader, slug, head }: Readonly<{ reader: Reader; slug: string; head: PortalThread }>) {
  const paper = paperOf(reader.w, head);
  const about = [paper !== null && head.subject, head.property].filter(Boolean).join(' · ');
  return (
    <>
      {about !== '' && <p className="lead">{about}</p>}
      {paper !== null && head.documentId !== null && (
        <p className="quiet noprint">
          <a href={href('document', { business: slug, document: publicId(head.paper?.kind === 'estimate' ? 'estimate' : 'invoice', head.documentId) })}>
            <Icon name="paper" />
            {reader.w.messages.see(paper)}
          </a>
        </p>
      )}
    </>
  );
}

type Said = Readonly<{ reader: Reader; message: PortalMessage; zone: string; business: string; at: Readonly<{ business: string; thread: string }> }>;

function Message({ reader, message, zone, business, at }: Said) {
  const fileAt = (id: string, query = {}): string => href('messageFile', { ...at, file: publicId('file', id) }, query);
  const photos = message.files.filter(({ mime }) => isPhoto(mime));
  const papers = message.files.filter(({ mime }) => !isPhoto(mime));
  return (
    <div className="msg">
      <b>{message.fromOffice ? business : message.author || reader.w.messages.you}</b> <small>{momentText(message.at, zone, reader.locale)}</small>
      <p className="ps">{message.body}</p>
      {photos.length > 0 && (
        <ul className="pics">
          {photos.map((file) => (
            <li key={file.id}>
              <a href={fileAt(file.id)}>
                <img src={fileAt(file.id, { small: '1' })} alt={file.name} width={112} height={112} loading="lazy" />
              </a>
            </li>
          ))}
        </ul>
      )}
      {papers.length > 0 && (
        <p className="quiet">
          {papers.map((file) => (
            <a key={file.id} href={fileAt(file.id)}>
              <Icon name="download" />
              {file.name}
            </a>
          ))}
        </p>
      )}
    </div>
  );
}

type Answering = Readonly<{ reader: Reader; at: Readonly<{ business: string; thread: string }>; act: string; refused: Drawing['refused'] }>;

function Reply({ reader, at, act, refused }: Answering) {
  const { messages } = reader.w;
  const problem = refused?.problem ?? null;
  return (
    <form method="post" action={href('message', at)} encType="multipart/form-data" className="noprint">
      <ActId id={act} />
      <FormAlert w={reader.w} problem={problem} />
      <Field label={messages.replyLabel} name="text" rows={4} maxLength={textLimits.question} required value={refused?.text ?? ''} problem={problem} />
      <FilesField reader={reader} problem={problem} />
      <button className="btn" type="submit">
        {messages.reply}
      </button>
    </form>
  );
}

export function FilesField({ reader, problem }: Readonly<{ reader: Reader; problem: FormProblem }>) {
  const { messages, common } = reader.w;
  const label = `${messages.files} (${common.optional})`;
  return (
    <Field
      label={label}
      name="files"
      type="file"
      multiple
      accept="image/jpeg,image/png,image/webp,application/pdf"
      hint={messages.filesHint}
      problem={problem}
    />
  );
}
