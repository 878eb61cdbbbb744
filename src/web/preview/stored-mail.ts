import type { Scope } from '../../db/scope.ts';
import { type MailRow, readMail } from '../../domain/mails/mails.ts';
import { type Letter, letterOf } from '../../domain/outbox/outbox.ts';
import { mailPlaces } from '../../outgoing/mails/mail-places.ts';
import { type RenderedMail, renderMail } from '../../outgoing/mails/render-mail.ts';
import type { Deps, WebContext } from '../context.ts';

export type StoredMail = Readonly<{ mail: MailRow; letter: Letter }>;

/** A mail as it left or would leave now. Refuses `not_found`. */
export async function storedMail(scope: Scope, deps: Deps, mailId: string, options: { codes?: boolean } = {}): Promise<StoredMail> {
  const { mail } = await readMail(scope, mailId, options);
  return { mail, letter: await letterOf(scope, { keys: deps.keys, places: mailPlaces(deps.config.appUrl) }, mail) };
}

export function drawMail({ letter }: Pick<StoredMail, 'letter'>): Promise<RenderedMail> {
  return renderMail(letter.kind, letter.facts as never, letter.locale);
}

/** The body of a mail to be framed: its links open in a window of their own, and nothing in it runs. */
export function answerMailBody(c: WebContext, html: string): Response {
  c.header('Cache-Control', 'no-store');
  c.header('X-Robots-Tag', 'noindex');
  c.header('Content-Type', 'text/html; charset=UTF-8');
  c.header(
    'Content-Security-Policy',
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; " +
      'sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox',
  );
  return c.body(html.replace(/<head[^>]*>/i, (head) => `${head}<base target="_blank">`));
}
