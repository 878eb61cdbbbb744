import type { InvoiceReminders, ReminderStep } from '../api/types.ts';

/** 3 invoices · 1 customer */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? noun : `${noun}s`}`;
}

export const toneNames: Readonly<Record<ReminderStep['tone'], string>> = { friendly: 'Friendly', plain: 'Plain', firm: 'Firm' };

/** 3 days before it is due · on the due day · 7 days after */
export function stepWords(offsetDays: number): string {
  if (offsetDays === 0) return 'on the due day';
  const days = Math.abs(offsetDays);
  return `${days} ${days === 1 ? 'day' : 'days'} ${offsetDays < 0 ? 'before it is due' : 'after the due day'}`;
}

type Reason = NonNullable<NonNullable<InvoiceReminders['next']>['reason']>;

/** Why nothing leaves. */
export const reasonWords: Readonly<Record<Reason, string>> = {
  off: 'reminders are off',
  customer_off: 'off for this customer',
  history: 'imported, left out',
  invoice_off: 'off for this invoice',
  paused: 'paused',
  checking: 'a payment is being checked',
  nothing_due: 'nothing is due now',
  question: 'a question waits for your answer',
  answered: 'answered a few days ago',
  returned: 'a payment was just returned',
  payment_just_now: 'a payment came within a day',
  question_just_now: 'a question came within a day',
  reminder_just_now: 'reminded within a day',
  most: 'as many as you allow were sent',
  no_recipients: 'nobody gets this customer’s bills',
};
