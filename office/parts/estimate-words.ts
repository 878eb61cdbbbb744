import { changeOrderOf } from '../../src/core/contract.ts';
import type { Event } from '../api/types.ts';
import type { EventWords } from './event-sign.ts';

type Told = Readonly<{ money: (minor: number, currency?: string) => string; day: (day: string) => string }>;
type Teller = (event: Event, tools: Told) => EventWords;

/** What a paper is called in the middle of a sentence. */
const paper = ({ estimateNumber, data }: Event): string => (data['changes'] || changeOrderOf(estimateNumber ?? '') !== null ? 'change order' : 'estimate');
const Paper = (event: Event): string => (paper(event) === 'estimate' ? 'Estimate' : 'Change order');
const str = (value: unknown): string => (typeof value === 'string' ? value : '');
const reason = (event: Event): string => str(event.data['reason']);
const version = (event: Event): string => (Number(event.data['revision'] ?? 1) > 1 ? ` (version ${event.data['revision']})` : '');
const amount = (event: Event, { money }: Told): string => {
  const minor = event.data['totalMinor'] ?? event.data['amountMinor'];
  return typeof minor === 'number' ? ` ${money(minor, str(event.data['currency']) || undefined)}` : '';
};

/** What happens to an estimate, as the timeline tells it. */
export const estimateWords: Readonly<Record<string, Teller>> = {
  'estimate.created': (event) => ({ text: event.data['replaces'] ? `New version of the ${paper(event)} begun` : `${Paper(event)} begun`, sign: 'write' }),
  'estimate.discarded': () => ({ text: 'Draft of an estimate thrown away', sign: 'cancel' }),
  'estimate.issued': (event, tools) => ({ text: `${Paper(event)}${version(event)} for${amount(event, tools)}`, sign: 'issue' }),
  'estimate.shown': (event) => ({ text: `${Paper(event)} shown in the portal`, sign: 'open' }),
  'estimate.sent': (event) => ({ text: `${Paper(event)}${version(event)} sent`, sign: 'send' }),
  'estimate.resent': (event) => ({ text: `${Paper(event)} sent again`, sign: 'send' }),
  'estimate.replaced': (event) => ({ text: event.data['replacedBy'] ? 'Replaced by a newer version' : 'Replaces the version before', sign: 'issue' }),
  'estimate.withdrawn': (event) => ({ text: `${Paper(event)} withdrawn`, detail: reason(event), sign: 'cancel' }),
  'estimate.extended': (event, { day }) => ({ text: `Valid until ${day(str(event.data['validUntil']))}`, sign: 'write' }),
  'estimate.opened': (event) => ({
    text: event.data['first'] === true ? `${Paper(event)} opened` : `${Paper(event)} opened again`,
    sign: 'open',
    tone: 'good',
  }),
  'estimate.downloaded': (event) => ({ text: `PDF of the ${paper(event)} downloaded`, sign: 'open' }),
  'estimate.reminded': (event) => ({
    text: str(event.data['approver']) === '' ? `Reminded that the ${paper(event)} ends soon` : `Reminded ${str(event.data['approver'])} that it waits`,
    sign: 'send',
  }),
  'estimate.recommended': (event, tools) => ({ text: `Recommended${amount(event, tools)}`, detail: reason(event), sign: 'open' }),
  'estimate.waiting': (event) => ({ text: `Waits for ${str(event.data['name']) || 'someone with a higher limit'}`, sign: 'send' }),
  'estimate.first_approved': (event, tools) => ({
    text: `Approved first of two:${amount(event, tools)}`,
    detail: str(event.data['name']),
    sign: 'open',
    tone: 'good',
  }),
  'estimate.approved': (event, tools) => ({ text: `Approved${amount(event, tools)}`, detail: str(event.data['name']), sign: 'open', tone: 'good' }),
  'estimate.declined': (event) => ({ text: 'Declined', detail: reason(event), sign: 'cancel', tone: 'bad' }),
  'estimate.changes_requested': (event) => ({ text: 'Changes requested', detail: reason(event), sign: 'ask' }),
  'estimate.approval_withdrawn': (event) => ({ text: 'Approval withdrawn', detail: reason(event), sign: 'back', tone: 'bad' }),
  'estimate.invoiced': () => ({ text: 'Turned into an invoice', sign: 'issue' }),
  'estimate.deposit_asked': (event, tools) => ({ text: `Deposit asked for:${amount(event, tools)}`, sign: 'money' }),
  'person.stand_in_named': (event) => ({
    text: `${str(event.data['standInName'])} approves in place of ${str(event.data['name'])}`,
    detail: `${str(event.data['fromOn'])} – ${str(event.data['untilOn'])}`,
    sign: 'person',
  }),
  'person.stand_in_ended': (event) => ({
    text: `${str(event.data['standInName'])} no longer approves in place of ${str(event.data['name'])}`,
    sign: 'person',
  }),
  'estimate.rules_changed': () => ({ text: 'Settings of estimates changed', sign: 'gear' }),
};
