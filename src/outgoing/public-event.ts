import { type IdKind, isUuid, publicId } from '../core/ids.ts';
import type { EventRow } from '../domain/events/events.ts';
import type { NamedEvent } from '../domain/feed/feed.ts';

/** An event as anyone outside reads it: in the feed of the API, its live stream, and each webhook. Ids are public ones. */
export type PublicEvent = {
  id: string;
  seq: number;
  at: string;
  kind: string;
  actor: { kind: EventRow['actor_kind']; name: string };
  customerId: string | null;
  customerName: string | null;
  invoiceId: string | null;
  invoiceNumber: string | null;
  propertyId: string | null;
  shown: boolean;
  data: Record<string, unknown>;
};
type Told = EventRow & Readonly<Partial<Pick<NamedEvent, 'customer_name' | 'invoice_number'>>>;

const idOrNull = (kind: IdKind, uuid: string | null): string | null => (uuid === null ? null : publicId(kind, uuid));

export function presentEvent(of: Told): PublicEvent {
  return {
    id: publicId('event', of.id),
    seq: Number(of.seq),
    at: of.at,
    kind: of.kind,
    actor: { kind: of.actor_kind, name: of.actor_name },
    customerId: idOrNull('customer', of.customer_id),
    customerName: of.customer_name ?? null,
    invoiceId: idOrNull('invoice', of.document_id),
    invoiceNumber: of.invoice_number ?? null,
    propertyId: idOrNull('property', of.property_id),
    shown: of.shown,
    data: presentData(of.data, 'replaces') as Record<string, unknown>,
  };
}

/** What the ids in an event's facts are ids of. Anything else that looks like an id of ours stays inside. */
const kinds: Readonly<Record<string, IdKind>> = {
  staffId: 'staff',
  keyId: 'apiKey',
  personId: 'person',
  linkId: 'link',
  mailId: 'mail',
  threadId: 'thread',
  messageId: 'message',
  paymentId: 'payment',
  importId: 'import',
  itemId: 'item',
  taxRateId: 'taxRate',
  documentId: 'invoice',
  invoiceId: 'invoice',
  customerId: 'customer',
  propertyId: 'property',
  propertyIds: 'property',
  fileId: 'file',
  webhookId: 'webhook',
  deliveryId: 'delivery',
  detached: 'file',
};
/** Facts that are things themselves, with an id of their own. */
const things: Readonly<Record<string, IdKind>> = { replaces: 'invoice', replacedBy: 'invoice', attached: 'file' };
const bare = new Set(['announcementId']);

/** The facts of an event (a bare `id` is its document's) with public ids in place of the inner ones. */
function presentData(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((each) => presentData(each, name));
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, presentData(inner, key === 'id' ? name : key)]));
  }
  if (typeof value !== 'string' || !isUuid(value) || bare.has(name)) return value;
  const kind = kinds[name] ?? things[name];
  return kind === undefined ? undefined : publicId(kind, value);
}
