import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Hono } from 'hono';
import { afterEach, describe, expect, test } from 'vitest';
import { testWeb } from '../../test/web.ts';
import type { WebEnv } from './context.ts';
import { type CallerLimits, type HttpServer, listenHttp } from './http-server.ts';

const web = testWeb();
const opened: HttpServer[] = [];
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of opened.splice(0)) await server.drain(200);
});

async function open(limits: Partial<CallerLimits> = {}): Promise<{ server: HttpServer; url: string }> {
  const server = await listenHttp(web().app, '127.0.0.1', 0, limits);
  opened.push(server);
  return { server, url: `http://127.0.0.1:${server.port}` };
}

/** A caller of its own making; what it was told is collected. */
async function caller(port: number, first: string): Promise<{ socket: Socket; said: () => string; over: Promise<void> }> {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  let text = '';
  socket.setEncoding('utf8').on('data', (piece: string) => (text += piece));
  socket.on('error', () => {});
  const over = new Promise<void>((done) => socket.once('close', () => done()));
  await once(socket, 'connect');
  socket.write(first);
  return { socket, said: () => text, over };
}

const health = async (url: string): Promise<number> => (await fetch(`${url}/health/ready`)).status;

describe('S6 callers who take their time', () => {
  test('200 who never end their headers and 50 with huge bodies keep nobody else from an answer, and are sent away when their time is over', async () => {
    const { server, url } = await open({ headersMs: 1_500, requestMs: 2_000, checkMs: 200 });
    const slow = await Promise.all(Array.from({ length: 200 }, () => caller(server.port, 'GET /health/live HTTP/1.1\r\nHost: localhost\r\nX-Slow: ')));
    const huge = await Promise.all(
      Array.from({ length: 50 }, (_, at) =>
        caller(
          server.port,
          `POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\nContent-Length: ${at % 2 === 0 ? 1_000_000 : 900_000_000}\r\n\r\n{"email":"`,
        ),
      ),
    );
    expect(await Promise.all(Array.from({ length: 40 }, () => health(url)))).toEqual(Array.from({ length: 40 }, () => 200));
    expect(slow.filter(({ said }) => said() !== '')).toEqual([]);
    await Promise.all([...slow, ...huge].map(({ over }) => over));
    expect(slow.every(({ said }) => said().startsWith('HTTP/1.1 408'))).toBe(true);
    expect(huge.filter(({ said }) => said().startsWith('HTTP/1.1 413'))).toHaveLength(25);
    expect(await health(url)).toBe(200);
  });

  test('who asks for much and does not read it is cut off once nothing has moved for its time; who reads slowly gets all of it', async () => {
    const piece = Buffer.alloc(1 << 20, 97);
    const pieces = 48;
    let given = 0;
    const much = new Hono<WebEnv>().get('/much', () => {
      let left = pieces;
      return new Response(
        new ReadableStream({
          pull: (to) => {
            given += 1;
            to.enqueue(new Uint8Array(piece));
            left -= 1;
            if (left === 0) to.close();
          },
        }),
      );
    });
    const server = await listenHttp(much, '127.0.0.1', 0, { stillMs: 700, checkMs: 100 });
    opened.push(server);
    const ask = 'GET /much HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';
    const still = await Promise.all(Array.from({ length: 20 }, () => caller(server.port, ask)));
    for (const { socket } of still) socket.pause();
    await new Promise((done) => setTimeout(done, 2_500));
    for (const { socket } of still) socket.resume();
    await Promise.all(still.map(({ over }) => over));
    expect(still.filter(({ said }) => said().length >= pieces * piece.length)).toEqual([]);
    expect(given).toBeLessThan(20 * pieces);
    const slow = await caller(server.port, ask);
    slow.socket.pause();
    const steps = setInterval(() => {
      slow.socket.resume();
      setTimeout(() => slow.socket.pause(), 60);
    }, 200);
    await slow.over;
    clearInterval(steps);
    expect(slow.said().length).toBeGreaterThan(pieces * piece.length);
  });

  test('more connections than the limit are closed at once, and those within it are answered', async () => {
    const { server, url } = await open({ connections: 20 });
    const held = await Promise.all(Array.from({ length: 19 }, () => caller(server.port, 'GET / HTTP/1.1\r\n')));
    expect(await health(url)).toBe(200);
    const late = await Promise.all(Array.from({ length: 10 }, () => caller(server.port, '')));
    await Promise.all(late.slice(1).map(({ over }) => over));
    expect(held.every(({ socket }) => !socket.destroyed)).toBe(true);
  });
});

describe('O2 a server about to stop', () => {
  test('answers what still comes, asks each caller to connect anew, and then closes', async () => {
    const { server } = await open();
    const ask = 'GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n';
    const { socket, said, over } = await caller(server.port, ask);
    await expect.poll(said).toMatch(/Connection: keep-alive[\s\S]*live$/i);
    server.retire();
    socket.write(ask);
    await over;
    expect(said()).toMatch(/Connection: close[\s\S]*live$/i);
    const another = await caller(server.port, ask);
    await another.over;
    expect(another.said()).toContain('200 OK');
    await server.drain(1_000);
    opened.splice(0);
    await expect(fetch(`http://127.0.0.1:${server.port}/health/live`)).rejects.toThrow();
  });
});
