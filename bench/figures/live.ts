import { randomUUID } from 'node:crypto';
import { get } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { publicId } from '../../src/core/ids.ts';
import { idOf } from '../fill.ts';
import { percentile, type Result, short } from '../result.ts';
import { world } from '../world.ts';

const listeners = 500;
const payments = 40;

/** From the moment the office's request to record a payment leaves until each of 500 listeners has it. */
export async function live(): Promise<Result[]> {
  const of = await world();
  const authorization = `Bearer ${of.tokens.small.key}`;
  const arrivals = new Map<string, number[]>();
  const streams = await Promise.all(Array.from({ length: listeners }, () => listen(`${of.stand.url}/api/v1/events/stream`, authorization, arrivals)));
  await wait(500);
  const times: number[] = [];
  for (let at = 1; at <= payments; at += 1) {
    // Every twentieth invoice is unpaid.
    const documentId = publicId('invoice', await idOf(of.stand.client, of.small, 'document', at * 20));
    const sentAt = performance.now();
    const answer = await fetch(`${of.stand.url}/api/v1/payments`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      body: JSON.stringify({
        customerId: publicId('customer', await customerOf(of.small.customers, at * 20)),
        method: 'check',
        amountMinor: 100,
        receivedOn: new Date().toISOString().slice(0, 10),
        shares: [{ invoiceId: documentId, amountMinor: 100 }],
      }),
    });
    if (!answer.ok) throw new Error(`recording a payment answered ${answer.status}: ${await answer.text()}`);
    for (let tries = 0; (arrivals.get(documentId)?.length ?? 0) < listeners && tries < 200; tries += 1) await wait(10);
    const arrived = arrivals.get(documentId) ?? [];
    if (arrived.length < listeners) throw new Error(`${arrived.length} of ${listeners} listeners heard of a payment`);
    times.push(...arrived.map((momentMs) => momentMs - sentAt));
  }
  for (const stream of streams) stream();
  times.sort((a, b) => a - b);
  return [
    {
      name: 'payment recorded → 500 office screens, p99',
      value: percentile(times, 99),
      unit: 'ms',
      limit: 150,
      atMost: true,
      spread: `median ${short(percentile(times, 50))}`,
    },
  ];

  async function customerOf(customers: number, n: number): Promise<string> {
    return idOf(of.stand.client, of.small, 'customer', 1 + (n % customers));
  }
}

/** One open stream; notes when each document was first heard of as paid into. */
function listen(url: string, authorization: string, arrivals: Map<string, number[]>): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const request = get(url, { headers: { authorization, accept: 'text/event-stream' }, agent: false }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`the stream answered ${response.statusCode}`));
      response.setEncoding('utf8');
      response.on('error', () => {});
      response.on('data', (text: string) => {
        for (const [, data] of text.matchAll(/^data: (.*)$/gm)) {
          const event = JSON.parse(data ?? '{}') as { kind?: string; invoiceId?: string };
          if (event.kind === 'payment.recorded' && event.invoiceId)
            arrivals.set(event.invoiceId, [...(arrivals.get(event.invoiceId) ?? []), performance.now()]);
        }
      });
      resolve(() => request.destroy());
    });
    request.on('error', (error) => reject(error));
  });
}
