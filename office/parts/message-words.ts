import type { Event } from '../api/types.ts';
import type { EventSign, EventWords } from './event-sign.ts';
import type { Tone } from './status-mark.tsx';

const said =
  (text: string, sign: EventSign, tone: Tone | undefined) =>
  ({ data }: Event): EventWords => ({ text, detail: typeof data['text'] === 'string' ? data['text'] : '', sign, ...(tone === undefined ? {} : { tone }) });
const fields: Readonly<Record<string, string>> = {
  ...{ name: 'name', company: 'company', billingAddress: 'address', language: 'language', poRequired: 'PO rule' },
  ...{ taxExempt: 'tax exemption', taxExemptNote: 'exemption number' },
};
const details =
  (text: string, tone?: Tone) =>
  ({ data }: Event): EventWords => {
    const names = Object.keys((data['asked'] as object | undefined) ?? {}).map((name) => fields[name] ?? name);
    return { text, detail: names.join(', '), sign: 'person', ...(tone === undefined ? {} : { tone }) };
  };
const shelf =
  (text: string) =>
  ({ data }: Event): EventWords => ({ text, detail: typeof data['title'] === 'string' ? data['title'] : '', sign: 'write' });
const done =
  (text: string) =>
  ({ data }: Event): EventWords => ({ text, detail: typeof data['name'] === 'string' ? data['name'] : '', sign: 'ask' });

/** What was written between a customer and the office. */
export const messageWords: Readonly<Record<string, (event: Event) => EventWords>> = {
  'message.received': said('Message', 'ask', 'warn'),
  'message.sent': said('Message to the customer', 'answer', undefined),
  'customer.details_changed': details('Changed their billing details'),
  'customer.details_asked': details('Asks to change billing details', 'warn'),
  'customer.details_accepted': details('Change of billing details taken'),
  'customer.details_refused': details('Change of billing details refused'),
  'shelf.added': shelf('Document put on the shelf'),
  'shelf.removed': shelf('Document taken off the shelf'),
  'question.asked': said('Question', 'ask', 'warn'),
  'question.answered': said('Answer', 'answer', undefined),
  'question.assigned': done('Question assigned'),
  'question.closed': done('Question closed'),
  'question.reopened': done('Question opened again'),
};
