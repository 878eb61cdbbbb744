import type { Icon } from '@tabler/icons-react';
import IconAlert from '@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs';
import IconArchive from '@tabler/icons-react/dist/esm/icons/IconArchive.mjs';
import IconReturn from '@tabler/icons-react/dist/esm/icons/IconArrowBackUp.mjs';
import IconBan from '@tabler/icons-react/dist/esm/icons/IconBan.mjs';
import IconCalendar from '@tabler/icons-react/dist/esm/icons/IconCalendarTime.mjs';
import IconCircle from '@tabler/icons-react/dist/esm/icons/IconCircle.mjs';
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs';
import IconDashed from '@tabler/icons-react/dist/esm/icons/IconCircleDashed.mjs';
import IconHalf from '@tabler/icons-react/dist/esm/icons/IconCircleHalf2.mjs';
import IconHourglass from '@tabler/icons-react/dist/esm/icons/IconHourglassHigh.mjs';
import IconReplace from '@tabler/icons-react/dist/esm/icons/IconReplace.mjs';
import IconZoom from '@tabler/icons-react/dist/esm/icons/IconZoomQuestion.mjs';
import type { InvoiceStatus } from '../../src/core/settlement.ts';
import { status as words } from '../../src/core/words/en/common.ts';

export type Tone = 'neutral' | 'good' | 'bad' | 'warn' | 'plain';

const looks: Readonly<Record<InvoiceStatus, readonly [Icon, Tone]>> = {
  draft: [IconDashed, 'neutral'],
  scheduled: [IconCalendar, 'neutral'],
  canceled: [IconBan, 'neutral'],
  replaced: [IconReplace, 'neutral'],
  closed: [IconArchive, 'neutral'],
  paid: [IconCheck, 'good'],
  checking: [IconZoom, 'warn'],
  processing: [IconHourglass, 'warn'],
  returned: [IconReturn, 'bad'],
  overdue: [IconAlert, 'bad'],
  partly_paid: [IconHalf, 'plain'],
  due: [IconCircle, 'plain'],
};

/** The one status word of an invoice with its sign; the color never says anything alone. */
export function StatusMark({ status }: { status: InvoiceStatus }) {
  const [Sign, tone] = looks[status];
  return (
    <span className="mark" data-tone={tone}>
      <Sign size={14} stroke={2} aria-hidden />
      {words.word[status]}
    </span>
  );
}

export function Mark({ icon: Sign, tone = 'neutral', children }: { icon?: Icon; tone?: Tone; children: React.ReactNode }) {
  return (
    <span className="mark" data-tone={tone}>
      {Sign && <Sign size={14} stroke={2} aria-hidden />}
      {children}
    </span>
  );
}
