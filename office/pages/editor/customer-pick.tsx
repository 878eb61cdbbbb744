import './customer-pick.css';
import { Skeleton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import IconSearch from '@tabler/icons-react/dist/esm/icons/IconSearch.mjs';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { customerPickQuery } from '../../api/queries.ts';
import type { CustomerRow } from '../../api/types.ts';
import { Money } from '../../parts/money.tsx';
import { ProblemNote } from '../../parts/notes.tsx';
import { SidePanel } from '../../parts/side-panel.tsx';
import { NewCustomerForm } from '../customers/customer-form.tsx';

/** Whom the invoice is for, found as one types. The arrow keys choose, Enter takes. */
export function CustomerPick({ onPick, busy }: { onPick: (customer: { id: string; name: string }) => void; busy: boolean }) {
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const [adding, setAdding] = useState(false);
  const [q] = useDebouncedValue(typed.trim(), 120);
  const found = useQuery(customerPickQuery(q));
  const rows = found.data?.items ?? [];
  const last = rows.length;
  const press = (event: React.KeyboardEvent): void => {
    if (event.key === 'ArrowDown') setAt(Math.min(last, at + 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(0, at - 1));
    else if (event.key === 'Enter') {
      const row = rows[at];
      if (row) onPick(row);
      else setAdding(true);
    } else return;
    event.preventDefault();
  };
  return (
    <div className="pick card" data-busy={busy || undefined}>
      <div className="finder-head">
        <IconSearch size={18} aria-hidden className="dim" />
        <input
          // biome-ignore lint/a11y/noAutofocus: the one thing to do here
          autoFocus
          className="finder-input"
          placeholder="Name, phone, e-mail or address"
          aria-label="Customer"
          role="combobox"
          aria-expanded
          aria-controls="customers-found"
          aria-activedescendant={`customer-${at}`}
          value={typed}
          disabled={busy}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={press}
        />
      </div>
      {found.isError && <ProblemNote error={found.error} onRetry={() => void found.refetch()} />}
      <div role="listbox" id="customers-found" aria-label="Found" className="pick-list">
        {found.isPending ? (
          <PickSkeleton />
        ) : (
          rows.map((row, index) => (
            <PickRow key={row.id} row={row} id={`customer-${index}`} chosen={index === at} onHover={() => setAt(index)} onPick={() => onPick(row)} />
          ))
        )}
        <button
          type="button"
          role="option"
          tabIndex={-1}
          id={`customer-${last}`}
          aria-selected={at === last}
          className="finding"
          onMouseMove={() => setAt(last)}
          onClick={() => setAdding(true)}
        >
          <IconPlus size={17} aria-hidden className="dim" />
          <span>{q === '' ? 'New customer' : `New customer “${q}”`}</span>
        </button>
      </div>
      {adding && <AddCustomer start={q} onClose={() => setAdding(false)} onPick={onPick} />}
    </div>
  );
}

function AddCustomer({ start, onClose, onPick }: { start: string; onClose: () => void; onPick: (customer: { id: string; name: string }) => void }) {
  return (
    <SidePanel title="New customer" onClose={onClose}>
      <NewCustomerForm
        start={start}
        onDone={(customer) => {
          onClose();
          onPick(customer);
        }}
      />
    </SidePanel>
  );
}

function PickRow({ row, id, chosen, onHover, onPick }: { row: CustomerRow; id: string; chosen: boolean; onHover: () => void; onPick: () => void }) {
  return (
    <button type="button" role="option" tabIndex={-1} id={id} aria-selected={chosen} className="finding" onMouseMove={onHover} onClick={onPick}>
      <span className="strong clip">{row.name}</span>
      <span className="grow clip dim small">{[row.city, row.contact?.phone, row.contact?.email].filter((part) => part).join(' · ')}</span>
      {row.balanceMinor > 0 && (
        <span className="dim small num">
          owes <Money minor={row.balanceMinor} currency={row.currency} />
        </span>
      )}
    </button>
  );
}

function PickSkeleton() {
  return ['55%', '42%', '60%', '48%'].map((width) => (
    <div className="finding" key={width} aria-hidden>
      <Skeleton height={11} width={width} />
    </div>
  ));
}
