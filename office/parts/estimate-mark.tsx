import type { Icon } from '@tabler/icons-react';
import IconBan from '@tabler/icons-react/dist/esm/icons/IconBan.mjs';
import IconExpired from '@tabler/icons-react/dist/esm/icons/IconCalendarOff.mjs';
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs';
import IconDashed from '@tabler/icons-react/dist/esm/icons/IconCircleDashed.mjs';
import IconDeclined from '@tabler/icons-react/dist/esm/icons/IconCircleX.mjs';
import IconHourglass from '@tabler/icons-react/dist/esm/icons/IconHourglassHigh.mjs';
import IconChanges from '@tabler/icons-react/dist/esm/icons/IconMessageQuestion.mjs';
import IconReplace from '@tabler/icons-react/dist/esm/icons/IconReplace.mjs';
import type { EstimateRow, EstimateStanding } from '../api/types.ts';
import { Mark, type Tone } from './status-mark.tsx';

export type EstimateStatus = EstimateRow['status'];

const looks: Readonly<Record<EstimateStatus, readonly [Icon, Tone, string]>> = {
  draft: [IconDashed, 'neutral', 'Draft'],
  sent: [IconHourglass, 'plain', 'Waiting'],
  approved: [IconCheck, 'good', 'Approved'],
  declined: [IconDeclined, 'bad', 'Declined'],
  changes_requested: [IconChanges, 'warn', 'Changes requested'],
  withdrawn: [IconBan, 'neutral', 'Withdrawn'],
  replaced: [IconReplace, 'neutral', 'Replaced'],
  expired: [IconExpired, 'warn', 'Expired'],
};

export const estimateWord = (status: EstimateStatus): string => looks[status][2];

/** Where an estimate stands, in a word with its sign; whom it waits for, where that is known. */
export function EstimateMark({ status, standing }: { status: EstimateStatus; standing?: Pick<EstimateStanding, 'waitingFor' | 'firstApproval'> }) {
  const [Sign, tone, word] = looks[status];
  const name = status === 'sent' ? (standing?.waitingFor?.name ?? (standing?.firstApproval ? 'a second person' : undefined)) : undefined;
  return (
    <Mark icon={Sign} tone={tone}>
      {name ? `Waiting for ${name}` : word}
    </Mark>
  );
}
