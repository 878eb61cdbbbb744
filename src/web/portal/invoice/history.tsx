import { maskEmail } from '../../../core/text.ts';
import type { Words } from '../../../core/words/words.ts';
import type { PaymentFact } from '../../../outgoing/invoice-facts.ts';
import { momentText, type Reader } from '../../ui/reader.ts';
import { estimateTellings } from '../estimate/tellings.ts';
import type { HistoryRow, MessageFact, PageExtras } from './page-data.ts';

/** What happened, as far as it concerns the customer, newest first. */
export function History({ reader, extras }: Readonly<{ reader: Reader; extras: Pick<PageExtras, 'history' | 'zone'> }>) {
  const told = extras.history.flatMap((row) => {
    const text = saying(row, reader);
    return text === null ? [] : [{ row, text }];
  });
  if (told.length === 0) return null;
  return (
    <section data-live="history">
      <h2>{reader.w.invoice.history}</h2>
      <ol className="tl">
        {told.map(({ row, text }) => (
          <li key={row.seq}>
            <span>{text}</span>
            <small>
              <time dateTime={row.at}>{momentText(row.at, extras.zone, reader.locale)}</time>
            </small>
          </li>
        ))}
      </ol>
    </section>
  );
}

type Telling = (data: Readonly<Record<string, unknown>>, reader: Reader, w: Words['invoice']['timeline']) => string | null;

/** Amounts of the feed are read as bigint, like every other. */
const amountOf = (data: Readonly<Record<string, unknown>>, reader: Reader): string =>
  typeof data['amountMinor'] === 'bigint' ? reader.money(data['amountMinor']) : '';

const tellings: Readonly<Record<string, Telling>> = {
  'invoice.issued': (data, { w: { charges } }, w) =>
    data['purpose'] === 'deposit' ? charges.asked : data['purpose'] === 'late_fee' ? charges.feeMade : w.issued,
  'invoice.discounted': (data, reader) => reader.w.charges.discounted(amountOf(data, reader)),
  'deposit.applied': depositText,
  'deposit.credited': (data, reader) => reader.w.charges.credited(amountOf(data, reader)),
  'deposit.refunded': (data, reader) => reader.w.charges.refunded(amountOf(data, reader)),
  'invoice.shown': (_, __, w) => w.shown,
  'invoice.sent': (data, _, w) => w.sent(addresses(data)),
  'invoice.resent': (data, _, w) => w.sent(addresses(data)),
  'invoice.canceled': (_, __, w) => w.canceled,
  'invoice.replaced': (data, _, w) => replacedText(data, w),
  'invoice.downloaded': (_, __, w) => w.downloaded,
  'charge.questioned': (data, reader) => reader.w.questioned.timeline.questioned(amountOf(data, reader)),
  'charge.answered': (data, reader) => reader.w.questioned.timeline.answered(amountOf(data, reader)),
  'charge.question_ended': endedText,
  'question.asked': (_, __, w) => w.question,
  'question.answered': (_, __, w) => w.answered,
  'payment.started': (data, reader, w) => w.paymentStarted(amountOf(data, reader)),
  'payment.cleared': (data, reader, w) => w.paymentCleared(amountOf(data, reader)),
  'payment.recorded': (data, reader, w) => w.paymentCleared(amountOf(data, reader)),
  'payment.failed': (data, reader, w) => w.paymentFailed(amountOf(data, reader)),
  'payment.returned': (data, reader, w) => w.paymentReturned(amountOf(data, reader)),
  'payment.reversed': (data, reader, w) => w.paymentReversed(amountOf(data, reader)),
  'credit.used': (data, reader, w) => w.creditUsed(amountOf(data, reader)),
  'credit.taken_back': (data, reader, w) => w.creditTakenBack(amountOf(data, reader)),
  'payment.refunded': (data, reader) => refundText(data, reader),
  'payment.refund_failed': (data, reader) => reader.w.back.refundFailed(amountOf(data, reader)),
  'payment.disputed': (data, reader) => reader.w.back.disputed(amountOf(data, reader)),
  'payment.dispute_won': (data, reader) => reader.w.back.disputeWon(amountOf(data, reader)),
  'payment.moved': (data, reader) => reader.w.back.moved(amountOf(data, reader)),
  'invoice.credited': (data, reader) => reader.w.back.credited(amountOf(data, reader), String(data['creditNumber'] ?? '')),
  'invoice.retainage_released': (data, reader) => reader.w.changeOrder.released(amountOf(data, reader)),
  'invoice.rescheduled': (_, { w: { charges } }) => charges.rescheduled,
  'invoice.closed': (_, { w: { back } }) => back.closed,
  'invoice.reopened': (_, { w: { back } }) => back.reopened,
  'payment.announced': (data, reader, w) => w.announced(amountOf(data, reader)),
  ...estimateTellings,
};

