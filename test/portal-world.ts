import { publicId } from '../src/core/ids.ts';
import { newId } from '../src/db/fresh.ts';
import { systemActor } from '../src/db/scope.ts';
import { readSettings, saveSettings } from '../src/domain/businesses/businesses.ts';
import { createCustomer } from '../src/domain/customers/customers.ts';
import { createProperty } from '../src/domain/customers/properties.ts';
import { createDraft } from '../src/domain/invoices/invoices.ts';
import { sendInvoice } from '../src/domain/links/links.ts';
import { addPerson } from '../src/domain/people/people.ts';
import { href } from '../src/routes.ts';
import { type SmallBusiness, smallBusiness, testKeys } from './small-business.ts';
import { type TestWeb, testOrigin } from './web.ts';

/** A browser of a customer: keeps cookies by path, follows nothing by itself. */
export class Browser {
  readonly #web: TestWeb;
  readonly #cookies = new Map<string, { name: string; value: string; path: string }>();
  readonly #headers: Record<string, string>;

  constructor(web: TestWeb, headers: Record<string, string> = {}) {
    this.#web = web;
    this.#headers = headers;
  }

  cookies(): { name: string; value: string; path: string }[] {
    return [...this.#cookies.values()];
  }

  async go(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers({ ...this.#headers, ...(init.headers as Record<string, string> | undefined) });
    const sent = this.cookies().filter((cookie) => path.split('?')[0] === cookie.path || path.startsWith(cookie.path === '/' ? '/' : `${cookie.path}/`));
    if (sent.length > 0) headers.set('cookie', sent.map(({ name, value }) => `${name}=${value}`).join('; '));
    const answer = await this.#web.app.request(new Request(testOrigin + path, { ...init, headers, redirect: 'manual' }));
    for (const line of answer.headers.getSetCookie()) this.#keep(line);
    return answer;
  }

  /** Sends a form as a page of ours does. */
  post(path: string, fields: Readonly<Record<string, string>> | readonly (readonly [string, string])[] = {}): Promise<Response> {
    const body = new URLSearchParams(Array.isArray(fields) ? (fields as [string, string][]) : (fields as Record<string, string>)).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' };
    return this.go(path, { method: 'POST', body, headers });
  }

  /** Opens a mailed link and the page it leads to. Answers that page's path. */
  async open(business: string, token: string): Promise<string> {
    const answer = await this.go(href('link', { business, token }));
    return answer.headers.get('location') ?? '';
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const [name = '', value = ''] = pair.split('=');
    const path = attributes.find((attribute) => attribute.startsWith('Path='))?.slice(5) ?? '/';
    if (attributes.includes('Max-Age=0')) this.#cookies.delete(`${name} ${path}`);
    else this.#cookies.set(`${name} ${path}`, { name, value, path });
  }
}

export type PortalWorld = Readonly<{
  web: TestWeb;
  house: SmallBusiness;
  customer: string;
  other: string;
  properties: readonly string[];
  /** Dana sees all of it, Edgar the first property, Rosa is another customer. */
  people: Readonly<Record<'dana' | 'edgar' | 'rosa', Readonly<{ id: string; email: string }>>>;
  /** Issues and sends an invoice; answers its id, path and each person's token. */
  send: (to: readonly string[], options?: SendOptions) => Promise<SentInvoice>;
  browser: (headers?: Record<string, string>) => Browser;
}>;

export type SendOptions = Readonly<{ amounts?: readonly number[]; spread?: boolean; customer?: string; extra?: Readonly<Record<string, unknown>> }>;
export type SentInvoice = Readonly<{ id: string; path: string; tokens: readonly string[]; links: readonly string[] }>;

export async function portalWorld(web: TestWeb, options: { gateway?: boolean } = {}): Promise<PortalWorld> {
  const house = await smallBusiness(web.database);
  const made = await house.office(async (scope) => {
    const asHost = { ...scope, actor: systemActor };
    const { version } = await readSettings(asHost, { sandbox: true });
    const waysToPay = { gateway: options.gateway === false ? null : ('sandbox' as const), howToPay: 'Check to the office.' };
    await saveSettings(asHost, { version, changes: { waysToPay } }, { sandbox: true });
    const { id: customer } = await createCustomer(scope, { kind: 'property_manager', name: 'Dana Whitlock', company: 'Larkspur Keys (demo)' });
    const { id: other } = await createCustomer(scope, { kind: 'residential', name: 'Rosa Quill' });
    const properties: string[] = [];
    for (const code of ['LK-01', 'LK-02', 'LK-03']) properties.push((await createProperty(scope, { customerId: customer, code, name: `Court ${code}` })).id);
    const add = async (name: string, customerId: string, propertyIds: string[] | null) => {
      const email = `${name.split(' ')[0]?.toLowerCase()}.${newId().slice(-6)}@example.com`;
      return { id: (await addPerson(scope, { name, email, customerId, rights: { propertyIds } })).id, email };
    };
    const people = {
      dana: await add('Dana Whitlock', customer, null),
      edgar: await add('Edgar Finch', customer, [properties[0] ?? '']),
      rosa: await add('Rosa Quill', other, null),
    };
    return { customer, other, properties, people };
  });
  const send: PortalWorld['send'] = (to, { amounts = [10_000, 8_600], spread = false, customer = made.customer, extra = {} } = {}) =>
    house.office(async (scope) => {
      const lines = amounts.map((amount, at) => ({
        name: `Drain ${at + 1}`,
        quantityMilli: 1000n,
        unitPriceMilli: BigInt(amount) * 1000n,
        taxRateId: null,
        ...(spread ? { propertyId: made.properties[at % 3] } : {}),
      }));
      const draft = await createDraft(scope, { customerId: customer, lines, ...extra });
      const sent = await sendInvoice(scope, testKeys, { documentId: draft.id, personIds: to });
      const links = sent.mails.map((mail) => mail.linkId ?? '');
      const path = href('document', { business: house.slug, document: publicId('invoice', draft.id) });
      return { id: draft.id, path, links, tokens: links.map((link) => testKeys.linkToken(house.id, link)) };
    });
  return { web, house, ...made, send, browser: (headers) => new Browser(web, headers) };
}
