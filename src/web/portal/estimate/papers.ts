import { readId } from '../../../core/ids.ts';
import { Refusal } from '../../../core/refusal.ts';
import { estimateFactsQuery, estimateViewOf } from '../../../domain/estimates/estimates.ts';
import { paperToRead } from '../../../domain/papers/papers.ts';
import { recordPaper } from '../../../domain/papers/record.ts';
import type { Deps, WebContext } from '../../context.ts';
import { elsewhere } from '../invoice/invoice.tsx';
import { noteDownload, pressOf, sendFile } from '../invoice/papers.ts';
import { isStaffBrowser, kindIn, visitDocument } from '../visit.ts';

/** The stored PDF of the estimate, through the same gate as its page. `?inline=1` shows it instead of saving it. */
export async function sendEstimatePdf(c: WebContext, deps: Deps): Promise<Response> {
  const visit = await visitDocument(c, deps, { page: estimateFactsQuery });
  if (visit.kind !== 'open') return elsewhere(c, deps, visit);
  const { number, revision } = estimateViewOf(visit.json).facts.document;
  const bytes = await paperToRead(pressOf(deps), visit.business, visit.document);
  if (bytes === null) throw new Refusal('busy');
  if (c.req.method === 'GET' && !isStaffBrowser(c, deps)) noteDownload(deps, visit.business, visit.document, visit.visitor);
  const name = revision > 1 ? `${number}-${revision}.pdf` : `${number}.pdf`;
  return sendFile(c, bytes, { name, mime: 'application/pdf', inline: c.req.query('inline') === '1' });
}

/** The signed record of an approval, for whoever sees the estimate it is of. `?inline=1` shows it instead of saving it. */
export async function sendRecordPdf(c: WebContext, deps: Deps): Promise<Response> {
  const approval = readId('approval', c.req.param('approval') ?? '');
  if (approval === null || kindIn(c) !== 'estimate') throw new Refusal('not_found');
  const visit = await visitDocument(c, deps, { page: estimateFactsQuery });
  if (visit.kind !== 'open') return elsewhere(c, deps, visit);
  const record = await recordPaper(pressOf(deps), visit.business, approval, visit.document);
  if (record === null) throw new Refusal('busy');
  return sendFile(c, record.bytes, { name: record.name, mime: 'application/pdf', inline: c.req.query('inline') === '1' });
}
