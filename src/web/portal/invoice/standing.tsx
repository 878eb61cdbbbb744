import type { InvoiceStatus, Standing } from '../../../core/settlement.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import type { Reader } from '../../ui/reader.ts';

const icons: Readonly<Record<InvoiceStatus, IconName>> = {
  draft: 'paper',
  scheduled: 'clock',
  canceled: 'cross',
  replaced: 'swap',
  closed: 'cross',
  paid: 'check',
  checking: 'search',
  processing: 'moving',
  returned: 'back',
  overdue: 'alert',
  partly_paid: 'half',
  due: 'clock',
};

const urgent = new Set<InvoiceStatus>(['overdue', 'returned']);
const calm = new Set<InvoiceStatus>(['paid', 'canceled', 'replaced', 'closed']);

/** The one status word with its icon. */
export function StatusTag({
  reader,
  standing,
  replacedBy,
  label,
}: Readonly<{ reader: Reader; standing: Standing; replacedBy?: string | null; label?: string }>) {
  const { status, daysLate } = standing;
  const { w } = reader;
  const word =
    label ??
    (status === 'overdue' ? w.status.overdueBy(daysLate) : status === 'replaced' && replacedBy ? w.status.replacedBy(replacedBy) : w.status.word[status]);
  return (
    <span className={urgent.has(status) ? 'tag hot' : calm.has(status) ? 'tag calm' : 'tag'}>
      <Icon name={icons[status]} />
      {word}
    </span>
  );
}

/** "in 5 days", "today", or nothing once the day has passed. */
export function daysUntil(reader: Reader, daysLeft: number | null, overdue: boolean): string {
  if (daysLeft === null || overdue) return '';
  const { common } = reader.w;
  return daysLeft === 0 ? common.today : daysLeft === 1 ? common.tomorrow : common.inDays(daysLeft);
}

export type StandingLine = Readonly<{
  standing: Standing;
  dueOn: string;
  totalMinor: bigint;
  paidMinor: bigint;
  announced: { expectedOn: string; method: string } | null;
}>;

/** The second line under the status: everything the one word leaves out. */
export function statusRest(reader: Reader, of: StandingLine): string {
  const { w, money, day } = reader;
  const { standing } = of;
  const owed = standing.balanceMinor > 0n;
  const dueSaid = standing.status === 'due';
  const parts = [
    owed && !dueSaid && (standing.overdueMinor > 0n ? w.invoice.wasDueOn(day(of.dueOn)) : w.invoice.dueOn(day(of.dueOn))),
    owed && daysUntil(reader, standing.daysLeft, standing.overdueMinor > 0n),
    owed && of.paidMinor > 0n && w.status.paidOf(money(of.paidMinor), money(of.totalMinor)),
    owed && of.announced && announcedText(reader, of.announced),
    standing.inQuestionMinor > 0n && w.status.inQuestion(money(standing.inQuestionMinor)),
    standing.heldBackMinor > 0n && w.status.heldBack(money(standing.heldBackMinor)),
    standing.dueLaterMinor > 0n && w.status.dueLater(money(standing.dueLaterMinor)),
  ];
  return parts.filter(Boolean).join(' · ');
}

function announcedText(reader: Reader, announced: { expectedOn: string; method: string }): string {
  const { status } = reader.w;
  const on = reader.day(announced.expectedOn);
  if (announced.method === 'check') return status.checkAnnounced(on);
  return announced.method === 'transfer' ? status.transferAnnounced(on) : status.paymentAnnounced(on);
}
