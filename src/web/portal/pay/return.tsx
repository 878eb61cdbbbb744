import { publicId, readId } from '../../../core/ids.ts';
import { Refusal } from '../../../core/refusal.ts';
import { type AttemptView, askProcessor, attemptViewOf, attemptViewQuery } from '../../../domain/payments/payments.ts';
import { href } from '../../../routes.ts';
import type { Deps, WebContext } from '../../context.ts';
import { renderPage } from '../../ui/page.tsx';
import { visitAccount } from '../account/frame.tsx';
import { answerPage, seeOther } from '../answer.ts';
import { Note } from '../invoice/banner.tsx';
import { elsewhere } from '../invoice/invoice.tsx';
import { lookAt } from '../look.ts';
import { visitDocument } from '../visit.ts';

const settled = new Set(['pending', 'cleared', 'returned', 'refunded', 'reversed', 'disputed']);
const waiting = new Set(['initiated', 'unknown']);

/**
 * Where the processor sends the payer back. The address proves nothing and settles nothing: while the truth is open the processor is
 * asked once, and its answer is what counts.
 */
export async function showReturn(c: WebContext, deps: Deps): Promise<Response> {
  const payment = readId('payment', c.req.param('payment') ?? '');
  if (payment === null) throw new Refusal('not_found');
  const read = () => visitDocument(c, deps, { page: (business) => attemptViewQuery(business, payment) });
  const visit = await read();
  if (visit.kind !== 'open') return elsewhere(c, deps, visit);
  let attempt = attemptViewOf(visit.json);
  if (waiting.has(attempt.state)) {
    await askProcessor(deps, visit.business, payment);
    const again = await read();
    if (again.kind === 'open') attempt = attemptViewOf(again.json);
  }
  const at = { business: c.req.param('business') ?? '', document: c.req.param('document') ?? '' };
  if (settled.has(attempt.state)) return seeOther(c, href('receipt', { ...at, payment: c.req.param('payment') ?? '' }));
  if (attempt.state === 'failed' || attempt.state === 'expired') return seeOther(c, href('pay', at, { failed: attempt.failure || attempt.state }));
  return drawWaiting(c, deps, attempt, visit.visitor.language);
}

/** The same for a payment over several bills, under the session. */
export async function showManyReturn(c: WebContext, deps: Deps): Promise<Response> {
  const payment = readId('payment', c.req.param('payment') ?? '');
  if (payment === null) throw new Refusal('not_found');
  const read = () => visitAccount(c, deps, (business) => attemptViewQuery(business, payment));
  const visit = await read();
  if (visit instanceof Response) return visit;
  let attempt = attemptViewOf(visit.json);
  if (waiting.has(attempt.state)) {
    await askProcessor(deps, visit.business, payment);
    const again = await read();
    if (!(again instanceof Response)) attempt = attemptViewOf(again.json);
  }
  const { slug } = visit;
  if (settled.has(attempt.state)) return seeOther(c, href('payment', { business: slug, payment: publicId('payment', payment) }));
  if (attempt.state !== 'failed' && attempt.state !== 'expired') return drawWaiting(c, deps, attempt, visit.grant.language ?? null);
  const again = new URLSearchParams(attempt.documentIds.map((id) => ['invoice', publicId('invoice', id)]));
  again.set('failed', attempt.failure || attempt.state);
  return seeOther(c, `${href('payMany', { business: slug })}?${again.toString()}`);
}

/** One moment: the page looks again by itself, with or without scripts. */
async function drawWaiting(c: WebContext, deps: Deps, attempt: AttemptView, language: string | null): Promise<Response> {
  const { look, reader } = await lookAt(c, deps, language);
  const { pay } = reader.w;
  const checking = attempt.state === 'unknown';
  const page = renderPage(
    { look, locale: reader.locale, title: checking ? pay.checkingTitle : pay.waitingTitle, path: c.req.path, refreshS: 5 },
    <div className="narrow">
      <Note icon={checking ? 'search' : 'clock'}>
        <h1>{checking ? pay.checkingTitle : pay.waitingTitle}</h1>
        <p>{checking ? pay.checking : pay.waiting}</p>
      </Note>
      <p>
        <a href={c.req.path}>{pay.reload}</a>
      </p>
    </div>,
  );
  return answerPage(c, deps, page);
}
