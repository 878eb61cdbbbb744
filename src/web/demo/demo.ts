import { Hono } from 'hono';
import { publicId, readId } from '../../core/ids.ts';
import { Refusal } from '../../core/refusal.ts';
import { inTransaction, type Scope, systemActor } from '../../db/scope.ts';
import { demoBusinesses } from '../../domain/businesses/businesses.ts';
import { listMails } from '../../domain/mails/mails.ts';
import { href } from '../../routes.ts';
import type { Deps, WebContext, WebEnv } from '../context.ts';
import { contentPolicy } from '../guards.ts';
import { answerMailBody, drawMail, type StoredMail, storedMail } from '../preview/stored-mail.ts';
import { withDemoBar } from './bar.tsx';
import { type MailboxRow, mailboxPage, mailPage } from './mailbox-page.tsx';
import { scanLink } from './scanner.ts';

const newest = 100;
/** Answers a request as if it had come in from outside. */
export type Knock = (request: Request) => Response | Promise<Response>;

/** What stands beside the product in a demo: the mail of its invented people, and a scanner to try the links with. */
export function demoRoutes(deps: Deps, knock: Knock): Hono<WebEnv> {
  const routes = new Hono<WebEnv>();
  routes.get('/demo/mailbox', async (c) => answerHtml(c, mailboxPage(contentPolicy(c), await mailbox(deps, c.req.query('to') ?? ''))));
  routes.get('/demo/mailbox/:business/:mail', async (c) => {
    const { stored, link } = await mailIn(c, deps);
    const { subject, text } = await drawMail(stored);
    const shown = { ...stored.mail, subject, text, link, path: c.req.path, scanned: c.req.query('scanned') === '1' };
    return answerHtml(c, mailPage(contentPolicy(c), shown));
  });
  routes.get('/demo/mailbox/:business/:mail/html', async (c) => answerMailBody(c, (await drawMail((await mailIn(c, deps)).stored)).html));
  routes.post('/demo/mailbox/:business/:mail/scan', async (c) => {
    const { link } = await mailIn(c, deps);
    if (link === null) throw new Refusal('link_unknown');
    await scanLink(deps.config.appUrl + link, knock);
    return c.redirect(`${c.req.path.replace(/\/scan$/, '')}?scanned=1`, 303);
  });
  return routes;
}

function answerHtml(c: WebContext, html: string): Response {
  c.header('Cache-Control', 'no-store');
  c.header('X-Robots-Tag', 'noindex');
  return c.html(withDemoBar(html, 'mailbox', c.get('nonce')));
}

function inDemo<T>(deps: Deps, business: string, work: (scope: Scope) => Promise<T>): Promise<T> {
  return inTransaction(deps.database, { role: 'system', business, actor: systemActor }, work);
}

async function mailbox(deps: Deps, to: string): Promise<MailboxRow[]> {
  const rows: MailboxRow[] = [];
  for (const { id, name } of await demoBusinesses(deps.database)) {
    const mails = await inDemo(deps, id, (scope) => listMails(scope, { limit: newest, codes: true, ...(to === '' ? {} : { to }) }));
    rows.push(...mails.map((mail) => ({ ...mail, business: name, path: `/demo/mailbox/${publicId('business', id)}/${publicId('mail', mail.id)}` })));
  }
  return rows.sort((a, b) => b.created_at.localeCompare(a.created_at)).slice(0, newest);
}

/** A mail of a demo business; any other business has no mailbox here. */
async function mailIn(c: WebContext, deps: Deps): Promise<{ stored: StoredMail; link: string | null }> {
  const business = readId('business', c.req.param('business') ?? '');
  const mail = readId('mail', c.req.param('mail') ?? '');
  const house = (await demoBusinesses(deps.database)).find(({ id }) => id === business);
  if (house === undefined || mail === null) throw new Refusal('not_found');
  const stored = await inDemo(deps, house.id, (scope) => storedMail(scope, deps, mail, { codes: true }));
  return { stored, link: linkOf(deps, house.slug, stored, house.id) };
}

/** The document link a mail carries, as a path of this server. */
function linkOf({ keys }: Deps, slug: string, { mail }: StoredMail, business: string): string | null {
  return mail.link_id === null ? null : href('link', { business: slug, token: keys.linkToken(business, mail.link_id) });
}
