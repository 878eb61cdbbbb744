import { type TestWeb, testOrigin } from './web.ts';

let callers = 0;
/** A request as the server hands it over, each from a network of its own, so that no limit of callers is met. */
export function knock(web: TestWeb, url: string, init: RequestInit = {}): Promise<Response> {
  callers += 1;
  const remoteAddress = `10.${callers >> 16}.${(callers >> 8) & 255}.${callers & 255}`;
  const request = new Request(url.startsWith('/') ? testOrigin + url : url, { redirect: 'manual', ...init });
  return Promise.resolve(web.app.request(request, undefined, { incoming: { socket: { remoteAddress } } } as never));
}

/** A form as a page of ours sends it. */
export const formOf = (fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}): RequestInit => ({
  method: 'POST',
  body: new URLSearchParams(fields).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin', ...headers },
});
