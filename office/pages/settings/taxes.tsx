import { ActionIcon, Button, Select, Switch, TextInput } from '@mantine/core';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { formatRate } from '../../../src/core/money-format.ts';
import { parseRate } from '../../../src/core/money-parse.ts';
import { freshId } from '../../api/fresh-id.ts';
import { taxRatesQuery } from '../../api/queries.ts';
import type { TaxRate } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { DecimalField } from '../../parts/decimal-field.tsx';
import { Form, FormProblem } from '../../parts/form.tsx';
import { ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Section } from '../../parts/page.tsx';
import { SidePanel } from '../../parts/side-panel.tsx';
import { toast } from '../../parts/toast.ts';
import { SectionForm, useSection } from './section-form.tsx';
import type { SectionProps } from './settings.tsx';

const rateText = (ppm: number): string => formatRate(BigInt(ppm), 'en');

export function Taxes({ settings }: SectionProps) {
  const form = useSection(settings, 'billing');
  const rates = useQuery(taxRatesQuery);
  const [open, setOpen] = useState<TaxRate | 'new' | null>(null);
  const list = rates.data?.items ?? [];
  return (
    <>
      <Section
        title="Tax rates"
        id="tax-rates"
        actions={
          <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setOpen('new')}>
            Add tax rate
          </Button>
        }
      >
        {rates.isPending ? (
          <SkeletonRows rows={2} />
        ) : rates.isError ? (
          <ProblemNote error={rates.error} onRetry={() => void rates.refetch()} />
        ) : list.length === 0 ? (
          <p className="dim small">No tax is charged. Add a rate to charge one.</p>
        ) : (
          <table className="list">
            <tbody>
              {list.map((rate) => (
                <tr key={rate.id}>
                  <td>
                    <button type="button" className="row-link text-row" onClick={() => setOpen(rate)}>
                      {rate.name}
                    </button>
                    {rate.components.length > 1 && (
                      <span className="dim small"> · {rate.components.map((part) => `${part.name} ${rateText(part.ratePpm)}`).join(' + ')}</span>
                    )}
                  </td>
                  <td className="end num">{rateText(rate.ratePpm)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Section>
      <SectionForm form={form}>
        <Select
          label="Usual tax rate"
          description="For new lines, unless item or property say otherwise"
          placeholder="No tax"
          clearable
          maw={320}
          data={list.map((rate) => ({ value: rate.id, label: `${rate.name} ${rateText(rate.ratePpm)}` }))}
          value={form.value.defaultTaxRateId}
          onChange={(defaultTaxRateId) => form.set({ defaultTaxRateId })}
        />
        <Switch
          label="Prices include tax"
          checked={form.value.pricesIncludeTax}
          onChange={(event) => form.set({ pricesIncludeTax: event.currentTarget.checked })}
        />
      </SectionForm>
      {open !== null && (
        <SidePanel title={open === 'new' ? 'Add tax rate' : 'Edit tax rate'} onClose={() => setOpen(null)}>
          <RateForm rate={open === 'new' ? null : open} onDone={() => setOpen(null)} />
        </SidePanel>
      )}
    </>
  );
}

type Part = { key: string; name: string; ratePpm: number | null };

function RateForm({ rate, onDone }: { rate: TaxRate | null; onDone: () => void }) {
  const id = useRef(freshId('taxRate'));
  const [name, setName] = useState(rate?.name ?? '');
  const [parts, setParts] = useState<Part[]>(() => (rate?.components ?? [{ name: '', ratePpm: null }]).map((part) => ({ ...part, key: crypto.randomUUID() })));
  const options = { renew: ['tax-rates', 'items'], done: onDone, failed: () => true };
  const add = useAct('addTaxRate', options);
  const change = useAct('changeTaxRate', options);
  const act = rate === null ? add : change;
  const set = (key: string, next: Partial<Part>): void => setParts((before) => before.map((part) => (part.key === key ? { ...part, ...next } : part)));
  const complete = name.trim() !== '' && parts.every((part) => part.ratePpm !== null && (parts.length === 1 || part.name.trim() !== ''));
  const submit = (): void => {
    const components = parts.map((part) => ({ name: part.name.trim() || name.trim(), ratePpm: part.ratePpm ?? 0 }));
    if (rate === null) add.mutate({ body: { id: id.current, name, components }, key: id.current });
    else change.mutate({ params: { taxRateId: rate.id }, body: { name, components } });
  };
  return (
    <Form
      onSubmit={() => {
        if (complete) submit();
      }}
    >
      <TextInput
        label="Name on invoices"
        placeholder="Sales tax"
        data-autofocus
        value={name}
        maxLength={60}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {parts.map((part) => (
        <PartRow
          key={part.key}
          part={part}
          several={parts.length > 1}
          onChange={(next) => set(part.key, next)}
          onRemove={() => setParts(parts.filter(({ key }) => key !== part.key))}
        />
      ))}
      {parts.length < 8 && (
        <div>
          <button type="button" className="text-button" onClick={() => setParts([...parts, { key: crypto.randomUUID(), name: '', ratePpm: null }])}>
            {parts.length === 1 ? 'Made of several parts (state, county)' : 'Add part'}
          </button>
        </div>
      )}
      <FormProblem error={act.error} />
      <div className="form-foot">
        <Button type="submit" loading={act.isPending} disabled={!complete}>
          {rate === null ? 'Add tax rate' : 'Save changes'}
        </Button>
        {rate !== null && (
          <Button
            variant="subtle"
            color="gray"
            onClick={() =>
              change.mutate(
                { params: { taxRateId: rate.id }, body: { archived: true } },
                { onSuccess: () => toast(`${rate.name} is archived; issued invoices keep it`) },
              )
            }
          >
            Archive
          </Button>
        )}
      </div>
    </Form>
  );
}

type PartProps = { part: Part; several: boolean; onChange: (next: Partial<Part>) => void; onRemove: () => void };

function PartRow({ part, several, onChange, onRemove }: PartProps) {
  return (
    <div className="row" style={{ alignItems: 'flex-end' }}>
      {several && (
        <TextInput
          className="grow"
          label="Part"
          placeholder="State"
          value={part.name}
          maxLength={60}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
      )}
      <DecimalField
        label="Rate"
        placeholder="8.25%"
        w={several ? 110 : 160}
        value={part.ratePpm}
        read={(text) => Number(parseRate(text))}
        write={rateText}
        wrongWords="Between 0 and 100%"
        onValue={(ratePpm) => onChange({ ratePpm })}
      />
      {several && (
        <ActionIcon mb={6} aria-label={`Remove ${part.name || 'part'}`} onClick={onRemove}>
          <IconX size={16} aria-hidden />
        </ActionIcon>
      )}
    </div>
  );
}
