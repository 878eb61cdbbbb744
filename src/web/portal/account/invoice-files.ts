import { readId } from '../../../core/ids.ts';
import { decimalText, exponentOf } from '../../../core/money.ts';
import { Refusal } from '../../../core/refusal.ts';
import { readPage } from '../../../db/read.ts';
import { openBySession, type SessionGrant } from '../../../domain/front/front.ts';
import { chosenInvoicesOf, chosenInvoicesQuery, invoiceFactsQuery, invoiceViewOf, type PortalInvoice } from '../../../domain/invoices/invoices.ts';
import { paperToRead, partsPaper } from '../../../domain/papers/papers.ts';
import { csvFile } from '../../../outgoing/csv.ts';
import { zip } from '../../../outgoing/zip.ts';
import { href } from '../../../routes.ts';
import type { Deps, WebContext } from '../../context.ts';
import { portalCookie } from '../../cookies.ts';
import type { Reader } from '../../ui/reader.ts';
import { seeOther } from '../answer.ts';
import { noteDownload, pressOf, sendFile } from '../invoice/papers.ts';
import { lookAt } from '../look.ts';
import { visitorBySession } from '../visit.ts';
import { type SignedIn, visitAccount } from './frame.tsx';
import { filterIn } from './invoice-filter.ts';

/** What one press brings: papers are drawn and held together, rows of a file are not. */
export const mostPapers = 100;
const mostRows = 5_000;

/** The papers of the ticked invoices, or of all that fit the list, with their list as one archive. Each is read by the reader's own rights. */
export async function sendInvoiceFiles(c: WebContext, deps: Deps): Promise<Response> {
  const named = namedIn(c);
  if (named?.length === 0) return seeOther(c, href('invoices', { business: c.req.param('business') ?? '' }));
  const found = await chosenIn(c, deps, named, mostPapers);
  if (found instanceof Response) return found;
  const { visit, rows } = found;
  const { reader } = await lookAt(c, deps, visit.grant.language);
  const files = [{ name: 'invoices.csv', bytes: Buffer.from(await listOf(rows, reader)) }];
  for (const row of rows) files.push({ name: `${row.number}.pdf`, bytes: Buffer.from(await paperOf(c, deps, visit, row)) });
  return sendFile(c, zip(files), { name: `${visit.slug}-invoices.zip`, mime: 'application/zip', inline: false });
}

/** The list alone, as a file. */
export async function sendInvoicesCsv(c: WebContext, deps: Deps): Promise<Response> {
  const found = await chosenIn(c, deps, null, mostRows);
  if (found instanceof Response) return found;
  const { reader } = await lookAt(c, deps, found.visit.grant.language);
  const text = await listOf(found.rows, reader);
  return sendFile(c, Buffer.from(text), { name: `${found.visit.slug}-invoices.csv`, mime: 'text/csv; charset=UTF-8', inline: false });
}

/** Ticked ones by their ids; null: none were to be ticked, the filter of the list chooses. */
function namedIn(c: WebContext): string[] | null {
  const texts = c.req.queries('invoice') ?? [];
  if (texts.length === 0) return c.req.query('tab') === undefined ? [] : null;
  const ids = [...new Set(texts)].map((text) => readId('invoice', text));
  if (ids.some((id) => id === null)) throw new Refusal('not_found');
  return ids.filter((id) => id !== null);
}

type Chosen = Readonly<{ visit: SignedIn; rows: readonly PortalInvoice[] }>;

/** One that may not be seen is one that is not there, and then there is nothing at all. */
async function chosenIn(c: WebContext, deps: Deps, named: readonly string[] | null, most: number): Promise<Chosen | Response> {
  if (named !== null && named.length > most) throw new Refusal('download_too_many');
  const visit = await visitAccount(c, deps, (business) => chosenInvoicesQuery(business, filterIn(c), named, most));
  if (visit instanceof Response) return visit;
  const rows = chosenInvoicesOf(visit.json);
  if (named !== null && rows.length !== named.length) throw new Refusal('not_found');
  if (rows.length > most) throw new Refusal('download_too_many');
  return { visit, rows };
}

async function paperOf(c: WebContext, deps: Deps, { business, slug, grant }: SignedIn, { id, whole }: PortalInvoice): Promise<Uint8Array> {
  // The right to each paper is asked for anew, as if it were opened alone.
  const token = portalCookie.read(c, deps.config.secureCookies) ?? '';
  const read = await readPage<SessionGrant>(deps.database, openBySession(slug, token, id), invoiceFactsQuery(business, id));
  if (read.grant.state !== 'open' || read.json === null) throw new Refusal('not_found');
  const view = invoiceViewOf(read.json);
  const bytes = view.whole ? await paperToRead(pressOf(deps), business, id) : await partsPaper(pressOf(deps), business, view.facts);
  if (bytes === null) throw new Refusal('busy');
  if (whole) noteDownload(deps, business, id, visitorBySession(grant));
  return bytes;
}

async function listOf(rows: readonly PortalInvoice[], { w }: Reader): Promise<string> {
  const { invoices: text } = w;
  const head = [text.number, text.date, text.due, text.property, text.poNumber, text.total, text.balance, w.account.currency, text.status];
  const cells = rows.map((row) => {
    const plain = (minor: bigint): string => decimalText(minor, exponentOf(row.currency));
    const { balanceMinor, status } = row.standing;
    return [
      row.number,
      row.issuedOn,
      row.dueOn,
      row.property ?? '',
      row.poNumber,
      plain(row.totalMinor),
      plain(balanceMinor),
      row.currency,
      w.status.word[status],
    ];
  });
  let file = '';
  for await (const piece of csvFile(head, cells)) file += piece;
  return file;
}