function saying(row: HistoryRow, reader: Reader): string | null {
  return tellings[row.kind]?.(row.data, reader, reader.w.invoice.timeline) ?? null;
}

function endedText(data: Readonly<Record<string, unknown>>, reader: Reader): string | null {
  const { withdrawn, paid } = reader.w.questioned.timeline;
  return data['ending'] === 'paid' ? paid(amountOf(data, reader)) : data['ending'] === 'withdrawn' ? withdrawn(amountOf(data, reader)) : null;
}

/** Where the money went: the card or account, or the hand it was given back with. */
function refundText(data: Readonly<Record<string, unknown>>, reader: Reader): string {
  const { back, pay } = reader.w;
  const by = data['by'];
  if (by === 'check' || by === 'cash' || by === 'transfer' || by === 'other')
    return back.refundedByHand(amountOf(data, reader), pay[by].toLocaleLowerCase(reader.locale));
  const label = typeof data['label'] === 'string' && data['label'] !== '' ? data['label'] : back.yourCard;
  return back.refundedTo(amountOf(data, reader), label);
}

/** On the bill it names the deposit, on the deposit the bill. */
function depositText(data: Readonly<Record<string, unknown>>, reader: Reader): string | null {
  const { used, taken } = reader.w.charges;
  if (typeof data['number'] !== 'string' || typeof data['deposit'] !== 'string') return null;
  return data['on'] === undefined ? taken(amountOf(data, reader), data['deposit']) : used(amountOf(data, reader), data['number']);
}

function replacedText(data: Readonly<Record<string, unknown>>, w: Words['invoice']['timeline']): string | null {
  const by = data['replacedBy'] as { number?: unknown } | undefined;
  return typeof by?.number === 'string' ? w.replaced(by.number) : null;
}

function addresses(data: Readonly<Record<string, unknown>>): string {
  const people = Array.isArray(data['people']) ? (data['people'] as { to?: unknown }[]) : [];
  return people
    .map((person) => (typeof person.to === 'string' ? maskEmail(person.to) : ''))
    .filter(Boolean)
    .join(', ');
}

/** Payments on this invoice so far, each with its state in words. */
export function Payments({
  reader,
  payments,
  receiptOf,
}: Readonly<{ reader: Reader; payments: readonly PaymentFact[]; receiptOf: (paymentId: string) => string }>) {
  const { w, money, day } = reader;
  const told = payments.filter((payment) => payment.state !== 'announced' && payment.state !== 'initiated');
  if (told.length === 0) return null;
  return (
    <section data-live="payments">
      <h2>{w.invoice.payments}</h2>
      <ul className="rows">
        {told.map((payment) => (
          <li key={payment.id}>
            {payment.receiptNumber ? (
              <a className="row" href={receiptOf(payment.id)}>
                {w.pay[payment.method]}
              </a>
            ) : (
              <span>{w.pay[payment.method]}</span>
            )}
            <span className="n">{money(payment.amountMinor)}</span>
            <small>{[day(payment.day), stateWord(payment, w)].join(' · ')}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}

function stateWord(payment: PaymentFact, w: Words): string {
  const known: Readonly<Record<string, string>> = w.status.payment;
  return known[payment.state] ?? payment.state;
}

type Asked = Readonly<{ reader: Reader; extras: Pick<PageExtras, 'messages' | 'zone'>; business: string }>;

/** Questions and answers on this document, oldest first. */
export function Questions({ reader, extras, business }: Asked) {
  if (extras.messages.length === 0) return null;
  const { question } = reader.w;
  const last = extras.messages.at(-1);
  return (
    <section id="questions" data-live="questions">
      <h2>{question.yours}</h2>
      {extras.messages.map((message) => (
        <Message key={message.id} reader={reader} message={message} zone={extras.zone} business={business} />
      ))}
      {last?.fromOffice === false && <p className="lead">{question.waiting}</p>}
    </section>
  );
}

function Message({ reader, message, zone, business }: Readonly<{ reader: Reader; message: MessageFact; zone: string; business: string }>) {
  return (
    <div className="msg">
      <b>{message.fromOffice ? business : message.author || reader.w.question.you}</b>{' '}
      <small>{[momentText(message.at, zone, reader.locale), message.line].filter(Boolean).join(' · ')}</small>
      <p className="ps">{message.body}</p>
    </div>
  );
}
