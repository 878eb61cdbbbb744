import { Button } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import IconBack from '@tabler/icons-react/dist/esm/icons/IconArrowBackUp.mjs';
import IconCancel from '@tabler/icons-react/dist/esm/icons/IconBan.mjs';
import IconMoney from '@tabler/icons-react/dist/esm/icons/IconCoin.mjs';
import IconOpen from '@tabler/icons-react/dist/esm/icons/IconEye.mjs';
import IconWait from '@tabler/icons-react/dist/esm/icons/IconHourglassHigh.mjs';
import IconLink from '@tabler/icons-react/dist/esm/icons/IconLink.mjs';
import IconMail from '@tabler/icons-react/dist/esm/icons/IconMail.mjs';
import IconBounce from '@tabler/icons-react/dist/esm/icons/IconMailX.mjs';
import IconAsk from '@tabler/icons-react/dist/esm/icons/IconMessageQuestion.mjs';
import IconAnswer from '@tabler/icons-react/dist/esm/icons/IconMessageReply.mjs';
import IconWrite from '@tabler/icons-react/dist/esm/icons/IconPencil.mjs';
import IconIssue from '@tabler/icons-react/dist/esm/icons/IconReceipt.mjs';
import IconSend from '@tabler/icons-react/dist/esm/icons/IconSend.mjs';
import IconGear from '@tabler/icons-react/dist/esm/icons/IconSettings.mjs';
import IconImport from '@tabler/icons-react/dist/esm/icons/IconTableImport.mjs';
import IconPerson from '@tabler/icons-react/dist/esm/icons/IconUser.mjs';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Event } from '../api/types.ts';
import { Moment, shortDay } from './days.tsx';
import type { EventSign } from './event-sign.ts';
import { eventWords, quietKinds } from './event-words.ts';
import { useMoney } from './money.tsx';
import { useOffice } from './office-context.ts';

const signs: Readonly<Record<EventSign, Icon>> = {
  write: IconWrite,
  issue: IconIssue,
  send: IconSend,
  mail: IconMail,
  bounce: IconBounce,
  open: IconOpen,
  link: IconLink,
  ask: IconAsk,
  answer: IconAnswer,
  money: IconMoney,
  wait: IconWait,
  back: IconBack,
  cancel: IconCancel,
  person: IconPerson,
  gear: IconGear,
  import: IconImport,
};

const isVisit = ({ kind }: Event): boolean => kind === 'invoice.visited' || kind === 'estimate.visited';

type Show = { customer?: boolean; invoice?: boolean };

/** What happened, newest first. Bare visits, maybe by a mail scanner, are details only (rule 4). */
export function Timeline({ events, show = {}, more }: { events: readonly Event[]; show?: Show; more?: { load: () => unknown; busy: boolean } | undefined }) {
  const [details, setDetails] = useState(false);
  const visits = events.filter(isVisit);
  const told = events.filter((event) => !quietKinds.has(event.kind) || (details && isVisit(event)));
  return (
    <>
      <ol className="timeline">
        {told.map((event) => (
          <TimelineRow key={event.id} event={event} show={show} />
        ))}
      </ol>
      <div className="row">
        {more && (
          <Button variant="subtle" color="gray" size="compact-sm" onClick={() => void more.load()} loading={more.busy}>
            Show older
          </Button>
        )}
        {visits.length > 0 && (
          <Button variant="subtle" color="gray" size="compact-sm" onClick={() => setDetails(!details)} aria-expanded={details}>
            {details ? 'Hide link visits' : `${visits.length} link ${visits.length === 1 ? 'visit' : 'visits'}`}
          </Button>
        )}
      </div>
    </>
  );
}

const freshForMs = 6_000;

function TimelineRow({ event, show }: { event: Event; show: Show }) {
  const money = useMoney();
  const { today, staff } = useOffice();
  const visit = isVisit(event);
  const words = visit
    ? { text: 'Link visited, maybe by a mail scanner', sign: 'open' as const }
    : eventWords(event, { money, day: (day) => shortDay(day, today) });
  const Sign = signs[words.sign];
  const [fresh] = useState(() => Date.now() - Date.parse(event.at) < freshForMs);
  const about = aboutOf(event, show);
  const detail = 'detail' in words && words.detail !== undefined && !(show.customer && words.detail === event.customerName) ? words.detail : '';
  const who = event.actor.kind === 'system' || [staff.name, detail, show.customer ? event.customerName : ''].includes(event.actor.name) ? '' : event.actor.name;
  return (
    <li data-tone={'tone' in words ? words.tone : undefined} data-fresh={fresh || undefined}>
      <span className="timeline-sign" aria-hidden>
        <Sign size={15} stroke={1.75} />
      </span>
      <span>
        {about}
        {words.text}
        {detail !== '' && <span className="dim"> · {detail}</span>}
        {who !== '' && <span className="dim"> · {who}</span>}
      </span>
      <Moment at={event.at} />
    </li>
  );
}

function aboutOf(event: Event, show: Show): React.ReactNode {
  const parts: React.ReactNode[] = [];
  if (show.customer && event.customerId !== null && event.customerName !== null) {
    parts.push(
      <Link key="customer" to="/customers/$customerId" params={{ customerId: event.customerId }} className="strong">
        {event.customerName}
      </Link>,
    );
  }
  if (show.invoice && event.invoiceId !== null) {
    parts.push(
      <Link key="invoice" to="/invoices/$invoiceId" params={{ invoiceId: event.invoiceId }} className="num link">
        {event.invoiceNumber ?? 'draft'}
      </Link>,
    );
  }
  if (show.invoice && event.estimateId !== null && event.kind !== 'estimate.discarded') {
    parts.push(
      <Link key="estimate" to="/estimates/$estimateId" params={{ estimateId: event.estimateId }} className="num link">
        {event.estimateNumber ?? 'draft'}
      </Link>,
    );
  }
  return parts.length === 0 ? null : <>{parts.map((part, index) => [index > 0 && ' ', part])} · </>;
}
