import { Button, Select } from '@mantine/core';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { customersQuery } from '../../api/queries.ts';
import type { CustomerRow } from '../../api/types.ts';
import { ButtonLink } from '../../parts/links.tsx';
import { useListKeys } from '../../parts/list-keys.ts';
import { ListSearch, MoreRows } from '../../parts/list-tools.tsx';
import { Money } from '../../parts/money.tsx';
import { Empty, ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Page } from '../../parts/page.tsx';
import { SidePanel } from '../../parts/side-panel.tsx';
import { NewCustomerForm } from './customer-form.tsx';
import { kindLabel } from './kinds.ts';

const route = getRouteApi('/office/customers');

const views = [
  { value: 'all', label: 'All customers' },
  { value: 'owing', label: 'Owing something' },
  { value: 'residential', label: 'Homeowners' },
  { value: 'commercial', label: 'Companies' },
  { value: 'property_manager', label: 'Property managers' },
  { value: 'archived', label: 'Archived' },
];

function filterOf(show: string, q: string): Parameters<typeof customersQuery>[0] {
  const search = q === '' ? {} : { q };
  if (show === 'owing') return { ...search, owing: true, sort: 'balance' };
  if (show === 'archived') return { ...search, archived: true };
  if (show === 'residential' || show === 'commercial' || show === 'property_manager') return { ...search, kind: show };
  return search;
}

export default function Customers() {
  const { q = '', show = 'all', new: adding } = route.useSearch();
  const navigate = useNavigate({ from: '/customers' });
  const query = useInfiniteQuery(customersQuery(filterOf(show, q)));
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const setAdding = (on: boolean): void => void navigate({ search: (before) => ({ ...before, new: on ? 'yes' : undefined }) });
  return (
    <Page
      title="Customers"
      actions={
        <>
          <ButtonLink to="/import" variant="default" visibleFrom="sm">
            Import
          </ButtonLink>
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
            New customer
          </Button>
        </>
      }
    >
      <div className="toolbar">
        <ListSearch
          label="Search customers"
          placeholder="Name, e-mail, phone or address"
          value={q}
          onChange={(text) => void navigate({ search: (before) => ({ ...before, q: text || undefined }), replace: true })}
        />
        <Select
          aria-label="Show"
          data={views}
          value={show}
          w={170}
          allowDeselect={false}
          onChange={(value) => void navigate({ search: (before) => ({ ...before, show: value === 'all' ? undefined : (value ?? undefined) }) })}
        />
      </div>
      {query.isPending ? (
        <SkeletonRows />
      ) : query.isError && rows.length === 0 ? (
        <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      ) : rows.length === 0 ? (
        <NoCustomers searching={q !== '' || show !== 'all'} onAdd={() => setAdding(true)} />
      ) : (
        <CustomerTable rows={rows} />
      )}
      <MoreRows query={query} />
      {adding !== undefined && (
        <SidePanel title="New customer" onClose={() => setAdding(false)}>
          <NewCustomerForm start={q} onDone={(customer) => void navigate({ to: '/customers/$customerId', params: { customerId: customer.id } })} />
        </SidePanel>
      )}
    </Page>
  );
}

function NoCustomers({ searching, onAdd }: { searching: boolean; onAdd: () => void }) {
  if (searching) return <Empty title="No customer fits">Try fewer letters, a phone number or part of the address.</Empty>;
  return (
    <Empty title="No customers yet" action={<Button onClick={onAdd}>Add your first customer</Button>}>
      Add one by hand, or{' '}
      <Link to="/import" className="link">
        bring them in from a file
      </Link>
      .
    </Empty>
  );
}

function CustomerTable({ rows }: { rows: readonly CustomerRow[] }) {
  const list = useRef<HTMLTableElement>(null);
  useListKeys(list);
  return (
    <table className="list" ref={list}>
      <thead>
        <tr>
          <th>Customer</th>
          <th className="only-desk">Contact</th>
          <th className="only-desk">City</th>
          <th className="only-desk end">Properties</th>
          <th className="end only-desk">Overdue</th>
          <th className="end">Balance</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td className="clip w32">
              <Link to="/customers/$customerId" params={{ customerId: row.id }} className="row-link strong" data-id={row.id}>
                {row.name}
              </Link>
              {row.kind !== 'residential' && <span className="dim small only-desk"> · {kindLabel(row.kind)}</span>}
              <span className="second only-phone clip">{row.contact?.phone || row.contact?.email || kindLabel(row.kind)}</span>
            </td>
            <td className="only-desk clip w28">
              {row.contact && row.contact.name !== row.name && <span>{row.contact.name} </span>}
              <span className="dim">{row.contact?.email || row.contact?.phone}</span>
            </td>
            <td className="only-desk dim clip w14">{row.city}</td>
            <td className="only-desk end num dim">{row.properties > 1 ? row.properties : ''}</td>
            <td className="end only-desk">{row.overdueMinor > 0 && <Money minor={row.overdueMinor} currency={row.currency} className="bad" />}</td>
            <td className="end">
              <Money minor={row.balanceMinor} currency={row.currency} dimZero />
              {row.overdueMinor > 0 && <span className="second only-phone bad">overdue</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
