import { todayIn } from '../../../core/calendar.ts';
import { publicId } from '../../../core/ids.ts';
import type { EstimateChange, EstimateView } from '../../../domain/estimates/estimate.ts';
import { href } from '../../../routes.ts';
import type { Reader } from '../../ui/reader.ts';
import { Note } from '../invoice/banner.tsx';
import type { EstimateExtras } from './page-data.ts';

type Told = Readonly<{ reader: Reader; view: EstimateView; extras: EstimateExtras }>;

/** What changes everything below: decided, ended, taken back, in another's place. */
export function EstimateBanner(told: Told) {
  const { view } = told;
  switch (view.standing.now) {
    case 'replaced':
      return <Replaced {...told} />;
    case 'expired':
      return <Ended {...told} what="expired" />;
    case 'withdrawn':
      return <Ended {...told} what="withdrawn" />;
    case 'declined':
    case 'changes_requested':
      return <TurnedDown {...told} />;
    default:
      return <Waiting {...told} />;
  }
}

function Replaced({ reader, view }: Told) {
  const { banner } = reader.w.estimate;
  const { replacedBy } = view.standing;
  if (replacedBy === null) return null;
  const at = { business: view.facts.business.slug, document: publicId('estimate', replacedBy.id) };
  return (
    <Note icon="swap" hot>
      <b>{banner.replacedTitle}</b>
      <p>{banner.replacedLead(replacedBy.revision)}</p>
      <p>
        <a href={href('document', at)}>{banner.openNewest(replacedBy.revision)}</a>
      </p>
    </Note>
  );
}

function Ended({ reader, view, what }: Told & Readonly<{ what: 'expired' | 'withdrawn' }>) {
  const { banner } = reader.w.estimate;
  const { validUntil, reason } = view.standing;
  return (
    <Note icon={what === 'expired' ? 'alert' : 'back'} hot>
      <b>{what === 'expired' ? banner.expiredTitle : banner.withdrawnTitle}</b>
      <p>{what === 'expired' ? banner.expiredLead(reader.day(validUntil ?? '')) : banner.withdrawnLead}</p>
      {what === 'withdrawn' && reason && <p>{banner.because(reason)}</p>}
    </Note>
  );
}

function TurnedDown({ reader, view, extras }: Told) {
  const { banner } = reader.w.estimate;
  const { now, decidedAt, decidedBy, reason } = view.standing;
  const day = decidedAt === null ? '' : reader.day(todayIn(extras.zone, decidedAt));
  const asked = now === 'changes_requested';
  return (
    <Note icon={asked ? 'chat' : 'cross'} hot>
      <b>{asked ? banner.changesTitle(decidedBy, day) : banner.declinedTitle(decidedBy, day)}</b>
      {reason && <p className="ps">{banner.because(reason)}</p>}
      {asked &&
        extras.decision?.lineReasons.map((each) => (
          <p key={each.lineId} className="ps">
            {each.name}: {each.reason}
          </p>
        ))}
      {asked && <p>{banner.changesLead}</p>}
    </Note>
  );
}

/** While it waits: what changed since the former version, who recommended it, that an approval was taken back. */
function Waiting({ reader, view, extras }: Told) {
  const { banner } = reader.w.estimate;
  const { standing, facts, changes } = view;
  const day = (instant: string): string => reader.day(todayIn(extras.zone, instant));
  const waits =
    standing.waitingFor === null
      ? banner.waitsForOwner
      : standing.waitingFor.id === view.viewer?.personId
        ? ''
        : waitsText(reader, standing.waitingFor, extras.zone);
  return (
    <>
      {standing.now === 'sent' && standing.approvalWithdrawnAt && <Note icon="back">{banner.approvalWithdrawn(day(standing.approvalWithdrawnAt))}</Note>}
      {standing.now === 'sent' && standing.firstApproval && <First reader={reader} view={view} extras={extras} />}
      {standing.now === 'sent' && standing.recommendedAt && !standing.firstApproval && (
        <Note icon="people">
          {[banner.recommended(standing.recommendedBy, day(standing.recommendedAt)), waits].filter(Boolean).join(' ')}
          {extras.decision?.kind === 'recommended' && extras.decision.reason && <p className="ps">{banner.because(extras.decision.reason)}</p>}
        </Note>
      )}
      {standing.now === 'sent' && facts.document.revision > 1 && <Changed reader={reader} revision={facts.document.revision} changes={changes ?? []} />}
    </>
  );
}

/** Whom it waits for, in whose place, and when they were reminded. */
function waitsText(reader: Reader, { name, insteadOf, remindedAt }: NonNullable<EstimateView['standing']['waitingFor']>, zone: string): string {
  const { authority, estimate } = reader.w;
  return [
    estimate.banner.waitsFor(name),
    insteadOf !== '' && authority.whoIsAway(insteadOf),
    remindedAt !== null && authority.remindedOn(reader.day(todayIn(zone, remindedAt))),
  ]
    .filter(Boolean)
    .join(' ');
}

/** The first yes of two: whose, whom it waits for now, and the way back for the one who gave it. */
function First({ reader, view, extras }: Told) {
  const { authority } = reader.w;
  const { firstApproval, waitingFor } = view.standing;
  if (firstApproval === null) return null;
  const day = reader.day(todayIn(extras.zone, firstApproval.at));
  const mine = firstApproval.personId === view.viewer?.personId;
  const waits = waitingFor !== null && waitingFor.id !== view.viewer?.personId && waitsText(reader, waitingFor, extras.zone);
  const at = { business: view.facts.business.slug, document: publicId('estimate', view.facts.document.id) };
  return (
    <Note icon="people">
      {[mine ? authority.youDid(day) : authority.approvedFirst(firstApproval.by, day), waits].filter(Boolean).join(' ')}
      {mine && (
        <p>
          <a href={href('undoApproval', at)}>{authority.takeBack}</a>
        </p>
      )}
    </Note>
  );
}

function Changed({ reader, revision, changes }: Readonly<{ reader: Reader; revision: number; changes: readonly EstimateChange[] }>) {
  return (
    <Note icon="swap">
      <b>{reader.w.estimate.banner.newVersion(revision)}</b>
      {changes.length > 0 && (
        <details open={changes.length <= 4}>
          <summary>{reader.w.invoice.whatChanged}</summary>
          <ul>
            {changes.map((change, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a list that never moves
              <li key={at}>{changeText(reader, change)}</li>
            ))}
          </ul>
        </details>
      )}
    </Note>
  );
}

function changeText(reader: Reader, change: EstimateChange): string {
  const { w, money, day } = reader;
  const text = w.invoice;
  switch (change.what) {
    case 'line_added':
      return text.changedFromTo(change.name, '–', money(change.amountMinor));
    case 'line_removed':
      return text.changedFromTo(change.name, money(change.amountMinor), '–');
    case 'line_changed':
      return change.fromMinor === change.toMinor ? change.name : text.changedFromTo(change.name, money(change.fromMinor), money(change.toMinor));
    case 'discount':
    case 'tax':
    case 'total':
      return text.changedFromTo(text[change.what], money(change.fromMinor), money(change.toMinor));
    case 'valid_until':
      return text.changedFromTo(w.estimate.validUntil, day(change.from), day(change.to));
    case 'po_number':
      return text.changedFromTo(text.poNumber, change.from || '–', change.to || '–');
    case 'terms':
      return text.terms;
    case 'message':
      return text.messageFrom('').trim();
    default:
      return w.estimate[change.what];
  }
}
