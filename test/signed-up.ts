import type { RunningServer } from './running-server.ts';

/** What a browser remembers: cookies of one visitor, sent back on each request. */
export class Browsing {
  readonly #url: string;
  readonly #cookies = new Map<string, string>();

  constructor(url: string) {
    this.#url = url;
  }

  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.cookie !== '') headers.set('cookie', this.cookie);
    if (!headers.has('sec-fetch-site')) headers.set('sec-fetch-site', 'same-origin');
    const answer = await fetch(new URL(path, this.#url), { ...init, headers, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) this.#keep(line);
    return answer;
  }

  async json<T>(method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<T> {
    const answer = await this.fetch(path, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
    return (text === '' ? null : JSON.parse(text)) as T;
  }

  #keep(line: string): void {
    const [pair = ''] = line.split(';');
    const at = pair.indexOf('=');
    const value = pair.slice(at + 1);
    if (value === '' || /max-age=0/i.test(line)) this.#cookies.delete(pair.slice(0, at));
    else this.#cookies.set(pair.slice(0, at), value);
  }
}

export type SignedUp = Readonly<{ browsing: Browsing; business: { id: string; slug: string; name: string }; email: string; password: string }>;

/** Signs a business up as its owner would on a fresh install: the code is read from the console. */
export async function signedUp(server: RunningServer, changes: Readonly<{ business?: string; email?: string }> = {}): Promise<SignedUp> {
  const browsing = new Browsing(server.url);
  const email = changes.email ?? 'ida@example.com';
  const password = 'a long enough sentence';
  const before = server.said().length;
  await browsing.json('POST', '/api/v1/sign-up', {
    business: changes.business ?? 'Copper Kettle Plumbing',
    trade: 'plumbing',
    country: 'US',
    timeZone: 'America/Chicago',
    currency: 'USD',
    name: 'Ida Brandt',
    email,
    password,
  });
  const code = await codeOnConsole(server, before);
  const session = await browsing.json<{ business: { id: string; slug: string; name: string } }>('POST', '/api/v1/sign-up/confirm', { code });
  return { browsing, business: session.business, email, password };
}

async function codeOnConsole(server: RunningServer, after: number): Promise<string> {
  for (let tries = 0; tries < 200; tries += 1) {
    const code = /\b(\d{6})\b/.exec(
      server
        .said()
        .slice(after)
        .replace(/"at":"[^"]*"/g, ''),
    )?.[1];
    if (code !== undefined) return code;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`no code was said:\n${server.said().slice(after)}`);
}
