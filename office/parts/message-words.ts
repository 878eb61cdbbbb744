import type { Event } from '../api/types.ts';
import type { EventSign, EventWords } from './event-sign.ts';
import type { Tone } from './status-mark.tsx';

const said =
  (text: string, sign: EventSign, tone: Tone | undefined) =>
  ({ data }: Event): EventWords => ({ text, detail: typeof data['text'] === 'string' ? data['text'] : '', sign, ...(tone === undefined ? {} : { tone }) });
const done =
  (text: string) =>
  ({ data }: Event): EventWords => ({ text, detail: typeof data['name'] === 'string' ? data['name'] : '', sign: 'ask' });

/** What was written between a customer and the office. */
export const messageWords: Readonly<Record<string, (event: Event) => EventWords>> = {
  'message.received': said('Message', 'ask', 'warn'),
  'message.sent': said('Message to the customer', 'answer', undefined),
  'question.asked': said('Question', 'ask', 'warn'),
  'question.answered': said('Answer', 'answer', undefined),
  'question.assigned': done('Question assigned'),
  'question.closed': done('Question closed'),
  'question.reopened': done('Question opened again'),
};
