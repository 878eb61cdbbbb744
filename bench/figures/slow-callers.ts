import { connect, type Socket } from 'node:net';
import { percentile, type Result, short } from '../result.ts';
import { world } from '../world.ts';
import { underLoad } from './mixed.ts';

const slowCallers = 200;
const hugeBodies = 50;
const seconds = 15;
const hugeBytes = 900_000_000;

/** A caller of its own making. What becomes of it is its own affair: the server may send it away at any time. */
function caller(url: URL, first: string): Socket {
  const socket = connect(Number(url.port), url.hostname);
  socket.on('error', () => {});
  socket.write(first);
  return socket;
}

/** A third drip their headers, a third their body, a third ask for a page and do not read it. */
function slowCaller(url: URL, at: number, page: string): Socket {
  const host = `Host: ${url.host}\r\n`;
  if (at % 3 === 0) return caller(url, `GET /health/live HTTP/1.1\r\n${host}X-Slow: `);
  const json = 'Sec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\nContent-Length: 900000\r\n\r\n{"email":"';
  if (at % 3 === 1) return caller(url, `POST /api/v1/session HTTP/1.1\r\n${host}${json}`);
  return caller(url, `GET ${page} HTTP/1.1\r\n${host}\r\n`.repeat(100)).pause();
}

/** Others wait no longer while 200 callers take their time and 50 send bodies without end. */
export async function slowCallersFigure(): Promise<Result[]> {
  const of = await world();
  const url = new URL(of.stand.url);
  await underLoad(of, 3);
  const slow = Array.from({ length: slowCallers }, (_, at) => slowCaller(url, at, `/${of.grown.slug}`));
  const post = `POST /api/v1/session HTTP/1.1\r\nHost: ${url.host}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\n`;
  const huge = Array.from({ length: hugeBodies }, () => caller(url, `${post}Content-Length: ${hugeBytes}\r\n\r\n{"email":"`));
  const piece = Buffer.alloc(64 * 1024, 97);
  const dripping = setInterval(() => {
    for (const [at, socket] of slow.entries()) if (at % 3 !== 2 && socket.writable) socket.write('a');
    for (const socket of huge) if (socket.writable && !socket.writableNeedDrain) socket.write(piece);
  }, 100);
  const { times, failed } = await underLoad(of, seconds);
  clearInterval(dripping);
  const left = slow.filter((socket) => !socket.destroyed).length;
  for (const socket of [...slow, ...huge]) socket.destroy();
  const name = `beside ${slowCallers} slow callers and ${hugeBodies} huge bodies`;
  return [
    {
      name: `${name}, p95`,
      value: percentile(times, 95),
      unit: 'ms',
      limit: 500,
      atMost: true,
      spread: `median ${short(percentile(times, 50))}, ${left} still connected`,
    },
    { name: `${name}, failed`, value: failed, unit: 'requests', limit: 0, atMost: true, spread: `of ${times.length}` },
  ];
}
