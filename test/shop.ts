import { randomUUID } from 'node:crypto';
import { publicId } from '../src/core/ids.ts';
import { newId } from '../src/db/fresh.ts';
import type { RunningServer } from './running-server.ts';
import { Browsing, type SignedUp, signedUp } from './signed-up.ts';

/** An invoice on its way to a customer: `link` is the mailed address as a path. */
export type Bill = Readonly<{ id: string; personId: string; link: string; path: string; totalMinor: number }>;

/** A business on a running server, told through its own API, with customers who get links. */
export type Shop = Readonly<{
  up: SignedUp;
  office: <T>(method: string, path: string, body?: unknown) => Promise<T>;
  bill: (amountMinor?: number, words?: Readonly<Record<string, unknown>>) => Promise<Bill>;
  customerId: string;
  personId: string;
}>;

type Made = { id: string };

/** `takesCards` needs a server with the sandbox processor. */
export async function openShop(server: RunningServer, options: Readonly<{ takesCards?: boolean; contact?: string; name?: string }> = {}): Promise<Shop> {
  const up = await signedUp(server);
  const office: Shop['office'] = (method, path, body) =>
    up.browsing.json(method, `/api/v1${path}`, body, method === 'POST' ? { 'idempotency-key': randomUUID() } : {});
  if (options.takesCards) {
    const { version } = await office<{ version: number }>('GET', '/settings');
    const changes = { waysToPay: { gateway: 'sandbox' } };
    await up.browsing.json('PATCH', '/api/v1/settings', changes, { 'if-match': `"${version}"` });
  }
  const name = options.name ?? 'Rosa Quill';
  const contact = { name, email: options.contact ?? 'rosa.quill@example.com', phone: '(512) 555-0111' };
  const { id: customerId } = await office<Made>('POST', '/customers', { kind: 'residential', name, contact });
  const { items } = await office<{ items: Made[] }>('GET', `/customers/${customerId}/people`);
  const personId = items[0]?.id ?? '';
  const bill: Shop['bill'] = async (amountMinor = 18_600, words = {}) => {
    const line = { id: publicId('line', newId()), name: 'Drain cleaning', quantityMilli: 1000, unitPriceMilli: amountMinor * 1000, taxRateId: null };
    const { id } = await office<Made>('POST', '/invoices', { customerId, lines: [line], ...words });
    await office('POST', `/invoices/${id}/send`, { personIds: [personId] });
    const links = await office<{ items: Made[] }>('GET', `/invoices/${id}/links`);
    const { url } = await office<{ url: string }>('POST', `/links/${links.items[0]?.id}/copy`);
    return { id, personId, link: new URL(url).pathname, path: `/${up.business.slug}/d/${id}`, totalMinor: amountMinor };
  };
  return { up, office, bill, customerId, personId };
}

/** The form's own id, by which a second press is the first. */
export function actIn(html: string): string {
  return /name="act"[^>]*value="([^"]+)"/.exec(html)?.[1] ?? /value="([^"]+)"[^>]*name="act"/.exec(html)?.[1] ?? '';
}

const form = (fields: Readonly<Record<string, string>>): RequestInit => ({
  method: 'POST',
  body: new URLSearchParams(fields).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
});

/** Sends a form from a page of ours. */
export function press(browsing: Browsing, path: string, fields: Readonly<Record<string, string>> = {}): Promise<Response> {
  return browsing.fetch(path, form(fields));
}

export type Pressed = 'not yet' | 'pressed' | 'at the processor' | 'paid there' | 'receipt';

/**
 * A customer who pays a bill in full with a test card: opens the link, presses pay, pays at the processor, comes back.
 * `at` tells how far they are. A page that fails throws, and `pay` may be called again: it goes on as a person would, from the link. Once
 * nothing is left to press, they are at the receipt.
 */
export class Payer {
  at: Pressed = 'not yet';
  readonly bill: Bill;
  readonly #url: string;

  constructor(url: string, bill: Bill) {
    this.#url = url;
    this.bill = bill;
  }

  /** Money is on its way: pay was pressed, and no receipt was seen. */
  get inFlight(): boolean {
    return this.at !== 'not yet' && this.at !== 'receipt';
  }

  async pay(url = this.#url): Promise<void> {
    const browsing = new Browsing(url);
    const { path, link } = this.bill;
    await browsing.fetch(link);
    const page = await browsing.fetch(`${path}/pay`);
    const html = await page.text();
    const act = actIn(html);
    const amountMinor = /name="amountMinor"[^>]*value="(\d+)"|value="(\d+)"[^>]*name="amountMinor"/.exec(html)?.slice(1).find(Boolean) ?? '';
    if (amountMinor === '') {
      this.at = 'receipt';
      return;
    }
    this.at = 'pressed';
    const pressed = await press(browsing, `${path}/pay`, { act, amountMinor, method: 'card' });
    let next = pathOf(pressed.headers.get('location'));
    if (next?.startsWith('/sandbox/pay/')) {
      this.at = 'at the processor';
      const paid = await press(browsing, next, { instrument: 'card_success' });
      this.at = 'paid there';
      next = pathOf(paid.headers.get('location'));
    }
    for (let hops = 0; next !== null && hops < 4; hops += 1) {
      const answer = await browsing.fetch(next);
      if (answer.status >= 500) throw new Error(`${next} answered ${answer.status}`);
      if (next.includes('/receipts/') && answer.ok) this.at = 'receipt';
      next = pathOf(answer.headers.get('location'));
    }
  }
}

function pathOf(location: string | null): string | null {
  if (location === null) return null;
  return location.startsWith('http') ? new URL(location).pathname : location;
}
