import { maskEmail } from '../../../core/text.ts';
import type { Reader } from '../../ui/reader.ts';

type Data = Readonly<Record<string, unknown>>;
export type Telling = (data: Data, reader: Reader) => string | null;

/** Amounts of the feed are read as bigint, like every other. */
const amountIn = (data: Data, reader: Reader): string => (typeof data['totalMinor'] === 'bigint' ? reader.money(data['totalMinor']) : '');
const textIn = (data: Data, name: string): string => (typeof data[name] === 'string' ? data[name] : '');

/** What happened to an estimate, as the customer reads it. */
export const estimateTellings: Readonly<Record<string, Telling>> = {
  'estimate.issued': (_, { w }) => w.estimate.timeline.issued,
  'estimate.shown': (_, { w }) => w.estimate.timeline.shown,
  'estimate.sent': (data, { w }) => w.estimate.timeline.sent(addressesIn(data)),
  'estimate.resent': (data, { w }) => w.estimate.timeline.sent(addressesIn(data)),
  'estimate.reminded': (_, { w }) => w.estimate.timeline.reminded,
  'estimate.replaced': (data, { w }) => (data['replacedBy'] ? w.estimate.timeline.replacedBefore : w.estimate.timeline.replaced),
  'estimate.extended': (data, reader) => reader.w.estimate.timeline.extended(reader.day(textIn(data, 'validUntil'))),
  'estimate.withdrawn': (_, { w }) => w.estimate.timeline.withdrawn,
  'estimate.downloaded': (_, { w }) => w.estimate.timeline.downloaded,
  'estimate.approved': (data, reader) => reader.w.estimate.timeline.approved(textIn(data, 'name'), amountIn(data, reader)),
  'estimate.first_approved': (data, reader) => reader.w.authority.timeline(textIn(data, 'name'), amountIn(data, reader)),
  'estimate.recommended': (data, reader) => reader.w.estimate.timeline.recommended(textIn(data, 'name'), amountIn(data, reader)),
  'estimate.waiting': (data, { w }) => w.estimate.timeline.waiting(textIn(data, 'name')),
  'estimate.declined': (data, { w }) => w.estimate.timeline.declined(textIn(data, 'name')),
  'estimate.changes_requested': (data, { w }) => w.estimate.timeline.changes(textIn(data, 'name')),
  'estimate.approval_withdrawn': (_, { w }) => w.estimate.timeline.approvalWithdrawn,
  'estimate.deposit_asked': (data, reader) =>
    reader.w.estimate.timeline.depositAsked(typeof data['amountMinor'] === 'bigint' ? reader.money(data['amountMinor']) : ''),
};

function addressesIn(data: Data): string {
  const people = Array.isArray(data['people']) ? (data['people'] as { to?: unknown }[]) : [];
  return people.flatMap(({ to }) => (typeof to === 'string' && to !== '' ? [maskEmail(to)] : [])).join(', ');
}
