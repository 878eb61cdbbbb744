import type { Payout } from '../../api/types.ts';
import { Mark, type Tone } from '../../parts/status-mark.tsx';

const looks: Readonly<Record<Payout['state'], readonly [string, Tone]>> = {
  pending: ['On its way', 'warn'],
  paid: ['Sent', 'good'],
  failed: ['Failed', 'bad'],
  canceled: ['Called off', 'neutral'],
};

export function PayoutMark({ state }: { state: Payout['state'] }) {
  const [words, tone] = looks[state];
  return <Mark tone={tone}>{words}</Mark>;
}

/** Something of it does not match what is here. */
export const payoutTrouble = ({ listed, missingMinor, strangers, differing }: Payout): boolean =>
  listed && (missingMinor !== 0 || strangers > 0 || differing > 0);
