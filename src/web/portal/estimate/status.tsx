import { daysBetween } from '../../../core/calendar.ts';
import type { EstimateNow } from '../../../core/estimate-state.ts';
import type { EstimateStanding } from '../../../domain/estimates/estimate.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import type { Reader } from '../../ui/reader.ts';
import { daysUntil } from '../invoice/standing.tsx';

const icons: Readonly<Record<EstimateNow, IconName>> = {
  draft: 'paper',
  sent: 'clock',
  approved: 'check',
  declined: 'cross',
  changes_requested: 'chat',
  expired: 'alert',
  withdrawn: 'back',
  replaced: 'swap',
};

type Standing = Pick<EstimateStanding, 'now' | 'recommendedAt'> &
  Readonly<{ waitingFor: Readonly<{ id: string; name: string }> | null; firstApproval: Readonly<{ personId: string }> | null }>;

/** Whom an estimate waits for: the one who looks, unless it was passed on to somebody else. */
export function statusWord(reader: Reader, { now, waitingFor, firstApproval }: Standing, personId: string | null): string {
  const { status } = reader.w.estimate;
  if (now !== 'sent') return status[now];
  if (waitingFor === null && firstApproval !== null && firstApproval.personId === personId) return reader.w.authority.waitingSecond;
  return waitingFor !== null && waitingFor.id !== personId ? status.waitingFor(waitingFor.name) : status.waiting;
}

/** The one status word with its icon. */
export function EstimateTag({ reader, standing, personId }: Readonly<{ reader: Reader; standing: Standing; personId: string | null }>) {
  return (
    <span className={standing.now === 'sent' ? 'tag' : standing.now === 'expired' ? 'tag hot' : 'tag calm'}>
      <Icon name={icons[standing.now]} />
      {statusWord(reader, standing, personId)}
    </span>
  );
}

/** "Valid until Dec 4, 2026 · in 5 days", while it waits; that it was, once it no longer is. */
export function validityText(reader: Reader, { now, validUntil }: Pick<EstimateStanding, 'now' | 'validUntil'>, today: string): string {
  const { estimate } = reader.w;
  if (validUntil === null) return '';
  if (now === 'expired') return estimate.wasValidUntil(reader.day(validUntil));
  if (now !== 'sent') return '';
  return [estimate.validUntilDay(reader.day(validUntil)), daysUntil(reader, daysBetween(today, validUntil), false)].filter(Boolean).join(' · ');
}
