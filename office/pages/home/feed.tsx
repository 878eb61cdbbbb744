import { useQuery } from '@tanstack/react-query';
import { feedQuery } from '../../api/queries.ts';
import { ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Timeline } from '../../parts/timeline.tsx';

const shown = 25;

/** Everything as it happens, newest first. */
export function Feed() {
  const feed = useQuery(feedQuery);
  if (feed.isPending) return <SkeletonRows rows={6} />;
  if (feed.isError) return <ProblemNote error={feed.error} onRetry={() => void feed.refetch()} />;
  if (feed.data.items.length === 0) return <p className="dim small">What you and your customers do will show up here.</p>;
  return (
    <Timeline
      events={feed.data.items.filter(({ kind }) => kind !== 'invoice.visited' && kind !== 'invoice.imported').slice(0, shown)}
      show={{ customer: true, invoice: true }}
    />
  );
}
