import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { estimatesQuery } from '../../api/estimate-queries.ts';
import type { EstimateRow, EstimateTotals } from '../../api/types.ts';
import { Day } from '../../parts/days.tsx';
import { Money } from '../../parts/money.tsx';
import { ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Beside, estimateLink, numberText, ValidUntil } from './estimate-table.tsx';

type Tab = keyof EstimateTotals['tabs'];
type Base = Readonly<{ q?: string; customerId?: string; from?: string; to?: string }>;
const columns: readonly (readonly [Tab, string])[] = [
  ['draft', 'Draft'],
  ['waiting', 'Waiting'],
  ['changes_requested', 'Changes requested'],
  ['approved', 'Approved'],
  ['declined', 'Declined'],
  ['expired', 'Expired'],
];

/** The same estimates side by side, by where they stand. Cards are links: Tab walks them, Enter opens. */
export function Board({ base, counts }: { base: Base; counts: EstimateTotals['tabs'] | undefined }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways is reached by keyboard
    <section className="board" aria-label="Estimates by state" tabIndex={0}>
      {columns.map(([tab, label]) => (
        <Column key={tab} tab={tab} label={label} base={base} count={counts?.[tab]} />
      ))}
    </section>
  );
}

function Column({ tab, label, base, count }: { tab: Tab; label: string; base: Base; count: number | undefined }) {
  const query = useInfiniteQuery(estimatesQuery({ tab, ...base }));
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="board-column" aria-labelledby={`board-${tab}`}>
      <h2 id={`board-${tab}`} className="board-head">
        {label} {count !== undefined && <span className="dim num">{count.toLocaleString('en-US')}</span>}
      </h2>
      {query.isPending ? (
        <SkeletonRows rows={3} />
      ) : query.isError ? (
        <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      ) : rows.length === 0 ? (
        <p className="dim small board-empty">None</p>
      ) : (
        <ul>
          {rows.map((row) => (
            <li key={row.id}>
              <Card row={row} />
            </li>
          ))}
        </ul>
      )}
      {query.hasNextPage && (
        <button type="button" className="text-button" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          Show more
        </button>
      )}
    </section>
  );
}

function Card({ row }: { row: EstimateRow }) {
  return (
    <Link {...estimateLink(row)} className="board-card">
      <span className="spread">
        <span className="strong clip">{row.customer.name}</span>
        <Money minor={row.standing.chosenMinor ?? row.standing.totalMinor} currency={row.currency} className="strong" />
      </span>
      <span className="spread small">
        <span className="dim num">
          {numberText(row)}
          {row.amends !== null && ' · change order'} · <Day day={row.listedOn} />
        </span>
        <Beside row={row} />
      </span>
      {(row.status === 'sent' || row.status === 'expired') && (
        <span className="small">
          <ValidUntil row={row} />
        </span>
      )}
      {row.standing.reason !== '' && <span className="small dim board-reason">{row.standing.reason}</span>}
    </Link>
  );
}
