import type { Event } from '../api/types.ts';
import { backWords } from './back-words.ts';
import { estimateWords } from './estimate-words.ts';
import type { EventSign, EventWords } from './event-sign.ts';
import { mailWords } from './mail-words.ts';
import { messageWords } from './message-words.ts';
import { methodWord } from './method-words.ts';
import type { Tone } from './status-mark.tsx';
import { workWords } from './work-words.ts';

export type Tools = { money: (minor: number, currency?: string) => string; day: (day: string) => string };

const str = (value: unknown): string => (typeof value === 'string' ? value : '');
const num = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/** Kinds nobody needs on a timeline: each save of a draft, each bare visit. They stay in the feed of the API. */
export const quietKinds: ReadonlySet<string> = new Set([
  'estimate.draft_saved',
  'estimate.visited',
  'estimate.pdf_stored',
  'invoice.draft_saved',
  'invoice.visited',
  'invoice.pdf_stored',
  'staff.signed_in',
  'payment.expired',
]);

const amountOf = (event: Event, tools: Tools): string => {
  const minor = num(event.data['amountMinor']) ?? num(event.data['totalMinor']);
  return minor === null ? '' : tools.money(minor, str(event.data['currency']) || undefined);
};
const withAmount = (words: string, event: Event, tools: Tools): string => [words, amountOf(event, tools)].filter((part) => part !== '').join(' ');
const to = (event: Event): string => str(event.data['name']) || str(event.data['to']);

type Teller = (event: Event, tools: Tools) => EventWords;
const plain =
  (text: string, sign: EventSign, tone?: Tone): Teller =>
  () => ({ text, sign, ...(tone ? { tone } : {}) });
const named =
  (text: string, sign: EventSign): Teller =>
  (event) => ({ text, detail: str(event.data['name']) || str(event.data['title']), sign });

