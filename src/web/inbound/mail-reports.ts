import { timingSafeEqual } from 'node:crypto';
import { Refusal } from '../../core/refusal.ts';
import { takeReports } from '../../domain/mails/returned/returned.ts';
import { log, say } from '../../log.ts';
import type { Deps, WebContext } from '../context.ts';

/** The password a mail provider sends with what it reports. It follows from APP_SECRET, so it is never empty or shared with another host. */
export function mailReportsPassword(keys: Deps['keys']): string {
  return keys.mac('inbound:mail');
}

/**
 * Where a mail provider, or a script behind the mailbox of returned mail, says that mails came back or were called unwanted. Signed in by HTTP Basic,
 * because every provider can; the password stands in a header and so in no log. Taken in before it is acknowledged.
 */
export async function takeMailReports(deps: Deps, c: WebContext, from: string): Promise<Response> {
  if (!knows(c.req.header('authorization'), mailReportsPassword(deps.keys))) {
    c.header('WWW-Authenticate', 'Basic realm="mail reports"');
    throw new Refusal('sign_in_required');
  }
  const body = new Uint8Array(await c.req.arrayBuffer());
  const reports = await deps.mailReports(from, body);
  if (reports === null) throw new Refusal('body_malformed');
  sayConfirmation(from, body);
  const taken = await takeReports(deps.database, reports);
  log.info('mail reports', { from, reports: reports.length, taken });
  return c.json({ taken });
}

function knows(header: string | undefined, password: string): boolean {
  const text = header?.startsWith('Basic ') ? Buffer.from(header.slice('Basic '.length), 'base64').toString('utf8') : '';
  const [given, expected] = [Buffer.from(text.slice(text.indexOf(':') + 1)), Buffer.from(password)];
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Amazon asks once, by a notice, whether its notices are wanted; the host opens that address. It is never opened by itself. */
function sayConfirmation(from: string, body: Uint8Array): void {
  if (from !== 'ses') return;
  const found = /"SubscribeURL"\s*:\s*"(https:\/\/sns\.[a-z0-9-]+\.amazonaws\.com\/[\w?=&%:.-]+)"/.exec(new TextDecoder().decode(body))?.[1];
  if (found !== undefined) say(`  Amazon SNS asks whether mail reports are wanted. Open this address once: ${found}`);
}
