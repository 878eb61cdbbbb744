// A program of somebody else: checks each webhook with the `standardwebhooks` package, keeps what it saw, answers as it is told to.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import type { Behaviour, Received } from './webhook-receiver.ts';

const behaviours = new Map<string, Behaviour>();
const seen = new Map<string, Received[]>();
const hanging = new Map<string, ServerResponse[]>();

const server = createServer((request, response) => void answer(request, response));
server.listen(0, '127.0.0.1', () => process.stdout.write(String((server.address() as AddressInfo).port)));

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, room, path = ''] = (request.url ?? '').split('/');
  const body = await text(request);
  if (room === 'control') control(request.method ?? '', path, body, response);
  else receive(request, path, body, response);
}

function control(method: string, path: string, body: string, response: ServerResponse): void {
  if (method === 'PUT') {
    behaviours.set(path, { ...behaviours.get(path), ...(JSON.parse(body) as Behaviour) });
    if (behaviours.get(path)?.hang !== true) for (const waiting of hanging.get(path)?.splice(0) ?? []) waiting.end('late');
  }
  response.end(JSON.stringify(seen.get(path) ?? []));
}

function receive(request: IncomingMessage, path: string, body: string, response: ServerResponse): void {
  const { secret = '', status = 200, headers = {}, body: said = 'taken', hang = false } = behaviours.get(path) ?? {};
  const signatures = String(request.headers['webhook-signature']).split(' ').length;
  const one = { path, id: String(request.headers['webhook-id']), valid: verified(secret, body, request), signatures, answered: hang ? 0 : status };
  seen.set(path, [...(seen.get(path) ?? []), { ...one, type: typeOf(body) }]);
  if (hang) hanging.set(path, [...(hanging.get(path) ?? []), response]);
  else response.writeHead(status, headers).end(said);
}

function verified(secret: string, body: string, request: IncomingMessage): boolean {
  try {
    new Webhook(secret).verify(body, request.headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
}

function typeOf(body: string): string {
  return (JSON.parse(body) as { type: string }).type;
}
