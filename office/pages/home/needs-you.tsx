import { Skeleton } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import IconAlert from '@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs';
import IconReturn from '@tabler/icons-react/dist/esm/icons/IconArrowBackUp.mjs';
import IconCheckSign from '@tabler/icons-react/dist/esm/icons/IconChecks.mjs';
import IconChecking from '@tabler/icons-react/dist/esm/icons/IconHourglassHigh.mjs';
import IconBounce from '@tabler/icons-react/dist/esm/icons/IconMailX.mjs';
import IconQuestion from '@tabler/icons-react/dist/esm/icons/IconMessageQuestion.mjs';
import IconAnnounced from '@tabler/icons-react/dist/esm/icons/IconMoneybag.mjs';
import IconSend from '@tabler/icons-react/dist/esm/icons/IconSend.mjs';
import { Link, type LinkProps } from '@tanstack/react-router';
import { useState } from 'react';
import type { Home, NeedItem } from '../../api/types.ts';
import { Moment, shortDay } from '../../parts/days.tsx';
import { Money } from '../../parts/money.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { Section } from '../../parts/page.tsx';
import { refundFailureWords } from '../../parts/refund-words.ts';
import type { Tone } from '../../parts/status-mark.tsx';
import { NoticeRow } from './notices.tsx';

const looks: Readonly<Record<NeedItem['kind'], readonly [Icon, Tone, string]>> = {
  question: [IconQuestion, 'warn', 'asks a question'],
  mail_bounced: [IconBounce, 'bad', 'did not get the mail'],
  payment_returned: [IconReturn, 'bad', 'payment came back'],
  payment_disputed: [IconReturn, 'bad', 'disputes a card payment'],
  autopay_failed: [IconReturn, 'bad', 'autopay did not go through'],
  refund_waiting: [IconChecking, 'warn', 'refund waits for a second person'],
  refund_failed: [IconReturn, 'bad', 'refund did not go through'],
  payment_announced: [IconAnnounced, 'warn', 'says a payment is coming'],
  payment_unknown: [IconChecking, 'warn', 'payment is being checked'],
  schedule_failed: [IconAlert, 'bad', 'could not be sent by itself'],
  crew_ready: [IconSend, 'neutral', 'written by the crew, ready to send'],
  not_sent: [IconSend, 'neutral', 'issued, not sent'],
  overdue: [IconAlert, 'bad', 'overdue'],
};

const firstShown = 7;

/** What waits for somebody here, the most pressing first. Each row leads to where it is settled. */
export function NeedsYou({ home }: { home: Home | undefined }) {
  const [all, setAll] = useState(false);
  const rows = home === undefined ? [] : all ? home.needsYou : home.needsYou.slice(0, firstShown);
  const rest = (home?.needsYou.length ?? 0) - rows.length;
  const count = home === undefined ? 0 : home.needsYouCount + home.notices.length;
  return (
    <Section title={<>Needs you {count > 0 && <span className="dim num">{count}</span>}</>} id="needs-you">
      {home === undefined ? (
        <div className="card pad" aria-hidden>
          <Skeleton height={12} width="60%" my={8} />
          <Skeleton height={12} width="45%" my={8} />
        </div>
      ) : count === 0 ? (
        <p className="card all-clear">
          <IconCheckSign size={18} aria-hidden />
          Nothing needs you right now.
        </p>
      ) : (
        <ul className="card needs">
          {home.notices.map((notice) => (
            <li key={notice.id}>
              <NoticeRow notice={notice} />
            </li>
          ))}
          {rows.map((need) => (
            <li key={`${need.kind} ${need.threadId ?? need.paymentId ?? need.announcementId ?? need.invoice?.id ?? need.at}`}>
              <NeedRow need={need} currency={home.currency} />
            </li>
          ))}
          {rest > 0 && (
            <li>
              <button type="button" className="need-rest" onClick={() => setAll(true)}>
                Show {rest} more
              </button>
            </li>
          )}
        </ul>
      )}
    </Section>
  );
}

function NeedRow({ need, currency }: { need: NeedItem; currency: string }) {
  const { today } = useOffice();
  const [Sign, tone, usual] = looks[need.kind];
  const words = need.kind === 'question' && need.amountMinor !== null ? 'questions a charge' : usual;
  const detail = detailOf(need, today);
  return (
    <Link className="need" {...whereTo(need)}>
      <span className="need-sign" data-tone={tone} aria-hidden>
        <Sign size={15} stroke={1.75} />
      </span>
      <span className="need-words clip">
        <span className="strong">{need.customer.name}</span> {words}
        {need.invoice?.number && <span className="dim num"> · {need.invoice.number}</span>}
        {detail !== '' && <span className="dim need-detail"> · {detail}</span>}
      </span>
      {need.amountMinor !== null ? <Money minor={need.amountMinor} currency={currency} className="end" /> : <span />}
      <span className="small dim end need-at">
        <Moment at={need.at} />
      </span>
    </Link>
  );
}

const failures: Readonly<Record<string, string>> = {
  returned_by_bank: 'returned by the bank',
  insufficient_funds: 'not enough money in the account',
  account_closed: 'the account is closed',
  not_authorized: 'not authorized',
  declined: 'declined',
};

/** A day or a code of the bank in words; what people wrote stays as it is. */
function detailOf(need: NeedItem, today: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(need.detail)) return `by ${shortDay(need.detail, today)}`;
  return failures[need.detail] ?? refundFailureWords(need.detail);
}

/** Settled on the payment's own page. */
const onPayment: ReadonlySet<NeedItem['kind']> = new Set(['payment_disputed', 'refund_waiting', 'refund_failed']);

function whereTo(need: NeedItem): LinkProps {
  if (need.threadId !== null) return { to: '/inbox', search: { thread: need.threadId } };
  if (need.announcementId !== null) return { to: '/payments', search: { record: need.customer.id, announcement: need.announcementId } };
  if (need.paymentId !== null && onPayment.has(need.kind)) return { to: '/payments/$paymentId', params: { paymentId: need.paymentId } };
  if (need.invoice !== null) return { to: '/invoices/$invoiceId', params: { invoiceId: need.invoice.id } };
  if (need.paymentId !== null) return { to: '/payments/$paymentId', params: { paymentId: need.paymentId } };
  return { to: '/customers/$customerId', params: { customerId: need.customer.id } };
}
