import type { Icon } from '@tabler/icons-react';
import IconReturn from '@tabler/icons-react/dist/esm/icons/IconArrowBackUp.mjs';
import IconBan from '@tabler/icons-react/dist/esm/icons/IconBan.mjs';
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs';
import IconDashed from '@tabler/icons-react/dist/esm/icons/IconCircleDashed.mjs';
import IconHourglass from '@tabler/icons-react/dist/esm/icons/IconHourglassHigh.mjs';
import IconZoom from '@tabler/icons-react/dist/esm/icons/IconZoomQuestion.mjs';
import type { Payment } from '../../api/types.ts';
import { Mark, type Tone } from '../../parts/status-mark.tsx';

const looks: Readonly<Record<Payment['state'], readonly [string, Icon, Tone]>> = {
  initiated: ['Started', IconDashed, 'neutral'],
  pending: ['Processing', IconHourglass, 'warn'],
  unknown: ['Checking', IconZoom, 'warn'],
  cleared: ['Received', IconCheck, 'good'],
  failed: ['Failed', IconBan, 'neutral'],
  expired: ['Not finished', IconBan, 'neutral'],
  returned: ['Returned', IconReturn, 'bad'],
  reversed: ['Taken back', IconReturn, 'neutral'],
  refunded: ['Refunded', IconReturn, 'neutral'],
  disputed: ['Disputed', IconReturn, 'bad'],
};

export function PaymentMark({ state }: { state: Payment['state'] }) {
  const [words, icon, tone] = looks[state];
  return (
    <Mark icon={icon} tone={tone}>
      {words}
    </Mark>
  );
}
