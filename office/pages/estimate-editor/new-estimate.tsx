import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { estimateQuery } from '../../api/estimate-queries.ts';
import { freshId } from '../../api/fresh-id.ts';
import { useAct } from '../../parts/act.ts';
import { ProblemNote } from '../../parts/notes.tsx';
import { Page } from '../../parts/page.tsx';
import { CustomerPick } from '../editor/customer-pick.tsx';
import { rememberFresh } from '../editor/fresh-draft.ts';

const route = getRouteApi('/office/estimates/new');

/** For whom it is. With the customer known the draft exists, and everything else is kept as it is typed. */
export default function NewEstimate() {
  const { customer } = route.useSearch();
  const navigate = useNavigate();
  const id = useRef(freshId('estimate'));
  const create = useAct('createEstimate', {
    renew: ['estimates'],
    done: (estimate, _, client) => {
      client.setQueryData(estimateQuery(estimate.id).queryKey, estimate);
      rememberFresh(estimate.id);
      return navigate({ to: '/estimates/$estimateId/edit', params: { estimateId: estimate.id }, replace: true });
    },
    failed: () => true,
  });
  const begin = (customerId: string): void => create.mutate({ body: { id: id.current, customerId }, key: id.current });
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, for the customer in the address
  useEffect(() => {
    if (customer) begin(customer);
  }, [customer]);
  return (
    <Page title="New estimate" lead="For whom is it?">
      {create.isError && <ProblemNote error={create.error} title="The draft could not be begun" />}
      {(!customer || create.isError) && <CustomerPick busy={create.isPending} onPick={({ id: customerId }) => begin(customerId)} />}
    </Page>
  );
}
