import { beforeAll, describe, expect, test } from 'vitest';
import { filled, kitchenMinor, offer, offered, type SentEstimate, signedIn } from '../../../../test/estimate-world.ts';
import { type Browser, type PortalWorld, portalWorld } from '../../../../test/portal-world.ts';
import { testWeb } from '../../../../test/web.ts';
import { publicId } from '../../../core/ids.ts';
import { newId } from '../../../db/fresh.ts';
import { approveEstimate, askDeposit, listApprovals } from '../../../domain/approvals/approvals.ts';
import { verifyBooks } from '../../../domain/ledger/ledger.ts';
import { revokeLink } from '../../../domain/links/links.ts';

const web = testWeb();
let world: PortalWorld;
beforeAll(async () => {
  world = await portalWorld(web());
});

const rosas = (extra: Readonly<Record<string, unknown>> = {}): Promise<SentEstimate> =>
  offer(world, [world.people.rosa], { customer: world.other, extra: { terms: 'Paid within 30 days.', ...extra } });
const opened = async (estimate: SentEstimate, at = 0): Promise<Browser> => {
  const browser = world.browser({ 'user-agent': 'Phone' });
  await browser.open(world.house.slug, estimate.tokens[at] ?? '');
  return browser;
};
const records = async (id: string) => (await world.house.office((scope) => listApprovals(scope, { documentId: id }))).rows;
const approvePage = async (browser: Browser, estimate: SentEstimate, query = ''): Promise<string> =>
  (await browser.go(`${estimate.path}/approve${query}`)).text();

describe('an ended link', () => {
  test.each(['', '/approve', '/decline', '/changes', '/undo', '/pdf', '/ask', '/events'])('shows nothing and signs nothing: %s', async (sub) => {
    const estimate = await rosas();
    const browser = await opened(estimate);
    await world.house.office((scope) => revokeLink(scope, estimate.links[0] ?? ''));
    const answer = await browser.go(estimate.path + sub);
    expect([answer.status, (await answer.text()).includes('$690.00')]).toEqual([410, false]);
    if (!['/approve', '/decline', '/changes', '/undo'].includes(sub)) return;
    const form = [
      ['act', newId()],
      ['totalMinor', String(kitchenMinor)],
      ['acceptTerms', '1'],
      ['typedName', 'Rosa'],
      ['reason', 'X'],
    ] as const;
    expect((await browser.post(estimate.path + sub, form)).status).toBe(410);
    expect(await records(estimate.id)).toEqual([]);
  });
});

describe('the deposit', () => {
  test('is paid from the approved estimate: at once when signed in, by a code first for the holder of a link', async () => {
    const estimate = await rosas({ deposit: { kind: 'percent', ratePpm: 200_000n } });
    const browser = await opened(estimate);
    await browser.post(`${estimate.path}/approve`, filled(await approvePage(browser, estimate)));
    const bill = publicId('invoice', (await world.house.system((scope) => askDeposit(scope, estimate.id))) ?? '');
    const html = await (await browser.go(estimate.path)).text();
    expect(html).toMatch(/deposit of \$138\.00 is not paid yet/);
    expect(html).toContain(`href="${estimate.path}/confirm?to=${bill}"`);
    const rosa = await signedIn(world, world.people.rosa);
    expect(await (await rosa.go(estimate.path)).text()).toContain(`href="/${world.house.slug}/d/${bill}"`);
    const onward = await rosa.go(`${estimate.path}/confirm?to=${bill}`);
    expect([onward.status, onward.headers.get('location')]).toEqual([303, `/${world.house.slug}/d/${bill}`]);
    expect((await rosa.go(`/${world.house.slug}/d/${bill}`)).status).toBe(200);
  });

  test('an open page is told when somebody decides', async () => {
    const estimate = await rosas();
    const browser = await opened(estimate);
    const stop = new AbortController();
    const stream = await browser.go(`${estimate.path}/events`, { signal: stop.signal });
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    await browser.post(`${estimate.path}/approve`, filled(await approvePage(browser, estimate)));
    let told = '';
    while (!told.includes('estimate.approved')) {
      const { value, done } = (await reader?.read()) ?? { value: undefined, done: true };
      if (done) break;
      told += value ?? '';
    }
    stop.abort();
    expect(told).toContain('estimate.approved');
  });
});

describe('saying no', () => {
  test('declines with a reason', async () => {
    const estimate = await rosas();
    const browser = await opened(estimate);
    const html = await (await browser.go(`${estimate.path}/decline`)).text();
    expect((await browser.post(`${estimate.path}/decline`, filled(html, { reason: 'Too dear.' }))).status).toBe(303);
    expect(await (await browser.go(estimate.path)).text()).toMatch(/Declined.*Too dear\./s);
  });

  test('asks for changes line by line; without a word nothing is sent', async () => {
    const estimate = await rosas();
    const browser = await opened(estimate);
    const html = await (await browser.go(`${estimate.path}/changes`)).text();
    expect((await browser.post(`${estimate.path}/changes`, filled(html))).status).toBe(422);
    expect((await browser.post(`${estimate.path}/changes`, filled(html, { r1: 'A gas one, please.' }))).status).toBe(303);
    expect(await (await browser.go(estimate.path)).text()).toMatch(/asked for changes.*Forty gallons: A gas one, please\..*working on a new version/s);
  });

  test('two answers at the same moment: one counts, the other is told', async () => {
    const estimate = await offer(world, [world.people.rosa, world.people.rosa], { customer: world.other, lines: [offered('Sink', 10_000)] });
    const [one, two] = [await opened(estimate, 0), await opened(estimate, 1)];
    const forms = [filled(await approvePage(one, estimate)), filled(await (await two.go(`${estimate.path}/decline`)).text())];
    const answers = await Promise.all([one.post(`${estimate.path}/approve`, forms[0]), two.post(`${estimate.path}/decline`, forms[1])]);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
    expect(await records(estimate.id)).toHaveLength(1);
  });

  test('after it was approved by somebody else the open page shows the newer state', async () => {
    const estimate = await rosas();
    await world.house.office((scope) =>
      approveEstimate(scope, {
        ...{ documentId: estimate.id, personId: world.people.rosa.id, identifiedBy: 'office', typedName: 'Rosa Quill', acceptTerms: true },
        totalMinor: kitchenMinor,
      }),
    );
    const browser = await opened(estimate);
    const answer = await browser.go(`${estimate.path}/approve`);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, estimate.path]);
    expect(await (await browser.go(estimate.path)).text()).toContain('Recorded by');
    expect(await world.house.system((scope) => verifyBooks(scope))).toEqual([]);
  });
});
