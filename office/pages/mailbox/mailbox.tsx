import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { mailsQuery } from '../../api/queries.ts';
import type { MailRow } from '../../api/types.ts';
import { Moment } from '../../parts/days.tsx';
import { useListKeys } from '../../parts/list-keys.ts';
import { ListSearch, MoreRows } from '../../parts/list-tools.tsx';
import { Empty, ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { Page } from '../../parts/page.tsx';
import { Mark, type Tone } from '../../parts/status-mark.tsx';

const states: Readonly<Record<MailRow['state'], readonly [string, Tone]>> = {
  queued: ['Waiting', 'neutral'],
  sent: ['Sent', 'good'],
  kept: ['Kept here', 'neutral'],
  bounced: ['Came back', 'bad'],
  failed: ['Did not leave', 'bad'],
};

export function MailMark({ state }: { state: MailRow['state'] }) {
  const [words, tone] = states[state];
  return <Mark tone={tone}>{words}</Mark>;
}

/** Every mail to customers. Where no mail server is set, they are kept here and can be read and pressed. */
export default function Mailbox() {
  const { outbox } = useOffice();
  const [q, setQ] = useState('');
  const query = useInfiniteQuery(mailsQuery(q === '' ? {} : { q }));
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const list = useRef<HTMLTableElement>(null);
  useListKeys(list);
  return (
    <Page title="Mailbox" lead={outbox ? 'No mail server is set: nothing leaves, everything is kept here.' : 'What was mailed to customers.'}>
      <div className="toolbar">
        <ListSearch label="Search mail" placeholder="Address or subject" value={q} onChange={setQ} />
      </div>
      {query.isPending ? (
        <SkeletonRows />
      ) : query.isError && rows.length === 0 ? (
        <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      ) : rows.length === 0 ? (
        <Empty title={q === '' ? 'No mail yet' : 'No mail fits'} />
      ) : (
        <table className="list" ref={list}>
          <thead>
            <tr>
              <th>To</th>
              <th>Subject</th>
              <th>State</th>
              <th className="end">When</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((mail) => (
              <tr key={mail.id}>
                <td className="clip w28">
                  <Link to="/mailbox/$mailId" params={{ mailId: mail.id }} className="row-link strong" data-id={mail.id}>
                    {mail.toName || mail.to}
                  </Link>
                  <span className="second clip">{mail.to}</span>
                  <span className="second only-phone clip">{mail.subject}</span>
                </td>
                <td className="only-desk clip w48">{mail.subject}</td>
                <td className="only-desk">
                  <MailMark state={mail.state} />
                </td>
                <td className="end dim">
                  <Moment at={mail.sentAt ?? mail.createdAt} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <MoreRows query={query} />
    </Page>
  );
}
