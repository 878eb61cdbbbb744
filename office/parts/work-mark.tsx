import type { Icon } from '@tabler/icons-react';
import IconBan from '@tabler/icons-react/dist/esm/icons/IconBan.mjs';
import IconPlanned from '@tabler/icons-react/dist/esm/icons/IconCalendarEvent.mjs';
import IconSkipped from '@tabler/icons-react/dist/esm/icons/IconCalendarOff.mjs';
import IconOnTheWay from '@tabler/icons-react/dist/esm/icons/IconCar.mjs';
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs';
import IconHalf from '@tabler/icons-react/dist/esm/icons/IconCircleHalf2.mjs';
import { formatTimes } from '../../src/core/visit-words.ts';
import type { JobRow, VisitRow } from '../api/types.ts';
import { Mark, type Tone } from './status-mark.tsx';

const visits: Readonly<Record<VisitRow['state'], readonly [Icon, Tone, string]>> = {
  planned: [IconPlanned, 'plain', 'Planned'],
  on_the_way: [IconOnTheWay, 'warn', 'On the way'],
  started: [IconHalf, 'warn', 'Started'],
  done: [IconCheck, 'good', 'Done'],
  skipped: [IconSkipped, 'neutral', 'Skipped'],
  canceled: [IconBan, 'neutral', 'Canceled'],
};
const jobs: Readonly<Record<JobRow['state'], readonly [Icon, Tone, string]>> = {
  planned: [IconPlanned, 'plain', 'Planned'],
  under_way: [IconHalf, 'warn', 'Under way'],
  done: [IconCheck, 'good', 'Done'],
  canceled: [IconBan, 'neutral', 'Canceled'],
};

export const visitWord = (state: VisitRow['state']): string => visits[state][2];

/** How a visit stands, in a word with its sign. */
export function VisitMark({ state }: { state: VisitRow['state'] }) {
  const [Sign, tone, word] = visits[state];
  return (
    <Mark icon={Sign} tone={tone}>
      {word}
    </Mark>
  );
}

export function JobMark({ state }: { state: JobRow['state'] }) {
  const [Sign, tone, word] = jobs[state];
  return (
    <Mark icon={Sign} tone={tone}>
      {word}
    </Mark>
  );
}

/** 8:00 to 10:00 AM · Any time */
export const windowText = ({ from, until }: Pick<VisitRow, 'from' | 'until'>): string =>
  from === null || until === null ? 'Any time' : formatTimes(from, until, 'en');
