import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { customerTimelineQuery } from '../../api/queries.ts';
import { Empty, ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Section } from '../../parts/page.tsx';
import { Timeline } from '../../parts/timeline.tsx';

const topics = [
  ['all', 'Everything'],
  ['money', 'Money'],
  ['documents', 'Invoices'],
  ['work', 'Work'],
  ['mails', 'Mail and links'],
  ['questions', 'Questions'],
  ['account', 'Account'],
] as const;
type Topic = (typeof topics)[number][0];

/** Everything that ever passed between the business and this customer; narrowed to one thing by a press. */
export function CustomerTimeline({ customerId }: { customerId: string }) {
  const [about, setAbout] = useState<Topic>('all');
  const query = useInfiniteQuery(customerTimelineQuery(customerId, about === 'all' ? {} : { about }));
  const events = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Section title="Timeline" id="timeline">
      <fieldset className="topics" aria-label="What the timeline shows">
        {topics.map(([topic, label]) => (
          <button key={topic} type="button" className="topic" aria-pressed={topic === about} onClick={() => setAbout(topic)}>
            {label}
          </button>
        ))}
      </fieldset>
      {query.isPending ? (
        <SkeletonRows rows={4} />
      ) : query.isError ? (
        <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      ) : events.length === 0 ? (
        <Empty title="Nothing yet">{about === 'all' ? 'What happens with this customer is told here.' : 'Nothing of this kind has happened.'}</Empty>
      ) : (
        <Timeline
          events={events}
          show={{ invoice: true }}
          more={query.hasNextPage ? { load: query.fetchNextPage, busy: query.isFetchingNextPage } : undefined}
        />
      )}
    </Section>
  );
}
