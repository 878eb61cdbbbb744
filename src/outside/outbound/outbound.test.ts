import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { outboundClient, type Resolver } from './outbound.ts';

let canaries: Server[] = [];
let hits = 0;
let port = 0;
let answer: (path: string) => { status: number; headers?: Record<string, string>; body?: string; hang?: boolean } = () => ({ status: 200 });

async function canary(host: string, wanted: number): Promise<Server> {
  const server = createServer((request, response) => {
    hits += 1;
    const { status, headers = {}, body = 'ok', hang = false } = answer(request.url ?? '');
    if (hang) return;
    response.writeHead(status, headers).end(body);
  }).listen(wanted, host);
  await once(server, 'listening');
  return server;
}

beforeAll(async () => {
  const first = await canary('127.0.0.1', 0);
  port = (first.address() as AddressInfo).port;
  canaries = [first, await canary('::1', port)];
});
afterAll(() => {
  for (const server of canaries) server.close().closeAllConnections();
});

const request = (url: string) => ({ url, headers: {}, body: '{}' });
/** A name server an attacker runs: every name leads inside. */
const inside: Resolver = async () => [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

/** Spellings that have led others' clients to the machine they ran on, or to what stands beside it. */
const spellings = (): string[] => {
  const hosts = [
    ...[
      '127.0.0.1',
      'localhost',
      '127.1',
      '127.0.1',
      '0',
      '0.0.0.0',
      '2130706433',
      '0x7f000001',
      '0x7f.0x0.0x0.0x1',
      '0177.0.0.1',
      '017700000001',
      '127.127.127.127',
    ],
    ...[
      '[::1]',
      '[::]',
      '[0:0:0:0:0:0:0:1]',
      '[::ffff:127.0.0.1]',
      '[::ffff:7f00:1]',
      '[::127.0.0.1]',
      '[64:ff9b::7f00:1]',
      '[64:ff9b:1::7f00:1]',
      '[2002:7f00:1::]',
    ],
    ...['[fe80::1]', '[fc00::1]', '[fd00:ec2::254]', '[ff02::1]', '10.0.0.1', '172.16.0.1', '192.168.0.1', '169.254.169.254', '100.100.100.200', '192.0.0.192'],
    ...[
      '168.63.129.16',
      '224.0.0.1',
      '255.255.255.255',
      'localhost.',
      'LOCALHOST',
      'ip6-localhost',
      'foo.localhost',
      'metadata.google.internal',
      'printer.local',
    ],
    ...[
      '①②⑦.⓪.⓪.①',
      'ⓛocalhost',
      '127。0。0。1',
      'localhost%00.example.org',
      '127.0.0.1.',
      '127.0.0.1%2f@example.org',
      'db',
      'kubernetes.default.svc.cluster.local',
    ],
  ];
  const odd = [
    ...[
      `https://example.org@127.0.0.1:${port}/`,
      `https://127.0.0.1:${port}#@example.org/`,
      `https://127.0.0.1:${port}\\@example.org/`,
      `https:127.0.0.1:${port}`,
    ],
    ...[
      `gopher://127.0.0.1:${port}/_x`,
      `file:///etc/passwd`,
      `ftp://127.0.0.1:${port}/`,
      `dict://127.0.0.1:${port}/`,
      `data:text/plain,x`,
      `//127.0.0.1:${port}/`,
    ],
    ...[
      `https://example.org:22/`,
      `https://example.org:5432/`,
      `http://example.org/`,
      ` https://127.0.0.1/`,
      `https://127.0.0.1/\r\nHost: x`,
      `jar:https://127.0.0.1!/`,
    ],
  ];
  return [...hosts.flatMap((host) => [`http://${host}:${port}/`, `https://${host}/`]), ...odd];
};

describe('I4 an address somebody typed', () => {
  test('never leads to the machine itself or beside it, however it is written', async () => {
    hits = 0;
    const client = outboundClient({ loopback: false, resolve: inside });
    const all = spellings();
    expect(all.length).toBeGreaterThan(60);
    for (const url of all) expect([url, (await client.post(request(url))).kind]).toEqual([url, 'refused']);
    expect(hits).toBe(0);
  });

  test('whose name leads inside, wholly or in part, is not asked', async () => {
    hits = 0;
    for (const address of ['127.0.0.1', '10.1.2.3', '169.254.169.254', '::1', '::ffff:127.0.0.1', 'fd00::1', '64:ff9b::7f00:1']) {
      const family = address.includes(':') ? 6 : 4;
      for (const found of [
        [{ address, family }],
        [
          { address: '93.184.215.14', family: 4 },
          { address, family },
        ],
      ]) {
        const outcome = await outboundClient({ loopback: false, resolve: async () => found }).post(request('https://rebound.example.org/'));
        expect(outcome).toEqual({ kind: 'refused', reason: 'address_inside' });
      }
    }
    expect(hits).toBe(0);
  });

  test('is resolved once: a name that changes its mind meanwhile changes nothing', async () => {
    let asked = 0;
    const fickle: Resolver = async () => {
      asked += 1;
      // 192.0.2.0/24 answers nobody; the second answer would be the canary.
      return [asked === 1 ? { address: '1.1.1.1', family: 4 } : { address: '127.0.0.1', family: 4 }];
    };
    hits = 0;
    const outcome = await outboundClient({ loopback: false, resolve: fickle, connectMs: 200, totalMs: 400 }).post(request('https://fickle.example.org/'));
    expect([outcome.kind, asked, hits]).toEqual(['failed', 1, 0]);
  });

  test('with loopback allowed a public name still does not lead there, nor does localhost lead elsewhere', async () => {
    hits = 0;
    const client = outboundClient({ loopback: true, resolve: inside });
    expect((await client.post(request(`https://evil.example.org/`))).kind).toBe('refused');
    expect((await client.post(request(`http://evil.example.org:${port}/`))).kind).toBe('refused');
    const elsewhere = outboundClient({ loopback: true, resolve: async () => [{ address: '10.0.0.1', family: 4 }] });
    expect((await elsewhere.post(request(`http://localhost:${port}/`))).kind).toBe('refused');
    expect(hits).toBe(0);
  });
});

describe('what is answered', () => {
  const here = outboundClient({ loopback: true, totalMs: 500 });
  const ask = () => here.post(request(`http://127.0.0.1:${port}/in`));

  test('is told with its status and beginning, without control characters', async () => {
    answer = () => ({ status: 201, body: `taken\u0000\u202e ${'x'.repeat(5_000)}` });
    const outcome = await ask();
    expect(outcome).toMatchObject({ kind: 'answered', status: 201 });
    expect(outcome.kind === 'answered' && outcome.text).toBe(`taken ${'x'.repeat(1_018)}`);
  });

  test('I4 redirects are an answer, not a way', async () => {
    hits = 0;
    answer = () => ({ status: 302, headers: { location: `http://127.0.0.1:${port}/elsewhere` } });
    expect(await ask()).toMatchObject({ kind: 'answered', status: 302 });
    expect(hits).toBe(1);
  });

  test('I4 a body without end is cut', async () => {
    answer = () => ({ status: 200, body: 'y'.repeat(8 * 1024 * 1024) });
    expect(await ask()).toMatchObject({ kind: 'answered', status: 200 });
  });

  test('that does not come is given up on, and a closed door is told as such', async () => {
    answer = () => ({ status: 200, hang: true });
    expect(await ask()).toMatchObject({ kind: 'failed', reason: 'timeout' });
    expect(await here.post(request('http://127.0.0.1:1/'))).toMatchObject({ kind: 'failed', reason: 'connection_refused' });
  });
});
