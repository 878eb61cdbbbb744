import '../invoice/invoice.css';
import './estimate.css';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, Navigate } from '@tanstack/react-router';
import { call } from '../../api/client.ts';
import { estimateLinksQuery, estimateQuery, estimateTimelineQuery } from '../../api/estimate-queries.ts';
import type { Estimate as EstimateFacts } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Day, Moment } from '../../parts/days.tsx';
import { EstimateMark } from '../../parts/estimate-mark.tsx';
import { ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { Timeline } from '../../parts/timeline.tsx';
import { toast } from '../../parts/toast.ts';
import { ValidUntil } from '../estimates/estimate-table.tsx';
import { OpenersPart } from '../invoice/openers.tsx';
import { EstimateActions } from './actions.tsx';
import { Approvals } from './approvals.tsx';
import { ContractPart } from './contract.tsx';
import { Notices } from './notices.tsx';
import { EstimatePaper } from './paper.tsx';
import { Versions } from './versions.tsx';

const route = getRouteApi('/office/estimates/$estimateId');

export default function Estimate() {
  const { estimateId } = route.useParams();
  const query = useQuery(estimateQuery(estimateId));
  const estimate = query.data;
  if (estimate === undefined) {
    return <Page title="Estimate">{query.isError ? <ProblemNote error={query.error} onRetry={() => void query.refetch()} /> : <SkeletonRows />}</Page>;
  }
  if (estimate.draft !== null) return <Navigate to="/estimates/$estimateId/edit" params={{ estimateId }} replace />;
  return (
    <Page
      title={`${estimate.amends ? 'Change order' : 'Estimate'} ${estimate.number ?? ''}`}
      heading={
        <h1 className="row wrap" style={{ gap: '0.25rem 0.75rem' }}>
          <span className="num">{estimate.number}</span>
          {(estimate.revision > 1 || estimate.versions.length > 1) && <span className="dim num">R{estimate.revision}</span>}
          <EstimateMark status={estimate.status} standing={estimate.standing} />
        </h1>
      }
      lead={<Lead estimate={estimate} />}
      actions={<EstimateActions estimate={estimate} />}
    >
      <Notices estimate={estimate} />
      <div className="two">
        <div>
          {estimate.paper && <EstimatePaper estimate={estimate} paper={estimate.paper} />}
          <ContractPart estimate={estimate} />
          <Approvals estimate={estimate} />
          <Versions estimate={estimate} />
        </div>
        <aside>
          <Openers estimate={estimate} />
          <EstimateTimeline estimateId={estimateId} />
        </aside>
      </div>
    </Page>
  );
}

function Lead({ estimate }: { estimate: EstimateFacts }) {
  return (
    <span className="row wrap" style={{ gap: '0 0.5rem' }}>
      <Link to="/customers/$customerId" params={{ customerId: estimate.customer.id }} className="link">
        {estimate.customer.name}
      </Link>
      {estimate.amends && (
        <span>
          · change order of{' '}
          <Link to="/estimates/$estimateId" params={{ estimateId: estimate.amends.id }} className="link num">
            {estimate.amends.number}
          </Link>
        </span>
      )}
      {estimate.job && (
        <span>
          ·{' '}
          <Link to="/jobs/$jobId" params={{ jobId: estimate.job.id }} className="link num">
            job {estimate.job.number}
          </Link>
        </span>
      )}
      {estimate.issuedOn && (
        <span>
          · <Day day={estimate.issuedOn} />
        </span>
      )}
      {estimate.validUntil && (estimate.status === 'sent' || estimate.status === 'expired') && (
        <span>
          · valid until <ValidUntil row={estimate} />
        </span>
      )}
      <span>
        ·{' '}
        {estimate.openedAt !== null ? (
          <>
            opened <Moment at={estimate.openedAt} />
          </>
        ) : estimate.lastMailedAt !== null ? (
          <>
            mailed <Moment at={estimate.lastMailedAt} />, not opened yet
          </>
        ) : estimate.shown ? (
          'shown in the portal'
        ) : (
          'the customer cannot see it yet'
        )}
      </span>
    </span>
  );
}

function Openers({ estimate }: { estimate: EstimateFacts }) {
  const query = useQuery(estimateLinksQuery(estimate.id));
  const params = { estimateId: estimate.id };
  const revoke = useAct('revokeEstimateLink', { renew: ['links', 'events'], done: () => toast('The link has ended') });
  return (
    <OpenersPart
      noun="estimate"
      shown={estimate.shown}
      query={query}
      onCopy={(link) => call('copyEstimateLink', { params: { ...params, linkId: link.id } })}
      onEnd={(link) => revoke.mutateAsync({ params: { ...params, linkId: link.id } })}
    />
  );
}

function EstimateTimeline({ estimateId }: { estimateId: string }) {
  const query = useInfiniteQuery(estimateTimelineQuery(estimateId));
  const events = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Section title="Timeline" id="timeline">
      {query.isPending ? (
        <SkeletonRows rows={5} />
      ) : query.isError ? (
        <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Timeline events={events} more={query.hasNextPage ? { load: query.fetchNextPage, busy: query.isFetchingNextPage } : undefined} />
      )}
    </Section>
  );
}
