import type { Event } from '../api/types.ts';
import type { EventWords } from './event-sign.ts';
import type { Tools } from './event-words.ts';
import { refundFailureWords } from './refund-words.ts';

type Telling = (event: Event, tools: Tools) => EventWords;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The amount of what went back, in words of its own currency. */
function amountOf({ data }: Event, { money }: Tools): string {
  const minor = data['refundMinor'] ?? data['amountMinor'];
  return typeof minor === 'number' ? money(minor, typeof data['currency'] === 'string' ? data['currency'] : undefined) : '';
}

const ways: Readonly<Record<string, string>> = { check: 'by check', cash: 'in cash', transfer: 'by bank transfer', other: 'another way' };

/** Where it went: the card or account, or the hand it was given back with. */
function wayOf({ data }: Event): string {
  const by = text(data['by']);
  return by === 'original' ? `to ${text(data['label']) || 'where it came from'}` : (ways[by] ?? '');
}

/** Money that went back, and what was taken off bills, in the office's words. */
export const backWords: Readonly<Record<string, Telling>> = {
  'payment.refund_asked': (event, tools) => ({
    text: `Refund of ${amountOf(event, tools)} waits for a second person`,
    detail: text(event.data['reason']),
    sign: 'wait',
    tone: 'warn',
  }),
  'payment.refund_declined': (event, tools) => ({ text: `Refund of ${amountOf(event, tools)} declined`, sign: 'cancel' }),
  'payment.refund_started': (event, tools) => ({ text: `Refund of ${amountOf(event, tools)} started`, sign: 'back' }),
  'payment.refunded': (event, tools) => ({ text: `${amountOf(event, tools)} refunded ${wayOf(event)}`.trim(), sign: 'back' }),
  'payment.refund_failed': (event, tools) => ({
    text: `Refund of ${amountOf(event, tools)} did not go through`,
    detail: refundFailureWords(text(event.data['failure'])),
    sign: 'back',
    tone: 'bad',
  }),
  'payment.disputed': (event, tools) => ({ text: `${amountOf(event, tools)} disputed by the card’s bank`, sign: 'back', tone: 'bad' }),
  'payment.dispute_won': (event, tools) => ({ text: `Dispute of ${amountOf(event, tools)} won`, sign: 'money', tone: 'good' }),
  'payment.dispute_lost': (event, tools) => ({ text: `Dispute of ${amountOf(event, tools)} lost`, sign: 'back', tone: 'bad' }),
  'payment.moved': (event, tools) => ({ text: `${amountOf(event, tools)} of a payment moved`, sign: 'money' }),
  'invoice.credited': (event, tools) => ({
    text: `Credit note ${text(event.data['creditNumber'])}, ${amountOf(event, tools)}`,
    detail: text(event.data['reason']),
    sign: 'issue',
  }),
  'invoice.closed': (event, tools) => ({ text: `Written off, ${amountOf(event, tools)}`, detail: text(event.data['reason']), sign: 'cancel' }),
  'invoice.reopened': (event, tools) => ({ text: `Open again, ${amountOf(event, tools)}`, sign: 'issue' }),
};
