import './inbox.css';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useRef } from 'react';
import { threadsQuery } from '../../api/queries.ts';
import type { ThreadRow } from '../../api/types.ts';
import { Moment } from '../../parts/days.tsx';
import { useListKeys } from '../../parts/list-keys.ts';
import { MoreRows } from '../../parts/list-tools.tsx';
import { Empty, ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Page } from '../../parts/page.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { Conversation } from './conversation.tsx';

const route = getRouteApi('/office/inbox');

/** Questions from customers, the unanswered ones first. Two panes on a desk, one on a phone. */
export default function Inbox() {
  const { thread, show } = route.useSearch();
  const all = show === 'all';
  const query = useInfiniteQuery(threadsQuery(all ? {} : { waitingFor: 'office' }));
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title="Inbox" width="wide">
      <Tabs
        label="Inbox"
        at={all ? 'all' : 'waiting'}
        tabs={[
          { key: 'waiting', label: 'Waiting for you', link: { to: '/inbox', search: {} } },
          { key: 'all', label: 'All', link: { to: '/inbox', search: { show: 'all' } } },
        ]}
      />
      <div className="inbox" data-open={thread !== undefined || undefined}>
        <div className="inbox-list">
          {query.isPending ? (
            <SkeletonRows rows={5} />
          ) : query.isError && rows.length === 0 ? (
            <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
          ) : rows.length === 0 ? (
            <Empty title={all ? 'No questions yet' : 'Everyone has an answer'}>Questions asked on an invoice arrive here and by mail.</Empty>
          ) : (
            <Threads rows={rows} at={thread} show={show} />
          )}
          <MoreRows query={query} />
        </div>
        {thread !== undefined && (
          <div className="inbox-open">
            <Conversation key={thread} threadId={thread} show={show} />
          </div>
        )}
      </div>
    </Page>
  );
}

function Threads({ rows, at, show }: { rows: readonly ThreadRow[]; at: string | undefined; show: string | undefined }) {
  const list = useRef<HTMLUListElement>(null);
  useListKeys(list);
  return (
    <ul className="threads" ref={list}>
      {rows.map((row) => (
        <li key={row.id}>
          <Link
            to="/inbox"
            search={{ thread: row.id, ...(show ? { show } : {}) }}
            className="thread row-link"
            data-id={row.id}
            aria-current={row.id === at ? 'true' : undefined}
          >
            <span className="spread">
              <span className="strong clip">{row.customer.name}</span>
              <span className="dim small">
                <Moment at={row.lastAt} />
              </span>
            </span>
            <span className="clip small">
              {row.waitingFor === 'office' && <span className="thread-dot" aria-hidden />}
              {[row.invoice?.number, row.subject].filter((part) => part).join(' · ')}
            </span>
            <span className="clip dim small">
              {row.lastFromOffice && 'You: '}
              {row.excerpt}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
