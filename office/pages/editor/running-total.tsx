import { useMoney } from '../../parts/money.tsx';
import type { LiveTotals } from './live-totals.ts';

/** What it comes to, always in view. */
export function RunningTotal({ live, currency, label = 'Total' }: { live: LiveTotals; currency: string; label?: string }) {
  const money = useMoney();
  return (
    <output className="running-total" aria-live="polite" aria-label={label}>
      <span className="dim small">{label}</span>
      <span className="num">{live.totals ? money(Number(live.totals.totalMinor), currency) : '—'}</span>
    </output>
  );
}
