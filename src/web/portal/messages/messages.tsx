import { type IdKind, readId } from '../../../core/ids.ts';
import { limits } from '../../../core/limits.ts';
import { Refusal } from '../../../core/refusal.ts';
import { newId } from '../../../db/fresh.ts';
import { inTransaction, systemActor } from '../../../db/scope.ts';
import { once } from '../../../domain/acts/acts.ts';
import { type EventKind, type EventRow, listEvents } from '../../../domain/events/events.ts';
import { noPage } from '../../../domain/front/front.ts';
import { readOwnThread, replyInThread } from '../../../domain/messages/conversations.ts';
import { type MessagesAsked, messageFile, type PortalMessages, portalMessagesOf, portalMessagesQueryOf } from '../../../domain/messages/portal/portal.ts';
import { href } from '../../../routes.ts';
import type { Deps, WebContext } from '../../context.ts';
import { backlogLimit, lastEventSeq, streamEvents } from '../../live.ts';
import type { FormProblem } from '../../ui/form.tsx';
import { visitAccount } from '../account/frame.tsx';
import { answerPage, portalHeaders, seeOther } from '../answer.ts';
import { problemOf } from '../given.ts';
import { sendFile } from '../invoice/papers.ts';
import { isPhoto, smallPhoto } from '../invoice/photos.ts';
import { lookAt } from '../look.ts';
import { actInSession } from '../visit.ts';
import { givenFormWithFiles, keepGivenFiles } from './given-files.ts';
import { messagesPage } from './messages-page.tsx';

const idIn = (c: WebContext, name: string, kind: IdKind): string => {
  const id = readId(kind, c.req.param(name) ?? '');
  if (id === null) throw new Refusal('not_found');
  return id;
};

/** What was written between the customer and the business: unread first, and the open conversation beside it. */
export function showMessages(c: WebContext, deps: Deps): Promise<Response> {
  return drawMessages(c, deps, null, null);
}

export function showMessage(c: WebContext, deps: Deps): Promise<Response> {
  return drawMessages(c, deps, idIn(c, 'thread', 'thread'), null);
}

type Refused = Readonly<{ problem: NonNullable<FormProblem>; text: string }>;

async function drawMessages(c: WebContext, deps: Deps, thread: string | null, refused: Refused | null): Promise<Response> {
  const asked: MessagesAsked = {
    thread,
    q: (c.req.query('q') ?? '').slice(0, limits.searchQuery),
    cursor: c.req.query('cursor') || null,
    limit: limits.pageSize,
  };
  const visit = await visitAccount(c, deps, (business) => portalMessagesQueryOf(business, asked));
  if (visit instanceof Response) return visit;
  const found: PortalMessages = portalMessagesOf(visit.json, asked);
  if (thread !== null && found.open === null) throw new Refusal('not_found');
  const { look, reader } = await lookAt(c, deps, visit.grant.language ?? null);
  const drawing = { found, visit, q: asked.q, cursor: asked.cursor, act: newId(), refused, sent: c.req.query('sent') === '1' };
  return answerPage(c, deps, messagesPage(look, reader, drawing), refused === null ? 200 : 422);
}

/** Writes on in a conversation, once however often the form comes. */
export async function sendReply(c: WebContext, deps: Deps): Promise<Response> {
  const threadId = idIn(c, 'thread', 'thread');
  const given = await givenFormWithFiles(c);
  try {
    const files = await keepGivenFiles(c, deps, given.files);
    const done = await actInSession(c, deps, null, (scope, visitor) =>
      once(scope, { caller: visitor.caller, id: given.act || newId(), route: 'reply', body: given.raw }, async () => {
        await replyInThread(scope, { threadId, text: given.text('text'), files: files ?? [] });
        return true;
      }),
    );
    if (done === null) return drawMessages(c, deps, threadId, null);
  } catch (error) {
    const { code, field } = problemOf(error);
    if (code === 'not_found') throw error;
    return drawMessages(c, deps, threadId, { problem: { code, field: field ?? 'files' }, text: given.text('text') });
  }
  const at = { business: c.req.param('business') ?? '', thread: c.req.param('thread') ?? '' };
  return seeOther(c, `${href('message', at, { sent: '1' })}#last`);
}

/** The conversation was on the screen, or its reader says that it is read: a page without script goes on to the list. */
export async function tellRead(c: WebContext, deps: Deps): Promise<Response> {
  const threadId = idIn(c, 'thread', 'thread');
  await actInSession(c, deps, null, (scope) => readOwnThread(scope, threadId));
  return c.req.query('on') === '1' ? seeOther(c, href('messages', { business: c.req.param('business') ?? '' })) : c.body(null, 204);
}

/** A file of a message, through the same gate as the message. `?small=1` is a photo at the size of the page. */
export async function sendMessageFile(c: WebContext, deps: Deps): Promise<Response> {
  const [thread, file] = [idIn(c, 'thread', 'thread'), idIn(c, 'file', 'file')];
  const visit = await visitAccount(c, deps, (business) => messageFile(business, thread, file));
  if (visit instanceof Response) return visit;
  if (visit.json === null) throw new Refusal('not_found');
  const { sha256, name, mime } = JSON.parse(visit.json) as { sha256: string; name: string; mime: string };
  const small = c.req.query('small') === '1';
  const bytes = small && isPhoto(mime) ? await smallPhoto(deps, visit.business, sha256) : await deps.files.get(visit.business, sha256);
  if (bytes === null) throw new Refusal('not_found');
  return sendFile(c, bytes, { name, mime: small && isPhoto(mime) ? 'image/webp' : mime, inline: isPhoto(mime) });
}

const kinds: readonly EventKind[] = ['message.sent', 'message.received', 'question.asked', 'question.answered', 'question.closed', 'charge.answered'];

/** Tells an open page that something was written which its reader may see; the page then reads itself again through its own gate. */
export async function followMessages(c: WebContext, deps: Deps): Promise<Response> {
  const visit = await visitAccount(c, deps, () => noPage);
  if (visit instanceof Response) {
    portalHeaders(c);
    return c.body(null, 204);
  }
  const { business, grant } = visit;
  const reads = ({ customer_id, property_id }: EventRow): boolean =>
    (customer_id !== null && (grant.customers ?? []).includes(customer_id)) || (property_id !== null && (grant.properties ?? []).includes(property_id));
  return streamEvents(c, deps.live, {
    business,
    afterSeq: lastEventSeq(c) ?? 0n,
    backlog: (afterSeq) =>
      inTransaction(deps.database, { role: 'system', business, actor: systemActor }, (scope) => listEvents(scope, { kinds, afterSeq, limit: backlogLimit })),
    sees: (event) => (kinds as readonly string[]).includes(event.kind) && event.shown && reads(event),
    allowed: async () => (await actInSession(c, deps, null, async () => true)) !== null,
    present: (event) => JSON.stringify({ kind: event.kind }),
  });
}
