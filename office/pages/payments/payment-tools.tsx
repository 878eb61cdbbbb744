import { Button, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import IconDownload from '@tabler/icons-react/dist/esm/icons/IconDownload.mjs';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { customerQuery } from '../../api/queries.ts';
import { useAct } from '../../parts/act.ts';
import { ListSearch } from '../../parts/list-tools.tsx';
import { PeriodPicker } from '../../parts/period-picker.tsx';
import { saveFile } from '../../parts/save-file.ts';
import { amountRange, type askedBy, methods, states, type Words } from './payment-filter.ts';

type Props = { words: Words; currency: string; onChange: (next: { [Name in keyof Words]: string | undefined }) => void };

export function PaymentTools({ words, currency, onChange }: Props) {
  return (
    <div className="toolbar">
      <ListSearch
        label="Search payments"
        placeholder="Customer, receipt, reference or amount"
        value={words.q ?? ''}
        onChange={(q) => onChange({ q: q || undefined })}
      />
      <PeriodPicker from={words.from} to={words.to} onChange={onChange} />
      <Select
        aria-label="How it was paid"
        data={[{ value: 'any', label: 'Any way' }, ...methods]}
        value={words.method ?? 'any'}
        w={140}
        allowDeselect={false}
        onChange={(value) => onChange({ method: value === 'any' ? undefined : (value ?? undefined) })}
      />
      {(words.tab ?? 'all') === 'all' && (
        <Select
          aria-label="State"
          data={[{ value: 'any', label: 'Any state' }, ...states]}
          value={words.state ?? 'any'}
          w={140}
          allowDeselect={false}
          onChange={(value) => onChange({ state: value === 'any' ? undefined : (value ?? undefined) })}
        />
      )}
      <AmountField value={words.amount ?? ''} currency={currency} onChange={(amount) => onChange({ amount: amount || undefined })} />
    </div>
  );
}

/** One amount, or from one to another. */
function AmountField({ value, currency, onChange }: { value: string; currency: string; onChange: (amount: string) => void }) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const say = useDebouncedCallback((text: string) => onChange(text), 300);
  const wrong = typed.trim() !== '' && amountRange(typed, currency) === null;
  return (
    <TextInput
      aria-label="Amount, or from–to"
      placeholder="Amount or 100–500"
      w={150}
      value={typed}
      maxLength={40}
      error={wrong ? 'Not an amount' : undefined}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        if (text.trim() === '' || amountRange(text, currency) !== null) say(text.trim());
      }}
    />
  );
}

/** Whose payments only, where the address names a customer. */
export function OnlyOf({ customerId, onAll }: { customerId: string; onAll: () => void }) {
  const customer = useQuery(customerQuery(customerId));
  return (
    <div className="totals-line num" role="status">
      <span>
        Only <span className="strong">{customer.data?.name ?? '…'}</span>
        <button type="button" className="text-button" onClick={onAll}>
          Show all
        </button>
      </span>
    </div>
  );
}

/** The payments shown, as a file. Whoever was not asked for a code lately is asked first. */
export function DownloadPayments({ asked }: { asked: ReturnType<typeof askedBy> }) {
  const download = useAct('downloadPayments', { done: (bytes) => saveFile(bytes as Blob, 'payments.csv') });
  return (
    <Button
      variant="default"
      aria-label="Download CSV"
      leftSection={<IconDownload size={16} aria-hidden />}
      loading={download.isPending}
      onClick={() => download.mutate({ query: asked })}
    >
      <span className="only-desk">Download&nbsp;</span>CSV
    </Button>
  );
}
