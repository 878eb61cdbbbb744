import { randomBytes, randomUUID } from 'node:crypto';
import { publicId, readId } from '../../src/core/ids.ts';
import { hashToken, newId } from '../../src/db/fresh.ts';
import { openChromium } from '../chromium.ts';
import { idOf } from '../fill.ts';
import { percentile, type Result, short } from '../result.ts';
import { type World, world } from '../world.ts';
import { visit } from './cold-page.ts';
import { against, bareServer } from './portal-pages.ts';

const presses = 200;

type Answer = Readonly<{ id: string; version: number }>;

async function post(of: World, path: string, body: unknown, version?: number): Promise<Answer> {
  const headers = {
    authorization: `Bearer ${of.tokens.small.key}`,
    'content-type': 'application/json',
    'idempotency-key': randomUUID(),
    ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
  };
  const answer = await fetch(`${of.stand.url}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Answer;
}

/** Twelve lines: nine of the work, three packages to choose from and two options, one of them with a quantity. */
function lines(): unknown[] {
  const line = (name: string, unitPriceMilli: number, more: object = {}) => ({
    ...{ id: publicId('line', newId()), name, description: 'Cleared with cable, tested with water, area left clean.', quantityMilli: 1000, unitPriceMilli },
    ...{ taxRateId: null, ...more },
  });
  const heater = (name: string, chosen: boolean) => ({ choice: { kind: 'package', group: 'Water heater', package: name, chosen } });
  return [
    ...Array.from({ length: 7 }, (_, at) => line(`Kitchen, step ${at + 1}`, 10_000_000)),
    line('Forty gallons', 69_000_000, heater('Good', true)),
    line('Fifty gallons', 89_000_000, heater('Better', false)),
    line('Tankless', 149_000_000, heater('Best', false)),
    line('Haul away', 4_500_000, { choice: { kind: 'optional', chosen: false } }),
    line('Sieve', 2_500_000, { choice: { kind: 'optional', chosen: true }, bounds: { minMilli: 1000, maxMilli: 6000, stepMilli: 1000 } }),
  ];
}

/** An estimate as a customer gets it: written and issued by the API, opened by a link. */
async function openEstimate(of: World): Promise<{ path: string; cookie: string }> {
  const customer = await idOf(of.stand.client, of.small, 'customer', 1);
  const draft = await post(of, '/estimates', { customerId: publicId('customer', customer), lines: lines() });
  await post(of, `/estimates/${draft.id}/issue`, { show: true }, draft.version);
  const token = randomBytes(32).toString('base64url');
  await of.stand.client.query(
    `insert into links (business_id, id, document_id, customer_id, token_hash, sent_to, created_at, created_by, last_mailed_at)
     values ($1, gen_random_uuid(), $2, $3, $4, 'person@example.com', now(), 'bench', now())`,
    [of.small.id, readId('estimate', draft.id), customer, hashToken(token)],
  );
  return { path: `/${of.small.slug}/d/${draft.id}`, cookie: `link=${token}` };
}

/** One choice after the other, each a whole page with its new total, and how long the server took for it. */
async function choose(url: string, cookie: string): Promise<number[]> {
  const times: number[] = [];
  for (let at = 0; at < presses; at += 1) {
    const sent = performance.now();
    const answer = await fetch(`${url}?c=1&p0=${at % 3}&q11=${1 + (at % 6)}${at % 2 === 0 ? '&o=10' : ''}`, { headers: { cookie } });
    await answer.arrayBuffer();
    if (at >= 20) times.push(performance.now() - sent);
    if (answer.status !== 200) throw new Error(`a choice answered ${answer.status}`);
  }
  return times.sort((a, b) => a - b);
}

/** The estimate page within the budgets of the invoice page, and a choice until the page with its total is there. */
export async function estimatePage(): Promise<Result[]> {
  const of = await world();
  const { path, cookie } = await openEstimate(of);
  const url = of.stand.url + path;
  const html = await (await fetch(url, { headers: { cookie } })).text();
  if (!html.includes('Tankless')) throw new Error('the page is not the estimate');
  const bare = await bareServer('page', Buffer.byteLength(html));
  const invoice = await idOf(of.stand.client, of.grown, 'document', 1);
  const requests = { own: [{ path, headers: { cookie } }], bare: [{ path: `/${invoice}` }] };
  const shares = await against('portal estimate page', { url: of.stand.url, requests: requests.own }, { url: bare.url, requests: requests.bare }, 0.4);
  await bare.stop();
  const times = await choose(url, cookie);
  const browser = await openChromium();
  const cold = await visit(browser, url, cookie).finally(() => browser.close());
  return [
    ...shares,
    { name: 'cold estimate page over the wire', value: cold.bytes / 1024, unit: 'KB', limit: 14.6, atMost: true },
    { name: 'requests of a cold estimate page', value: cold.requests, unit: 'requests', limit: 3, atMost: true },
    { name: 'layout shift of the estimate page', value: cold.shift, unit: '', limit: 0, atMost: true },
    {
      name: 'choosing an option, to the page with its total',
      value: percentile(times, 95),
      unit: 'ms, p95',
      limit: 50,
      atMost: true,
      spread: `median ${short(percentile(times, 50))} ms`,
    },
  ];
}
