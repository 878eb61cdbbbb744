import { publicId } from '../../../core/ids.ts';
import { textLimits } from '../../../core/limits.ts';
import { Refusal } from '../../../core/refusal.ts';
import { newId } from '../../../db/fresh.ts';
import { once } from '../../../domain/acts/acts.ts';
import { beginConversation, type Place } from '../../../domain/messages/conversations.ts';
import { type MessagesAsked, portalMessagesOf, portalMessagesQueryOf, type WritablePlace } from '../../../domain/messages/portal/portal.ts';
import { href } from '../../../routes.ts';
import type { Deps, WebContext } from '../../context.ts';
import { ActId, Field, FormAlert, type FormProblem } from '../../ui/form.tsx';
import { type Page, type PageLook, renderPage } from '../../ui/page.tsx';
import type { Reader } from '../../ui/reader.ts';
import { AccountNav, type SignedIn, visitAccount, Whose } from '../account/frame.tsx';
import { answerPage, seeOther } from '../answer.ts';
import { problemOf } from '../given.ts';
import { lookAt } from '../look.ts';
import { actInSession } from '../visit.ts';
import { type GivenWithFiles, givenFormWithFiles, keepGivenFiles } from './given-files.ts';
import { FilesField } from './messages-page.tsx';
import { PlaceField, placeNamed } from './place.tsx';

type Typed = Readonly<{ place: string; subject: string; text: string; problem: FormProblem }>;
const asked: MessagesAsked = { thread: null, q: '', cursor: null, limit: 1 };

/** A message about anything: what it is about decides who of the account reads it too. */
export function showNewMessage(c: WebContext, deps: Deps): Promise<Response> {
  return drawNewMessage(c, deps, { place: c.req.query('about') ?? '', subject: '', text: '', problem: null });
}

async function drawNewMessage(c: WebContext, deps: Deps, typed: Typed): Promise<Response> {
  const visit = await visitAccount(c, deps, (business) => portalMessagesQueryOf(business, asked));
  if (visit instanceof Response) return visit;
  const { places } = portalMessagesOf(visit.json, asked);
  if (places.length === 0) throw new Refusal('not_allowed');
  const { look, reader } = await lookAt(c, deps, visit.grant.language ?? null);
  return answerPage(c, deps, newMessagePage(look, reader, { visit, places, typed }), typed.problem === null ? 200 : 422);
}

type Drawing = Readonly<{ visit: SignedIn; places: readonly WritablePlace[]; typed: Typed }>;

function newMessagePage(look: PageLook, reader: Reader, { visit, places, typed }: Drawing): Page {
  const { messages, common } = reader.w;
  const { slug } = look;
  const { problem } = typed;
  return renderPage(
    {
      ...{ look, locale: reader.locale, title: messages.newTitle, path: href('newMessage', { business: slug }), wide: true },
      nav: <AccountNav reader={reader} visit={visit} at="messages" />,
    },
    <>
      <Whose reader={reader} visit={visit} />
      <div className="narrow">
        <h1>{messages.newTitle}</h1>
        <form method="post" action={href('newMessage', { business: slug })} encType="multipart/form-data">
          <ActId id={newId()} />
          <FormAlert w={reader.w} problem={problem} />
          <PlaceField reader={reader} places={places} chosen={typed.place} />
          <Field label={messages.subject} name="subject" required maxLength={textLimits.title} value={typed.subject} problem={problem} />
          <Field label={messages.label} name="text" rows={6} maxLength={textLimits.question} required value={typed.text} problem={problem} />
          <FilesField reader={reader} problem={problem} />
          <button className="btn" type="submit">
            {messages.send}
          </button>
        </form>
        <p className="gap">
          <a href={href('messages', { business: slug })}>{common.notNow}</a>
        </p>
      </div>
    </>,
  );
}

/** Sends it once, however often the form comes, and shows the conversation it began. */
export async function sendNewMessage(c: WebContext, deps: Deps): Promise<Response> {
  const given = await givenFormWithFiles(c);
  const typed = { place: given.text('place'), subject: given.text('subject'), text: given.text('text') };
  try {
    const threadId = await begin(c, deps, given);
    if (threadId === null) return drawNewMessage(c, deps, { ...typed, problem: null });
    return seeOther(c, href('message', { business: c.req.param('business') ?? '', thread: publicId('thread', threadId) }, { sent: '1' }));
  } catch (error) {
    const { code, field } = problemOf(error);
    return drawNewMessage(c, deps, { ...typed, problem: { code, field: field ?? 'files' } });
  }
}

async function begin(c: WebContext, deps: Deps, given: GivenWithFiles): Promise<string | null> {
  const place = await placeOf(c, deps, given.text('place'));
  if (place === null) return null;
  const files = await keepGivenFiles(c, deps, given.files);
  const done = await actInSession(c, deps, null, (scope, visitor) =>
    once(scope, { caller: visitor.caller, id: given.act || newId(), route: 'message', body: given.raw }, () =>
      beginConversation(scope, { ...place, subject: given.text('subject'), text: given.text('text'), files: files ?? [] }),
    ),
  );
  return done?.result.threadId ?? null;
}

/** Null: nobody is signed in. Refuses `wrong_choice` for what is none of the reader's places. */
async function placeOf(c: WebContext, deps: Deps, value: string): Promise<Place | null> {
  const visit = await visitAccount(c, deps, (business) => portalMessagesQueryOf(business, asked));
  if (visit instanceof Response) return null;
  const found = placeNamed(portalMessagesOf(visit.json, asked).places, value);
  if (found === undefined) throw new Refusal('wrong_choice', { field: 'place' });
  return { customerId: found.customerId, propertyId: found.propertyId };
}