const tellers: Readonly<Record<string, Teller>> = {
  'invoice.created': (event) => {
    const old = event.data['replaces'] as { number?: string } | undefined;
    return { text: old?.number ? `Correction of ${old.number} begun` : 'Draft begun', sign: 'write' };
  },
  'invoice.discarded': plain('Draft thrown away', 'cancel'),
  'invoice.issued': (event, tools) => ({ text: withAmount('Issued for', event, tools), sign: 'issue' }),
  'invoice.shown': plain('Shown in the portal', 'open'),
  'invoice.sent': plain('Sent', 'send'),
  'invoice.resent': plain('Sent again', 'send'),
  'invoice.canceled': (event) => ({ text: 'Canceled', detail: str(event.data['reason']), sign: 'cancel' }),
  'invoice.replaced': (event) => {
    const newer = event.data['replacedBy'] as { number?: string } | undefined;
    const older = event.data['replaces'] as { number?: string } | undefined;
    return { text: newer?.number ? `Replaced by ${newer.number}` : `Replaces ${older?.number ?? 'an older invoice'}`, sign: 'issue' };
  },
  'invoice.imported': plain('Brought in by an import', 'import'),
  'invoice.undone': plain('Taken back with its import', 'cancel'),
  'payment.undone': plain('Credit taken back with its import', 'cancel'),
  'customer.undone': plain('Taken back with its import', 'cancel'),
  'customer.account_opened': (event, { money, day }) => ({
    text: `Account opened as of ${day(String(event.data['asOf'] ?? ''))}`,
    detail: openedWith(num(event.data['owedMinor']) ?? 0, num(event.data['creditMinor']) ?? 0, money),
    sign: 'import',
  }),
  'invoice.opened': (event) => ({ text: event.data['first'] === true ? 'Opened' : 'Opened again', sign: 'open', tone: 'good' }),
  'invoice.downloaded': plain('PDF downloaded', 'open'),
  'invoice.paid': plain('Paid in full', 'money', 'good'),
  'mail.sent': (event) => ({ text: mailWords[str(event.data['kind'])] ?? 'Mail sent', detail: to(event), sign: 'mail' }),
  'mail.bounced': (event) => ({
    text: 'Mail came back',
    detail: [to(event), str(event.data['reason'])].filter((part) => part !== '').join(': '),
    sign: 'bounce',
    tone: 'bad',
  }),
  'mail.complained': (event) => ({ text: 'Mail was called unwanted', detail: to(event), sign: 'bounce', tone: 'bad' }),
  'person.address_trusted': plain('Address works again', 'mail', 'good'),
  'mail.failed': (event) => ({ text: 'Mail could not leave', detail: to(event), sign: 'bounce', tone: 'bad' }),
  'reminder.sent': (event) => ({ text: 'Reminder mailed', detail: to(event), sign: 'mail' }),
  'reminder.skipped': plain('Next reminder left out', 'cancel'),
  'reminder.choice_changed': (event, tools) => {
    const until = str(event.data['pausedUntil']);
    return {
      text:
        event.data['off'] === true ? 'Reminders switched off here' : until === '' ? 'Reminders switched on here' : `Reminders paused until ${tools.day(until)}`,
      sign: 'gear',
    };
  },
  'reminders.rules_changed': (event) => ({ text: event.data['active'] === true ? 'Reminder rules changed' : 'Reminders are off', sign: 'gear' }),
  'reminders.history_on': plain('Reminders switched on for imported customers', 'gear'),
  'customer.reminders_on': plain('Reminders switched on', 'gear'),
  'customer.reminders_off': plain('Reminders switched off', 'gear'),
  'person.mails_stopped': (event) => ({
    ...{ text: event.data['mails'] === 'statements' ? 'Gets no monthly statements any more' : 'Asked for no more reminders', sign: 'person' },
    detail: str(event.data['name']),
  }),
  'person.mails_resumed': (event) => ({
    ...{ text: event.data['mails'] === 'statements' ? 'Gets a statement each month' : 'Gets reminders again', sign: 'person' },
    detail: str(event.data['name']),
  }),
  'invoice.scheduled': (event, tools) => ({ text: `To be sent on ${tools.day(str(event.data['sendOn']))}`, sign: 'wait' }),
  'invoice.unscheduled': plain('No longer waits to be sent', 'cancel'),
  'invoice.schedule_failed': plain('Could not be sent', 'bounce', 'bad'),
  'link.copied': plain('Link handed over', 'link'),
  'link.revoked': plain('Link ended', 'link'),
  'link.requested': plain('New link asked for', 'link'),
  'link.shared': named('Sent to somebody else by the customer', 'link'),
  'charge.questioned': (event, tools) => ({ text: `${amountOf(event, tools)} questioned`, detail: str(event.data['text']), sign: 'ask', tone: 'warn' }),
  'charge.answered': (event, tools) => ({ text: withAmount('Answered:', event, tools), detail: str(event.data['text']), sign: 'answer' }),
  'charge.question_ended': (event, tools) => ({
    text: `${amountOf(event, tools)} no longer in question`,
    detail: event.data['ending'] === 'paid' ? 'the customer paid it' : 'the customer took it back',
    sign: 'ask',
  }),
  'payment.started': (event, tools) => ({ text: withAmount('Started to pay', event, tools), sign: 'wait' }),
  'payment.processing': (event, tools) => ({ text: `${amountOf(event, tools)} on its way by ${methodWord(event.data['method'])}`, sign: 'wait', tone: 'warn' }),
  'payment.cleared': (event, tools) => ({ text: `${amountOf(event, tools)} received by ${methodWord(event.data['method'])}`, sign: 'money', tone: 'good' }),
  'payment.recorded': (event, tools) => ({ text: `${amountOf(event, tools)} recorded, ${methodWord(event.data['method'])}`, sign: 'money', tone: 'good' }),
  'method.added': named('Payment method added', 'money'),
  'method.offered': named('Payment method offered to the account', 'money'),
  'method.taken_back': named('Payment method no longer offered', 'money'),
  'method.removed': named('Payment method removed', 'money'),
  'autopay.started': named('Autopay turned on', 'money'),
  'autopay.changed': named('Autopay changed', 'money'),
  'autopay.ended': (event) => ({
    text: 'Autopay turned off',
    detail: [str(event.data['name']), str(event.data['note'])].filter(Boolean).join(' · '),
    sign: 'back',
  }),
  'autopay.rules_changed': plain('Autopay settings changed', 'gear'),
  'autopay.planned': (event, tools) => ({
    text: `${amountOf(event, tools)} planned by autopay`,
    detail: tools.day(str(event.data['plannedOn'])),
    sign: 'wait',
  }),
  'autopay.skipped': (event, tools) => ({ text: withAmount('Autopay payment skipped:', event, tools), sign: 'back' }),
  'autopay.canceled': (event, tools) => ({
    text: withAmount('Autopay payment canceled:', event, tools),
    detail: event.data['why'] === 'paid_by_hand' ? 'paid by hand' : '',
    sign: 'back',
  }),
  'autopay.above_cap': (event, tools) => ({ text: withAmount('Above the autopay limit, nothing charged:', event, tools), sign: 'wait', tone: 'warn' }),
  'autopay.failed': (event, tools) => {
    const next = str(event.data['nextOn']);
    const detail = next === '' ? 'It is not tried again' : `Tried again on ${tools.day(next)}`;
    return { text: withAmount('Autopay did not go through:', event, tools), detail, sign: 'back', tone: 'bad' };
  },
  'payment.failed': (event, tools) => ({ text: withAmount('Payment did not go through:', event, tools), sign: 'back' }),
  'payment.declined': (event, tools) => ({ text: withAmount('Card declined:', event, tools), sign: 'back' }),
  'payment.checking': (event, tools) => ({ text: withAmount('Checking with the bank:', event, tools), sign: 'wait', tone: 'warn' }),
  'payment.returned': (event, tools) => ({ text: `${amountOf(event, tools)} returned by the bank`, sign: 'back', tone: 'bad' }),
  'payment.reversed': (event, tools) => ({ text: `${amountOf(event, tools)} taken back`, detail: str(event.data['reason']), sign: 'back' }),
  'payment.announced': (event, tools) => {
    const on = str(event.data['expectedOn']);
    return {
      text: `${methodWord(event.data['method'])} of ${amountOf(event, tools)} announced${on === '' ? '' : ` for ${tools.day(on)}`}`,
      sign: 'wait',
      tone: 'warn',
    };
  },
  'credit.used': (event, tools) => ({ text: `${amountOf(event, tools)} of credit used by the customer`, sign: 'money', tone: 'good' }),
  'credit.taken_back': (event, tools) => ({ text: `${amountOf(event, tools)} of credit taken off again: its payment came back`, sign: 'back', tone: 'bad' }),
  'payment.announcement_ended': plain('No longer expected', 'wait'),
  ...backWords,
  ...estimateWords,
  ...workWords,
  ...messageWords,
  'payment.quarantined': plain('A notice of the processor needs a look', 'back', 'bad'),
  'customer.created': named('Customer added', 'person'),
  'customer.changed': plain('Details changed', 'person'),
  'customer.archived': plain('Archived', 'person'),
  'property.created': named('Property added', 'person'),
  'property.changed': named('Property changed', 'person'),
  'property.archived': named('Property archived', 'person'),
  'property.moved': named('Property moved', 'person'),
  'person.added': named('Person added', 'person'),
  'person.changed': named('Person changed', 'person'),
  'person.removed': named('Person removed', 'person'),
  'person.rights_changed': named('Rights changed', 'person'),
  'person.signed_in': named('Signed in to the portal', 'person'),
  'person.signed_out': named('Signed out devices', 'person'),
  'person.details_corrected': named('Own details corrected', 'person'),
  'business.created': plain('Business started', 'gear'),
  'business.email_confirmed': plain('E-mail address confirmed', 'gear'),
  'staff.added': named('Colleague added', 'person'),
  'staff.changed': named('Colleague changed', 'person'),
  'staff.removed': named('Colleague removed', 'person'),
  'staff.invited': named('Colleague invited', 'person'),
  'staff.invitation_withdrawn': named('Invitation withdrawn', 'person'),
  'staff.joined': named('Colleague joined', 'person'),
  'staff.email_changed': named('Sign-in address changed', 'person'),
  'staff.signed_out': named('Signed out', 'person'),
  'staff.factor_added': named('Second step of sign-in added', 'person'),
  'staff.factor_removed': named('Second step of sign-in removed', 'person'),
  'team.rules_changed': plain('Rules of the team changed', 'gear'),
  'invoice.ready': named('Written by the crew, ready to send', 'write'),
  'pay_details.asked': plain('Another text on how to pay was asked for', 'gear', 'warn'),
  'pay_details.changed': plain('How to pay changed', 'gear'),
  'pay_details.canceled': plain('Change of how to pay canceled', 'gear'),
  'processor.asked': plain('Another Stripe account was asked for', 'gear', 'warn'),
  'processor.connected': plain('Stripe connected', 'gear'),
  'processor.canceled': plain('Change of the Stripe account canceled', 'gear'),
  'processor.key_changed': plain('Stripe key replaced', 'gear'),
  'processor.secret_changed': plain('Signing secret of Stripe changed', 'gear'),
  'processor.disconnected': plain('Stripe disconnected', 'gear', 'warn'),
  'invoice.posted': plain('Put in the mail', 'mail'),
  'invoice.posting_undone': plain('Not put in the mail after all', 'mail'),
  'invoice.discounted': (event, tools) => ({ text: withAmount('Paid early, so discounted by', event, tools), sign: 'money', tone: 'good' }),
  'invoice.discount_ended': plain('The discount for paying early is over', 'wait'),
  'invoice.fee_charged': (event, tools) => ({ text: withAmount('Late fee charged:', event, tools), sign: 'issue', tone: 'warn' }),
  'invoice.fees_stopped': plain('No more late fees on this invoice', 'gear'),
  'invoice.retainage_released': (event, { money }) => ({
    text: `Released ${money(Number(event.data['amountMinor'] ?? 0), String(event.data['currency'] ?? '') || undefined)} of what was held back`,
    sign: 'money',
  }),
  'invoice.rescheduled': plain('Installments changed', 'wait'),
  'deposit.applied': (event, tools) => ({ text: withAmount('Deposit applied:', event, tools), sign: 'money', tone: 'good' }),
  'deposit.credited': (event, tools) => ({ text: withAmount('Rest of the deposit kept as credit:', event, tools), sign: 'money' }),
  'deposit.refunded': (event, tools) => ({ text: withAmount('Deposit given back:', event, tools), sign: 'back' }),
  'charges.changed': plain('Late fee and discount changed', 'gear'),
  'snippet.saved': named('Saved reply kept', 'gear'),
  'snippet.removed': named('Saved reply removed', 'gear'),
  'filter.saved': named('Filter saved', 'gear'),
  'filter.removed': named('Filter removed', 'gear'),
  'batch.started': plain('Work on many started', 'gear'),
  'batch.stopped': plain('Work on many stopped', 'gear'),
  'batch.hurried': plain('Work on many sent at once', 'gear'),
  'batch.undone': plain('Work on many taken back', 'back'),
  'item.created': named('Item added', 'gear'),
  'item.changed': named('Item changed', 'gear'),
  'item.archived': named('Item archived', 'gear'),
  'tax_rate.created': named('Tax rate added', 'gear'),
  'tax_rate.changed': named('Tax rate changed', 'gear'),
  'tax_rate.archived': named('Tax rate archived', 'gear'),
  'business.settings_changed': plain('Settings changed', 'gear'),
  'business.look_changed': plain('Look changed', 'gear'),
  'key.created': named('API key made', 'gear'),
  'key.revoked': named('API key ended', 'gear'),
  'key.changed': named('API key renamed', 'gear'),
  'key.rotated': named('API key replaced', 'gear'),
  'webhook.created': (event) => ({ text: `Webhook added: ${str(event.data['url'])}`, sign: 'gear' }),
  'webhook.changed': (event) => ({ text: `Webhook changed: ${str(event.data['url'])}`, sign: 'gear' }),
  'webhook.disabled': (event) => ({ text: `Webhook stopped: ${str(event.data['url'])}`, tone: 'bad', sign: 'gear' }),
  'webhook.removed': (event) => ({ text: `Webhook removed: ${str(event.data['url'])}`, sign: 'gear' }),
  'webhook.secret_rotated': plain('Secret of a webhook changed', 'gear'),
  'webhook.tested': plain('Webhook tested', 'gear'),
  'webhook.replayed': plain('Events sent to a webhook again', 'gear'),
  'import.undone': (event) => ({
    text: event.data['stopped'] === true ? 'An import was undone in part' : 'An import was undone',
    detail: String(event.data['fileName'] ?? ''),
    sign: 'cancel',
  }),
  'import.finished': (event) => ({ text: event.data['checkOnly'] === true ? 'File checked' : `${num(event.data['added']) ?? 0} brought in`, sign: 'import' }),
  'business.brought_in': plain('Business brought here from another install', 'import'),
  'business.closing': plain('This business is closing', 'gear'),
  'business.closing_stopped': plain('This business stays open', 'gear'),
  'payout.paid': (event, tools) => ({ text: withAmount('Sent to your bank:', event, tools), sign: 'money' }),
  'payout.failed': (event, tools) => ({ text: withAmount('A payout to your bank came back:', event, tools), sign: 'back', tone: 'bad' }),
  'export.asked': (event) => ({ text: `Export made: ${str(event.data['name']) || 'a file'}`, sign: 'import' }),
  'export.downloaded': (event) => ({ text: `Export downloaded: ${str(event.data['name']) || 'a file'}`, sign: 'import' }),
  'customer.data_exported': plain('Data of the customer exported', 'import'),
  'customer.erased': plain('Personal data erased', 'gear'),
  'history.shown': plain('Past invoices shown to customers', 'open'),
};

/** Whether a kind has words of its own. */
export const hasWords = (kind: string): boolean => Object.hasOwn(tellers, kind);

export function eventWords(event: Event, tools: Tools): EventWords {
  const teller = tellers[event.kind];
  if (teller === undefined) return { text: event.kind.replace(/[._]/g, ' ').replace(/^\w/, (letter) => letter.toUpperCase()), sign: 'gear' };
  const words = teller(event, tools);
  return { ...words, text: words.text.trim().replace(/^\w/, (letter) => letter.toUpperCase()) };
}

function openedWith(owedMinor: number, creditMinor: number, money: Tools['money']): string {
  return [owedMinor > 0 ? `${money(owedMinor)} owed` : '', creditMinor > 0 ? `${money(creditMinor)} credit` : ''].filter((part) => part !== '').join(', ');
}
