import { type Address, addressLines } from '../../core/address.ts';
import { isLocale, type Locale } from '../../core/locale.ts';
import { Refusal } from '../../core/refusal.ts';
import { hashToken } from '../../db/fresh.ts';
import type { Database } from '../../db/pool.ts';
import type { Compiled } from '../../db/read.ts';
import { asLogin } from '../../db/scope.ts';
import type { BusinessFact } from '../../outgoing/invoice-facts.ts';
import {
  besideEstimateQuery,
  besideInvoiceQuery,
  fileQuery,
  kindQuery,
  logosQuery,
  lookQuery,
  nothingQuery,
  openByLinkQuery,
  openBySessionQuery,
  openDoorQuery,
  paperQuery,
  placesQuery,
  selectBySlug,
} from './queries.ts';

export { type Account, type Around, aroundOf, aroundQueryOf, readAround } from './around/around.ts';

/** What `open_by_link` answers. `open`: in; `moved`: to `document`; `ended`: the way back; anything else: nobody. */
export type LinkGrant = Readonly<{
  state: 'open' | 'moved' | 'ended' | 'unknown';
  business?: string;
  document?: string;
  customer?: string;
  person?: string | null;
  name?: string;
  link?: string;
  sentTo?: string;
  language?: string | null;
  whole?: boolean;
  canPay?: boolean;
  canAsk?: boolean;
  /** It was sent on by a person of the customer, by this name. */
  shared?: boolean;
  sharedBy?: string | null;
  /** Of an ended link: taken back on purpose, so no new one is offered. */
  removed?: boolean;
  /** Of an ended link: where a new one would go; '' when it must not be shown. */
  address?: string;
}>;

/** What `open_by_session` answers. */
export type SessionGrant = Readonly<{
  state: 'open' | 'unknown';
  business?: string;
  session?: string;
  identity?: string;
  people?: readonly string[];
  person?: string;
  name?: string;
  language?: string | null;
  customers?: readonly string[];
  properties?: readonly string[];
  accounts?: readonly string[];
  canPay?: boolean;
  canAsk?: boolean;
}>;

/** Opens by the token of a document link; `document` null on the first visit, which knows the token only. */
export function openByLink(slug: string, token: string, document: string | null): Compiled {
  return openByLinkQuery({ slug, token: hashToken(token), document });
}

/** Opens by a portal session; with `document` everything else of the account is out of reach. */
export function openBySession(slug: string, token: string, document: string | null = null): Compiled {
  return openBySessionQuery({ slug, token: hashToken(token), document });
}

/** Opens the look of a business for anybody. */
export function openDoor(business: string): Compiled {
  return openDoorQuery({ business });
}

/** For pages that only ask who somebody is. */
export const noPage: Compiled = nothingQuery({});

const ids = new Map<string, string>();

/** The business of an address, or null. An address never changes hands, so what was found once is known for good. */
export async function businessOf(database: Database, slug: string): Promise<string | null> {
  const known = ids.get(slug);
  if (known !== undefined) return known;
  if (!/^[a-z0-9-]{3,40}$/.test(slug)) return null;
  const found = await asLogin(database, (tx) => selectBySlug(tx, slug));
  if (found !== null && ids.size < 100_000) ids.set(slug, found);
  return found;
}

/** Whether this is the address of a business that was found since the process began: asks nothing, for pages of what went wrong. */
export function isKnownBusiness(slug: string): boolean {
  return ids.has(slug);
}

/** A business as its door shows it. */
export type Look = BusinessFact & Readonly<{ zone: string; currency: string; language: Locale }>;

type LookJson = Readonly<
  Record<'slug' | 'name' | 'zone' | 'currency' | 'country' | 'phone' | 'email' | 'website' | 'hours' | 'licenseLine' | 'brandColor' | 'language', string>
> &
  Readonly<{ closingOn: string | null; logo: string | null; address: Partial<Address>; greeting: Readonly<Record<string, string>> }>;

export function lookQueryOf(business: string): Compiled {
  return lookQuery({ business });
}

/** What `lookQueryOf` found, greeting the reader in `locale`. Refuses `not_found`. */
export function lookOf(json: string | null, locale: Locale): Look {
  if (json === null) throw new Refusal('not_found');
  const found = JSON.parse(json) as LookJson;
  const some = (text: string | undefined): string | null => (text ? text : null);
  return {
    ...{
      slug: found.slug,
      name: found.name,
      logo: found.logo,
      brandColor: found.brandColor,
      country: found.country,
      zone: found.zone,
      currency: found.currency,
      closingOn: found.closingOn,
    },
    ...{ phone: some(found.phone), email: some(found.email), website: some(found.website), hours: some(found.hours), licenseLine: some(found.licenseLine) },
    addressLines: addressLines({ street: '', unit: '', city: '', region: '', postalCode: '', country: '', ...found.address }),
    howToPay: null,
    greeting: some(found.greeting[locale] ?? found.greeting['en']),
    language: isLocale(found.language) ? found.language : 'en',
  };
}

/** The properties of the signed-in person, as JSON of `{ id, title }`. */
export function placesQueryOf(business: string): Compiled {
  return placesQuery({ business });
}

export function logosQueryOf(business: string): Compiled {
  return logosQuery({ business });
}

export function besideInvoice(business: string, document: string): Compiled {
  return besideInvoiceQuery({ business, document });
}

export function besideEstimate(business: string, document: string): Compiled {
  return besideEstimateQuery({ business, document });
}

/** The kind of the document a link opens, as text: `invoice`, `estimate`. */
export function kindQueryOf(business: string): Compiled {
  return kindQuery({ business });
}

/** What a document is called: its number, and for an estimate the business's word for it. */
export type NamedPaper = Readonly<{ number: string; word: string | null }>;

export function paperQueryOf(business: string, document: string): Compiled {
  return paperQuery({ business, document });
}

export function attachmentQuery(business: string, document: string, file: string): Compiled {
  return fileQuery({ business, document, file });
}
