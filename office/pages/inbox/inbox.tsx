import './inbox.css';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { threadsQuery } from '../../api/queries.ts';
import type { ThreadRow } from '../../api/types.ts';
import { Moment } from '../../parts/days.tsx';
import { useListKeys } from '../../parts/list-keys.ts';
import { ListSearch, MoreRows } from '../../parts/list-tools.tsx';
import { Money } from '../../parts/money.tsx';
import { Empty, ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { Page } from '../../parts/page.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { Conversation } from './conversation.tsx';
import { DetailsReview } from './details-review.tsx';

const route = getRouteApi('/office/inbox');

type View = Readonly<{ label: string; filter: NonNullable<Parameters<typeof threadsQuery>[0]>; none: string }>;
const views = {
  waiting: { label: 'Unanswered', filter: { waitingFor: 'office' }, none: 'Everyone has an answer' },
  mine: { label: 'Mine', filter: { waitingFor: 'office', assigned: 'me' }, none: 'Nothing waits for you' },
  free: { label: 'Nobody’s', filter: { waitingFor: 'office', assigned: 'nobody' }, none: 'Everything has somebody' },
  answered: { label: 'Answered', filter: { waitingFor: 'customer' }, none: 'No answers yet' },
  all: { label: 'All', filter: {}, none: 'No messages yet' },
} as const satisfies Record<string, View>;
type ViewKey = keyof typeof views;
const isView = (show: string | undefined): show is ViewKey => show !== undefined && Object.hasOwn(views, show);

/** Questions and messages of customers, the unanswered ones first. Two panes on a desk, one on a phone. */
export default function Inbox() {
  const { thread, show, q } = route.useSearch();
  const navigate = useNavigate({ from: '/inbox' });
  const at: ViewKey = isView(show) ? show : 'waiting';
  const query = useInfiniteQuery(threadsQuery({ ...views[at].filter, ...(q ? { q } : {}) }));
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const back = { ...(at === 'waiting' ? {} : { show: at }), ...(q ? { q } : {}) };
  return (
    <Page title="Inbox" width="wide">
      <DetailsReview />
      <Tabs
        label="Inbox"
        at={at}
        tabs={(Object.keys(views) as ViewKey[]).map((key) => ({
          key,
          label: views[key].label,
          link: { to: '/inbox', search: { ...(key === 'waiting' ? {} : { show: key }), ...(q ? { q } : {}) } },
        }))}
      />
      <div className="inbox" data-open={thread !== undefined || undefined}>
        <div className="inbox-list">
          <div className="toolbar">
            <ListSearch
              label="Search messages"
              placeholder="Customer, number or words"
              value={q ?? ''}
              onChange={(words) => void navigate({ search: (before) => ({ ...before, q: words || undefined }), replace: true })}
            />
          </div>
          {query.isPending ? (
            <SkeletonRows rows={5} />
          ) : query.isError && rows.length === 0 ? (
            <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
          ) : rows.length === 0 ? (
            q ? (
              <Empty title="No message fits">Try another word, or look in All.</Empty>
            ) : (
              <Empty title={views[at].none}>Messages and questions of customers arrive here and by mail.</Empty>
            )
          ) : (
            <Threads rows={rows} at={thread} back={back} />
          )}
          <MoreRows query={query} />
        </div>
        {thread !== undefined && (
          <div className="inbox-open">
            <Conversation key={thread} threadId={thread} back={back} />
          </div>
        )}
      </div>
    </Page>
  );
}

function Threads({ rows, at, back }: { rows: readonly ThreadRow[]; at: string | undefined; back: Readonly<Record<string, string>> }) {
  const list = useRef<HTMLUListElement>(null);
  useListKeys(list);
  return (
    <ul className="threads" ref={list}>
      {rows.map((row) => (
        <li key={row.id}>
          <Link
            to="/inbox"
            search={{ ...back, thread: row.id }}
            className="thread row-link"
            data-id={row.id}
            data-unread={row.unread || undefined}
            aria-current={row.id === at ? 'true' : undefined}
          >
            <ThreadWords row={row} />
          </Link>
        </li>
      ))}
    </ul>
  );
}

function ThreadWords({ row }: { row: ThreadRow }) {
  const { staff: me } = useOffice();
  return (
    <>
      <span className="spread">
        <span className="thread-name clip">
          {row.unread && <span className="sr">Unread: </span>}
          {row.customer.name}
        </span>
        <span className="dim small">
          <Moment at={row.lastAt} />
        </span>
      </span>
      <span className="spread small">
        <span className="clip">
          {row.waitingFor === 'office' && <span className="thread-dot" aria-hidden />}
          {[row.invoice?.number ?? row.estimate?.number, row.subject, row.property?.title].filter((part) => part).join(' · ') || 'A question'}
        </span>
        {row.charge?.open && <Money minor={row.charge.amountMinor} currency={row.charge.currency} className="strong end" />}
        {row.assignee && <span className="thread-who clip">{row.assignee.id === me.id ? 'You' : row.assignee.name}</span>}
      </span>
      <span className="clip dim small">
        {row.lastFromOffice && `${row.lastAuthor === me.name ? 'You' : row.lastAuthor}: `}
        {row.excerpt}
      </span>
    </>
  );
}
