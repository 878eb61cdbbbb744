import type { ReactNode } from 'react';
import { publicId } from '../../../core/ids.ts';
import type { Change } from '../../../domain/invoices/invoice.ts';
import type { DocumentRef, InvoiceFacts } from '../../../outgoing/invoice-facts.ts';
import { href } from '../../../routes.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import type { Reader } from '../../ui/reader.ts';

/** One thing worth knowing before the amount. */
export function Note({ icon, hot, children }: Readonly<{ icon: IconName; hot?: boolean; children: ReactNode }>) {
  return (
    <div className={hot ? 'note hot' : 'note'} role="status">
      <Icon name={icon} />
      <div>{children}</div>
    </div>
  );
}

type Told = Readonly<{ reader: Reader; facts: InvoiceFacts; changes: readonly Change[] | null }>;

/** What changes everything below: canceled, replaced, a payment being checked, on its way or sent back. */
export function Banner({ reader, facts, changes }: Told) {
  const { w, money, day } = reader;
  const { document, standing } = facts;
  const text = w.invoice;
  if (standing.status === 'replaced' && document.replacedBy) return <Replaced reader={reader} facts={facts} />;
  if (document.canceled) {
    return (
      <Note icon="cross" hot>
        <b>{text.canceledTitle}</b>
        <p>{text.canceledLead(day(document.canceled.on))}</p>
        {document.canceled.reason && <p>{text.canceledReason(document.canceled.reason)}</p>}
      </Note>
    );
  }
  if (standing.status === 'checking')
    return (
      <Note icon="search" hot>
        {text.checkingBanner}
      </Note>
    );
  if (standing.status === 'returned')
    return (
      <Note icon="back" hot>
        {text.returnedBanner(money(standing.balanceMinor))}
      </Note>
    );
  if (standing.status === 'closed') return <Note icon="cross">{text.closedLead}</Note>;
  return (
    <>
      {changes && document.replaces && <Changed reader={reader} number={document.replaces.number} changes={changes} />}
      {document.purpose === 'deposit' && standing.balanceMinor > 0n && <Note icon="paper">{w.charges.depositLead}</Note>}
      {document.about && <About reader={reader} slug={facts.business.slug} about={document.about} />}
      {facts.processingMinor > 0n && <Note icon="moving">{text.processingBanner(money(facts.processingMinor))}</Note>}
      {standing.inQuestionMinor > 0n && <Note icon="chat">{w.questioned.openNote(money(standing.inQuestionMinor))}</Note>}
    </>
  );
}

/** Why a fee was charged, and the way to the invoice it was charged for. */
function About({ reader, slug, about }: Readonly<{ reader: Reader; slug: string; about: DocumentRef }>) {
  const { charges } = reader.w;
  return (
    <Note icon="clock">
      {charges.feeAbout(about.number)}{' '}
      <a href={href('document', { business: slug, document: publicId('invoice', about.id) })}>{charges.openAbout(about.number)}</a>
    </Note>
  );
}

function Replaced({ reader, facts }: Readonly<{ reader: Reader; facts: InvoiceFacts }>) {
  const { invoice } = reader.w;
  const by = facts.document.replacedBy;
  if (by === null) return null;
  const on = facts.document.canceled?.on ?? facts.document.issuedOn;
  return (
    <Note icon="swap" hot>
      <b>{invoice.replacedTitle(by.number)}</b>
      <p>{invoice.replacedLead(reader.day(on), by.number)}</p>
      <p>
        <a href={href('document', { business: facts.business.slug, document: publicId('invoice', by.id) })}>{invoice.openReplacement(by.number)}</a>
      </p>
    </Note>
  );
}

function Changed({ reader, number, changes }: Readonly<{ reader: Reader; number: string; changes: readonly Change[] }>) {
  const { invoice } = reader.w;
  return (
    <Note icon="swap">
      <b>{invoice.replaces(number)}</b>
      {changes.length > 0 && (
        <details open={changes.length <= 4}>
          <summary>{invoice.whatChanged}</summary>
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

function changeText(reader: Reader, change: Change): string {
  const { w, money, day } = reader;
  const text = w.invoice;
  switch (change.what) {
    case 'line_added':
      return text.changedFromTo(change.name, '–', money(change.amountMinor));
    case 'line_removed':
      return text.changedFromTo(change.name, money(change.amountMinor), '–');
    case 'line_changed':
      return text.changedFromTo(change.name, money(change.fromMinor), money(change.toMinor));
    case 'discount':
    case 'tax':
    case 'total':
      return text.changedFromTo(text[change.what], money(change.fromMinor), money(change.toMinor));
    case 'due_on':
      return text.changedFromTo(text.due, day(change.from), day(change.to));
    default:
      return text.changedFromTo(labelOf(reader, change.what), change.from || '–', change.to || '–');
  }
}

function labelOf(reader: Reader, what: 'po_number' | 'work_order_number' | 'terms' | 'message'): string {
  const { invoice } = reader.w;
  if (what === 'po_number') return invoice.poNumber;
  if (what === 'work_order_number') return invoice.workOrderNumber;
  return what === 'terms' ? invoice.terms : invoice.messageFrom('');
}
