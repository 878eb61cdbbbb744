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
  estimateId: string | null;
  estimateNumber: string | null;
  propertyId: string | null;
  shown: boolean;
  data: Record<string, unknown>;
};
type Told = EventRow & Readonly<Partial<Pick<NamedEvent, 'customer_name' | 'invoice_number' | 'estimate_number' | 'document_kind'>>>;

const idOrNull = (kind: IdKind, uuid: string | null): string | null => (uuid === null ? null : publicId(kind, uuid));

export function presentEvent(of: Told): PublicEvent {
  const estimate = of.document_kind === 'estimate' || (of.kind.startsWith('estimate.') && of.document_kind === undefined);
  return {
    id: publicId('event', of.id),
    seq: Number(of.seq),
    at: of.at,
    kind: of.kind,
    actor: { kind: of.actor_kind, name: of.actor_name },
    customerId: idOrNull('customer', of.customer_id),
    customerName: of.customer_name ?? null,
    invoiceId: estimate ? null : idOrNull('invoice', of.document_id),
    invoiceNumber: of.invoice_number ?? null,
    estimateId: estimate ? idOrNull('estimate', of.document_id) : null,
    estimateNumber: of.estimate_number ?? null,
    propertyId: idOrNull('property', of.property_id),
    shown: of.shown,
    data: presentData(of.data, 'replaces', estimate ? aboutEstimate : {}) as Record<string, unknown>,
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
  depositInvoiceId: 'invoice',
  approvalId: 'approval',
  estimateId: 'estimate',
  jobId: 'job',
  visitId: 'visit',
  detached: 'file',
};
/** Facts that are things themselves, with an id of their own. */
const things: Readonly<Record<string, IdKind>> = { replaces: 'invoice', replacedBy: 'invoice', attached: 'file' };
/** What stands otherwise in the facts of an estimate. */
const aboutEstimate: Readonly<Record<string, IdKind>> = { documentId: 'estimate', replaces: 'estimate', replacedBy: 'estimate' };
const bare = new Set(['announcementId']);

/** The facts of an event (a bare `id` is its document's) with public ids in place of the inner ones. */
function presentData(value: unknown, name: string, other: Readonly<Record<string, IdKind>>): unknown {
  if (Array.isArray(value)) return value.map((each) => presentData(each, name, other));
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, presentData(inner, key === 'id' ? name : key, other)]));
  }
  if (typeof value !== 'string' || !isUuid(value) || bare.has(name)) return value;
  const kind = other[name] ?? kinds[name] ?? things[name];
  return kind === undefined ? undefined : publicId(kind, value);
}
