import type { Tone } from './status-mark.tsx';

/** What happened, in one line. Amounts and dates are written by whoever shows it. */
export type EventWords = { text: string; detail?: string; tone?: Tone; sign: EventSign };
export type EventSign =
  | 'write'
  | 'issue'
  | 'send'
  | 'mail'
  | 'bounce'
  | 'open'
  | 'link'
  | 'ask'
  | 'answer'
  | 'money'
  | 'wait'
  | 'back'
  | 'cancel'
  | 'person'
  | 'gear'
  | 'import';
