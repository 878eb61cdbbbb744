import { Modal } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { Icon } from '@tabler/icons-react';
import IconCustomer from '@tabler/icons-react/dist/esm/icons/IconAddressBook.mjs';
import IconProperty from '@tabler/icons-react/dist/esm/icons/IconBuilding.mjs';
import IconPayment from '@tabler/icons-react/dist/esm/icons/IconCoin.mjs';
import IconItem from '@tabler/icons-react/dist/esm/icons/IconListDetails.mjs';
import IconInvoice from '@tabler/icons-react/dist/esm/icons/IconReceipt.mjs';
import IconSearch from '@tabler/icons-react/dist/esm/icons/IconSearch.mjs';
import IconPerson from '@tabler/icons-react/dist/esm/icons/IconUser.mjs';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { searchQuery } from '../api/queries.ts';
import type { Finding } from '../api/types.ts';
import { Money } from '../parts/money.tsx';
import { StatusMark } from '../parts/status-mark.tsx';
import { places } from './places.ts';

const icons: Readonly<Record<Finding['kind'], Icon>> = {
  customer: IconCustomer,
  property: IconProperty,
  person: IconPerson,
  invoice: IconInvoice,
  payment: IconPayment,
  item: IconItem,
};

type Row = { key: string; icon: Icon; title: string; detail: string; open: () => void; end?: React.ReactNode };

/** Find anything by what people remember of it; the arrow keys choose, Enter opens. */
export default function SearchPanel({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const [q] = useDebouncedValue(typed.trim(), 120);
  const found = useQuery({ ...searchQuery(q), enabled: q !== '' });
  const go = (open: () => unknown) => () => {
    onClose();
    void open();
  };
  const rows: Row[] =
    q === ''
      ? places.map((place) => ({ key: place.to, icon: place.icon, title: place.label, detail: '', open: go(() => navigate({ to: place.to })) }))
      : (found.data?.items ?? []).map((finding) => ({
          key: `${finding.kind} ${finding.id}`,
          icon: icons[finding.kind],
          title: finding.title,
          detail: finding.detail,
          open: go(() => openFinding(finding, navigate)),
          end: <FindingEnd finding={finding} />,
        }));
  const chosen = Math.min(at, Math.max(0, rows.length - 1));
  const press = (event: React.KeyboardEvent): void => {
    if (event.key === 'ArrowDown') setAt((chosen + 1) % Math.max(1, rows.length));
    else if (event.key === 'ArrowUp') setAt((chosen - 1 + rows.length) % Math.max(1, rows.length));
    else if (event.key === 'Enter') rows[chosen]?.open();
    else return;
    event.preventDefault();
  };
  return (
    <Modal opened onClose={onClose} withCloseButton={false} padding={0} size={600} yOffset="12vh" centered={false} aria-label="Search">
      <div className="finder">
        <div className="finder-head">
          <IconSearch size={18} aria-hidden className="dim" />
          <input
            data-autofocus
            className="finder-input"
            placeholder="Name, number, address, phone or amount"
            aria-label="Search"
            role="combobox"
            aria-expanded
            aria-controls="findings"
            aria-activedescendant={rows[chosen] ? `finding-${chosen}` : undefined}
            value={typed}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              setAt(0);
            }}
            onKeyDown={press}
          />
          <kbd>Esc</kbd>
        </div>
        <div id="findings" role="listbox" aria-label="Found" className="finder-list">
          {rows.map((row, index) => (
            <FindingRow key={row.key} row={row} id={`finding-${index}`} chosen={index === chosen} onHover={() => setAt(index)} />
          ))}
          {q !== '' && rows.length === 0 && <p className="finder-none dim">{found.isFetching ? 'Looking…' : `Nothing found for “${q}”.`}</p>}
        </div>
      </div>
    </Modal>
  );
}

function FindingRow({ row, id, chosen, onHover }: { row: Row; id: string; chosen: boolean; onHover: () => void }) {
  return (
    <button id={id} type="button" role="option" tabIndex={-1} aria-selected={chosen} className="finding" onMouseMove={onHover} onClick={row.open}>
      <row.icon size={17} stroke={1.75} aria-hidden className="dim" />
      <span className="clip strong">{row.title}</span>
      <span className="grow clip dim small">{row.detail}</span>
      {row.end}
    </button>
  );
}

function FindingEnd({ finding }: { finding: Finding }) {
  return (
    <>
      {finding.status !== null && <StatusMark status={finding.status} />}
      {finding.amountMinor !== null && <Money minor={finding.amountMinor} currency={finding.currency ?? undefined} />}
    </>
  );
}

function openFinding(finding: Finding, navigate: ReturnType<typeof useNavigate>): Promise<void> {
  if (finding.kind === 'invoice') return navigate({ to: '/invoices/$invoiceId', params: { invoiceId: finding.id } });
  if (finding.kind === 'payment') return navigate({ to: '/payments/$paymentId', params: { paymentId: finding.id } });
  if (finding.kind === 'item') return navigate({ to: '/settings/$section', params: { section: 'price-book' } });
  return navigate({ to: '/customers/$customerId', params: { customerId: finding.customerId ?? finding.id } });
}
