import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { freshId } from '../../api/fresh-id.ts';
import { invoiceQuery } from '../../api/queries.ts';
import { useAct } from '../../parts/act.ts';
import { ProblemNote } from '../../parts/notes.tsx';
import { Page } from '../../parts/page.tsx';
import { CustomerPick } from './customer-pick.tsx';
import { rememberFresh } from './fresh-draft.ts';

const route = getRouteApi('/office/invoices/new');

/** The first press of an invoice: for whom. With the customer known the draft exists, and everything else is kept as it is typed. */
export default function NewInvoice() {
  const { customer } = route.useSearch();
  const navigate = useNavigate();
  const id = useRef(freshId('invoice'));
  const create = useAct('createDraft', {
    renew: ['invoices'],
    done: (invoice, _, client) => {
      client.setQueryData(invoiceQuery(invoice.id).queryKey, invoice);
      rememberFresh(invoice.id);
      return navigate({ to: '/invoices/$invoiceId/edit', params: { invoiceId: invoice.id }, replace: true });
    },
    failed: () => true,
  });
  const begin = (customerId: string): void => create.mutate({ body: { id: id.current, customerId }, key: id.current });
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, for the customer in the address
  useEffect(() => {
    if (customer) begin(customer);
  }, [customer]);
  return (
    <Page
      title="New invoice"
      lead={
        <span>
          For whom is it?{' '}
          <Link to="/estimates/new" search={customer ? { customer } : {}} className="link">
            Write an estimate instead
          </Link>
        </span>
      }
    >
      {create.isError && <ProblemNote error={create.error} title="The draft could not be begun" />}
      {(!customer || create.isError) && <CustomerPick busy={create.isPending} onPick={({ id: customerId }) => begin(customerId)} />}
    </Page>
  );
}
