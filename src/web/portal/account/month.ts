import { todayIn } from '../../../core/calendar.ts';
import { publicId, readId } from '../../../core/ids.ts';
import { Refusal } from '../../../core/refusal.ts';
import { type Split, type SplitChoice, type SplitPaper, type SplitRow, splitOf, splitQueryOf } from '../../../domain/front/split/split.ts';
import { paperToRead } from '../../../domain/papers/papers.ts';
import { partPaper } from '../../../domain/papers/part.ts';
import { csvFile } from '../../../outgoing/csv.ts';
import { splitCells, splitHead } from '../../../outgoing/split-csv.ts';
import { type ZipEntry, zip } from '../../../outgoing/zip.ts';
import type { Deps, WebContext } from '../../context.ts';
import { pressOf, sendFile } from '../invoice/papers.ts';
import { lookAt } from '../look.ts';
import { visitAccount } from './frame.tsx';

/** Papers one archive holds; of more the list says which are left out. */
const mostPapers = 150;

type Asked = Readonly<{ business: string; split: Split; name: string }>;

/** `?month=2026-11`, this one without it, or `?invoice=inv_…`. */
async function ask(c: WebContext, deps: Deps): Promise<Asked | Response> {
  const { look } = await lookAt(c, deps);
  const invoice = c.req.query('invoice');
  const documentId = invoice === undefined ? null : readId('invoice', invoice);
  if (invoice !== undefined && documentId === null) throw new Refusal('not_found');
  const month = c.req.query('month') || todayIn(look.zone, deps.now()).slice(0, 7);
  const choice: SplitChoice = documentId === null ? { month } : { documentId };
  const visit = await visitAccount(c, deps, (business) => splitQueryOf(business, choice));
  if (visit instanceof Response) return visit;
  const split = splitOf(visit.json);
  if (documentId !== null && split.papers.length === 0) throw new Refusal('not_found');
  const [only] = documentId === null ? [] : split.papers;
  return { business: visit.business, split, name: `${look.slug}-${only?.number ?? month}` };
}

/** Every line of a month or bill with its property, cost code and PO number: the lines add up to the bills. */
export async function sendLinesCsv(c: WebContext, deps: Deps): Promise<Response> {
  const asked = await ask(c, deps);
  if (asked instanceof Response) return asked;
  return sendFile(c, await csvOf(asked.split.rows), { name: `${asked.name}.csv`, mime: 'text/csv; charset=UTF-8', inline: false });
}

/** The same and a file for each property, with the papers: a bill of one property whole, one over several in its parts too. */
export async function sendLinesZip(c: WebContext, deps: Deps): Promise<Response> {
  const asked = await ask(c, deps);
  if (asked instanceof Response) return asked;
  const { split, business, name } = asked;
  const files: ZipEntry[] = [{ name: 'all.csv', bytes: await csvOf(split.rows) }];
  for (const [key, rows] of Map.groupBy(split.rows, nameOf)) files.push({ name: `${key}.csv`, bytes: await csvOf(rows) });
  const wanted = split.papers.flatMap(papersOf);
  for (const paper of wanted.slice(0, mostPapers)) {
    const bytes = await drawn(deps, business, paper);
    if (bytes === null) throw new Refusal('busy');
    files.push({ name: paper.name(split.rows), bytes });
  }
  if (wanted.length > mostPapers) {
    const left = wanted.slice(mostPapers).map((paper) => paper.name(split.rows));
    files.push({ name: 'not-included.txt', bytes: new TextEncoder().encode(`${left.join('\r\n')}\r\n`) });
  }
  return sendFile(c, zip(files), { name: `${name}.zip`, mime: 'application/zip', inline: false });
}

async function csvOf(rows: readonly SplitRow[]): Promise<Uint8Array> {
  let text = '';
  for await (const piece of csvFile(splitHead, rows.map(splitCells))) text += piece;
  return new TextEncoder().encode(text);
}

/** A property's files are called by its code. */
const nameOf = ({ code, property, propertyId }: SplitRow): string =>
  code || property || (propertyId === null ? 'no-property' : publicId('property', propertyId));

type Paper = Readonly<{ documentId: string; customerId: string; propertyId: string | null; name: (rows: readonly SplitRow[]) => string }>;

function papersOf({ documentId, number, whole, customerId, properties }: SplitPaper): Paper[] {
  const places = [...new Set(properties.filter((id) => id !== null))];
  const all = whole ? [{ documentId, customerId, propertyId: null, name: () => `${number}.pdf` }] : [];
  if (whole && properties.length === 1) return all;
  const parts = places.map((propertyId) => ({
    ...{ documentId, customerId, propertyId },
    name: (rows: readonly SplitRow[]) => {
      const row = rows.find((each) => each.propertyId === propertyId);
      return `${number} ${row ? nameOf(row) : ''}.pdf`;
    },
  }));
  return [...all, ...parts];
}

function drawn(deps: Deps, business: string, { documentId, customerId, propertyId }: Paper): Promise<Uint8Array | null> {
  const press = pressOf(deps);
  return propertyId === null ? paperToRead(press, business, documentId) : partPaper(press, business, { documentId, customerId, propertyId });
}
