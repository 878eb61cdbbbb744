import { formatTimes } from '../../src/core/visit-words.ts';
import type { Event } from '../api/types.ts';
import type { EventWords } from './event-sign.ts';

type Told = Readonly<{ money: (minor: number, currency?: string) => string; day: (day: string) => string }>;
type Teller = (event: Event, tools: Told) => EventWords;

const str = (value: unknown): string => (typeof value === 'string' ? value : '');
const reason = (event: Event): string => str(event.data['reason']) || str(event.data['title']);
const job = (event: Event): string => `Job ${event.data['jobNumber'] ?? ''}`;
const when = ({ data }: Event, { day }: Told): string =>
  [day(str(data['day'])), str(data['from']) && formatTimes(str(data['from']), str(data['until']), 'en')].filter(Boolean).join(', ');

/** What happens to jobs and their visits, as the timeline tells it. */
export const workWords: Readonly<Record<string, Teller>> = {
  'crew.assigned': (event) => ({ text: 'Crew assigned', detail: str(event.data['name']), sign: 'person' }),
  'crew.unassigned': (event) => ({ text: 'Crew no longer assigned', detail: str(event.data['name']), sign: 'person' }),
  'job.created': (event) => ({ text: `${job(event)} begun`, detail: str(event.data['title']), sign: 'write' }),
  'job.changed': (event) => ({ text: `${job(event)} changed`, detail: str(event.data['title']), sign: 'write' }),
  'job.closed': (event) => ({ text: `${job(event)} done`, detail: str(event.data['title']), sign: 'issue', tone: 'good' }),
  'job.canceled': (event) => ({ text: `${job(event)} canceled`, detail: reason(event), sign: 'cancel' }),
  'job.reopened': (event) => ({ text: `${job(event)} taken up again`, detail: str(event.data['title']), sign: 'back' }),
  'job.invoiced': (event) => ({ text: `Invoice begun for job ${event.data['jobNumber'] ?? ''}`, detail: str(event.data['title']), sign: 'issue' }),
  'visit.planned': (event, tools) => ({ text: `Visit planned for ${when(event, tools)}`, detail: str(event.data['crew']), sign: 'wait' }),
  'visit.moved': (event, tools) => ({ text: `Visit moved to ${when(event, tools)}`, detail: str(event.data['title']), sign: 'wait' }),
  'visit.assigned': (event) => ({ text: str(event.data['crew']) ? `Visit given to ${str(event.data['crew'])}` : 'Visit given to nobody', sign: 'person' }),
  'visit.changed': (event) => ({ text: 'Visit changed', detail: str(event.data['title']), sign: 'write' }),
  'visit.shown': (event) => ({ text: 'Visit shown to the customer', detail: str(event.data['title']), sign: 'open' }),
  'visit.hidden': (event) => ({ text: 'Visit hidden from the customer', detail: str(event.data['title']), sign: 'gear' }),
  'visit.on_the_way': (event) => ({ text: 'On the way to the visit', detail: str(event.data['title']), sign: 'send' }),
  'visit.started': (event) => ({ text: 'Visit started', detail: str(event.data['title']), sign: 'wait' }),
  'visit.done': (event) => ({ text: 'Visit done', detail: str(event.data['title']), sign: 'issue', tone: 'good' }),
  'visit.skipped': (event) => ({ text: 'Visit skipped', detail: reason(event), sign: 'cancel' }),
  'visit.canceled': (event) => ({ text: 'Visit canceled', detail: reason(event), sign: 'cancel' }),
  'visit.reopened': (event) => ({ text: 'Visit planned again', detail: str(event.data['title']), sign: 'back' }),
  'visit.photo_added': (event) => ({ text: 'Photo of a visit added', detail: str(event.data['title']), sign: 'write' }),
  'visit.photo_removed': (event) => ({ text: 'Photo of a visit removed', detail: str(event.data['title']), sign: 'cancel' }),
  'visit.rules_changed': () => ({ text: 'What customers see of visits changed', sign: 'gear' }),
};
