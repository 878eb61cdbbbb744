import { useQuery } from '@tanstack/react-query';
import { feedQuery } from '../../api/queries.ts';
import type { Event } from '../../api/types.ts';
import { ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Timeline } from '../../parts/timeline.tsx';

const shown = 25;

/** Everything as it happens, newest first. */
export function Feed() {
  const feed = useQuery(feedQuery);
  if (feed.isPending) return <SkeletonRows rows={6} />;
  if (feed.isError) return <ProblemNote error={feed.error} onRetry={() => void feed.refetch()} />;
  if (feed.data.items.length === 0) return <p className="dim small">What you and your customers do will show up here.</p>;
  return <Timeline events={feed.data.items.filter(isNews).slice(0, shown)} show={{ customer: true, invoice: true }} />;
}

/** Bare visits, imports row by row and mails that only confirm something are no news. */
function isNews({ kind, data }: Event): boolean {
  if (kind === 'mail.sent') return String(data['kind']).startsWith('invoice');
  return kind !== 'invoice.visited' && kind !== 'invoice.imported';
}
