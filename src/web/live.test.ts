import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { done } from '../../test/api-client.ts';
import { testWorld } from '../../test/world.ts';
import { headSeq } from '../domain/events/events.ts';
import { type HttpServer, listenHttp } from './http-server.ts';

const world = testWorld();
let server: HttpServer;
beforeAll(async () => {
  server = await listenHttp(world().web.app, '127.0.0.1', 0);
});
afterAll(() => server.drain(1_000));

const head = async (): Promise<number> => Number(await world().otter.business.system(headSeq));

/** Listens with a key until `enough` says so, then cuts the socket. Answers the seqs in the order they came, whatever was half sent left out. */
async function listenUntil(options: { lastSeq: number | null; enough: (seqs: readonly number[]) => boolean; key?: string }): Promise<number[]> {
  const cut = new AbortController();
  const seqs: number[] = [];
  const headers: Record<string, string> = { Authorization: `Bearer ${options.key ?? world().otter.key.key}`, Accept: 'text/event-stream' };
  if (options.lastSeq !== null) headers['Last-Event-ID'] = String(options.lastSeq);
  const answer = await fetch(`http://127.0.0.1:${server.port}/api/v1/events/stream`, { headers, signal: cut.signal });
  let text = '';
  try {
    for await (const piece of answer.body ?? []) {
      text += Buffer.from(piece).toString();
      const whole = text.split('\n\n');
      text = whole.pop() ?? '';
      for (const message of whole) {
        const seq = /^id: (\d+)$/m.exec(message)?.[1];
        if (seq === undefined) continue;
        const { seq: told } = JSON.parse(/^data: (.*)$/m.exec(message)?.[1] ?? '{}') as { seq: number };
        expect(told).toBe(Number(seq));
        seqs.push(Number(seq));
        if (options.enough(seqs)) {
          cut.abort();
          return seqs;
        }
      }
    }
  } catch (error) {
    if (!cut.signal.aborted) throw error;
  }
  return seqs;
}

async function burst(count: number): Promise<void> {
  const { web, otter } = world();
  for (let at = 0; at < count; at += 1) await done(web, otter.owner, 'addItem', { body: { name: `Item ${at}`, unitPriceMilli: 1000 } });
}

describe('the live stream', () => {
  it('misses nothing and repeats nothing when the socket is cut in mid-burst, again and again', async () => {
    const begun = await head();
    const count = 60;
    const working = burst(count);
    const seen: number[] = [];
    while (seen.length < count) {
      const most = 1 + (seen.length % 9);
      seen.push(...(await listenUntil({ lastSeq: begun + seen.length, enough: (seqs) => seqs.length >= most || seen.length + seqs.length >= count })));
    }
    await working;
    expect(seen).toEqual(Array.from({ length: count }, (_, at) => begun + 1 + at));
    expect(await head()).toBe(begun + count);
  });

  it('begins from now when nothing is asked for, and hands each event to all who listen in the order of their seq', async () => {
    const begun = await head();
    const listeners = Array.from({ length: 5 }, () => listenUntil({ lastSeq: null, enough: (seqs) => seqs.length >= 10 }));
    await new Promise((ready) => setTimeout(ready, 300));
    const { web, otter } = world();
    await Promise.all(Array.from({ length: 10 }, (_, at) => done(web, otter.owner, 'addItem', { body: { name: `At once ${at}`, unitPriceMilli: 1000 } })));
    for (const seqs of await Promise.all(listeners)) expect(seqs).toEqual(Array.from({ length: 10 }, (_, at) => begun + 1 + at));
  });

  it('T8 ends within a second of its right: a revoked key hears no more', async () => {
    const { web, otter } = world();
    const { key, apiKey } = await done(web, otter.owner, 'makeApiKey', { body: { name: 'Listener', scopes: ['events:read'] } });
    const heard = listenUntil({ lastSeq: await head(), key, enough: () => false });
    await new Promise((ready) => setTimeout(ready, 200));
    await burst(1);
    await new Promise((sent) => setTimeout(sent, 300));
    await done(web, otter.owner, 'revokeApiKey', { params: { keyId: apiKey.id } });
    await new Promise((over) => setTimeout(over, 1_100));
    const before = await head();
    await burst(2);
    const seqs = await heard;
    expect(seqs.length).toBeGreaterThan(0);
    expect(Math.max(...seqs)).toBeLessThanOrEqual(before);
  });

  it('tells a business nothing of another', async () => {
    const { web, mop } = world();
    const begun = await head();
    const hearing = listenUntil({ lastSeq: begun, enough: (seqs) => seqs.length >= 2 });
    await done(web, mop.owner, 'addItem', { body: { name: 'Not yours', unitPriceMilli: 1000 } });
    await burst(2);
    expect(await hearing).toEqual([begun + 1, begun + 2]);
  });
});
