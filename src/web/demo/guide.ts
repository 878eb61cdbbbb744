import { Hono } from 'hono';
import { isUuid, publicId, readId } from '../../core/ids.ts';
import { Refusal } from '../../core/refusal.ts';
import { demoBusinesses } from '../../domain/businesses/businesses.ts';
import type { DemoGuide } from '../../domain/demo/demo.ts';
import { hearBank, processorId, standingsNow, stepsDone, underway } from '../../domain/demo/progress.ts';
import type { Deps, WebContext, WebEnv } from '../context.ts';
import { contentPolicy } from '../guards.ts';
import { seeOther } from '../portal/answer.ts';
import { givenForm } from '../portal/given.ts';
import { withDemoBar } from './bar.tsx';
import { guidePage, preparingPage } from './guide-page.tsx';
import { signInAs } from './sign-in.ts';

/** What the host lets the demo do: show where everything is, and start over. */
export type DemoControl = Readonly<{ guide: () => DemoGuide | null; reset: () => Promise<void> }>;

/** The guide of the demo and its buttons. These addresses exist with DEMO=1 only. */
export function guideRoutes(deps: Deps, control: DemoControl): Hono<WebEnv> {
  const routes = new Hono<WebEnv>();
  let running: Promise<void> | null = null;
  routes.get('/demo', async (c) => {
    const nonce = contentPolicy(c);
    const guide = control.guide();
    const html = guide === null ? preparingPage(nonce) : await guideHtml(deps, guide, nonce, c.req.query('done') ?? '');
    return answerHtml(c, withDemoBar(html, 'guide', nonce));
  });
  routes.get('/demo/customer', (c) => {
    const guide = control.guide();
    return seeOther(c, guide === null ? '/demo' : guide.rosa.link);
  });
  routes.post('/demo/sign-in', (c) => signInAs(c, deps));
  routes.post('/demo/bank', async (c) => {
    await decide(c, deps);
    return seeOther(c, '/demo?done=bank#bank');
  });
  routes.post('/demo/reset', async (c) => {
    if ((await givenForm(c)).text('sure') !== 'yes') return seeOther(c, '/demo#reset');
    running ??= control.reset().finally(() => {
      running = null;
    });
    await running;
    return seeOther(c, '/demo?done=reset');
  });
  return routes;
}

async function guideHtml(deps: Deps, guide: DemoGuide, nonce: string, done: string): Promise<string> {
  const { database } = deps;
  const houses = await demoBusinesses(database);
  const [steps, standings, moving] = await Promise.all([
    stepsDone(database, guide),
    standingsNow(database, guide.entries),
    underway(
      database,
      houses.map(({ id }) => id),
    ),
  ]);
  const payments = moving.map((each) => ({ ...each, business: publicId('business', each.business), payment: publicId('payment', each.payment) }));
  return guidePage(nonce, { steps, entries: guide.entries, standings, payments, done, names: new Map(houses.map(({ slug, name }) => [slug, name])) });
}

function answerHtml(c: WebContext, html: string): Response {
  c.header('Cache-Control', 'no-store');
  c.header('X-Robots-Tag', 'noindex');
  return c.html(html);
}

/** The make-believe bank decides, and the books hear of it at once. */
async function decide(c: WebContext, deps: Deps): Promise<void> {
  const given = await givenForm(c);
  const business = readId('business', given.text('business'));
  const payment = readId('payment', given.text('payment'));
  const decision = given.text('decision');
  const known = business !== null && (await demoBusinesses(deps.database)).some(({ id }) => id === business);
  if (!known || payment === null || !isUuid(payment) || (decision !== 'clear' && decision !== 'return')) throw new Refusal('not_found');
  const till = { database: deps.database, keys: deps.keys, cards: deps.cards };
  const atBank = await processorId(till, business, payment);
  if (atBank !== null && deps.sandboxUrl !== null) {
    await fetch(`${deps.sandboxUrl}/sandbox/bank/${atBank}`, { method: 'POST', body: new URLSearchParams({ decision }), redirect: 'manual' });
  }
  await hearBank(till, business, payment);
}
