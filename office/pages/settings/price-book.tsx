import { Button, Select, Switch, Textarea, TextInput } from '@mantine/core';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { decimalText, exponentOf } from '../../../src/core/money.ts';
import { currencySign, formatUnitPrice } from '../../../src/core/money-format.ts';
import { parseUnitPrice } from '../../../src/core/money-parse.ts';
import { freshId } from '../../api/fresh-id.ts';
import { ApiProblem } from '../../api/problem.ts';
import { itemsQuery, taxRatesQuery } from '../../api/queries.ts';
import type { Item } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { DecimalField } from '../../parts/decimal-field.tsx';
import { Form, FormProblem } from '../../parts/form.tsx';
import { ListSearch } from '../../parts/list-tools.tsx';
import { Empty, ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { SidePanel } from '../../parts/side-panel.tsx';
import { toast } from '../../parts/toast.ts';

/** What the business sells, to be put on an invoice with one press. */
export function PriceBook() {
  const { currency } = useOffice().business;
  const [q, setQ] = useState('');
  const [open, setOpen] = useState<Item | 'new' | null>(null);
  const items = useQuery(itemsQuery(q));
  return (
    <>
      <div className="toolbar">
        <ListSearch label="Search the price book" placeholder="Item" value={q} onChange={setQ} />
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen('new')}>
          Add item
        </Button>
      </div>
      {items.isPending ? (
        <SkeletonRows rows={5} />
      ) : items.isError ? (
        <ProblemNote error={items.error} onRetry={() => void items.refetch()} />
      ) : items.data.items.length === 0 ? (
        <Empty title={q === '' ? 'The price book is empty' : 'No item fits'}>Items come up as you type on an invoice.</Empty>
      ) : (
        <table className="list">
          <tbody>
            {items.data.items.map((item) => (
              <tr key={item.id}>
                <td className="clip w70">
                  <button type="button" className="row-link text-row" onClick={() => setOpen(item)}>
                    {item.name}
                  </button>
                  <span className="second clip">{item.description}</span>
                </td>
                <td className="end num">
                  {formatUnitPrice(BigInt(item.unitPriceMilli), currency, 'en')}
                  {item.unit !== '' && <span className="dim"> / {item.unit}</span>}
                  {!item.taxable && <span className="second">not taxed</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {open !== null && (
        <SidePanel title={open === 'new' ? 'Add item' : 'Edit item'} onClose={() => setOpen(null)}>
          <ItemForm item={open === 'new' ? null : open} start={q} onDone={() => setOpen(null)} />
        </SidePanel>
      )}
    </>
  );
}

type Fields = Pick<Item, 'name' | 'description' | 'unit' | 'unitPriceMilli' | 'taxRateId' | 'taxable'>;

function ItemForm({ item, start, onDone }: { item: Item | null; start: string; onDone: () => void }) {
  const id = useRef(freshId('item'));
  const [fields, setFields] = useState<Fields>({
    name: item?.name ?? start,
    description: item?.description ?? '',
    unit: item?.unit ?? '',
    unitPriceMilli: item?.unitPriceMilli ?? 0,
    taxRateId: item?.taxRateId ?? null,
    taxable: item?.taxable ?? true,
  });
  const options = { renew: ['items'], done: onDone, failed: () => true };
  const add = useAct('addItem', options);
  const change = useAct('changeItem', options);
  const act = item === null ? add : change;
  const problems = act.error instanceof ApiProblem ? act.error.fields : {};
  const set = (next: Partial<Fields>): void => setFields((before) => ({ ...before, ...next }));
  const submit = (): void => {
    if (item === null) add.mutate({ body: { id: id.current, ...fields }, key: id.current });
    else change.mutate({ params: { itemId: item.id }, body: fields, version: item.version });
  };
  const archive = (to: boolean, version: number): void => {
    if (item === null) return;
    change.mutate(
      { params: { itemId: item.id }, body: { archived: to }, version },
      { onSuccess: (now) => toast(to ? `${item.name} is archived` : `${item.name} is back`, to ? { undo: () => archive(false, now.version) } : {}) },
    );
  };
  return (
    <Form onSubmit={() => submit()}>
      <TextInput
        label="Name"
        required
        withAsterisk={false}
        data-autofocus
        maxLength={120}
        value={fields.name}
        error={problems['name']}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <Textarea
        label="Description"
        description="Goes on the invoice with it"
        autosize
        minRows={2}
        maxLength={2000}
        value={fields.description}
        onChange={(event) => set({ description: event.currentTarget.value })}
      />
      <PriceFields fields={fields} set={set} problems={problems} />
      <FormProblem error={act.error} />
      <div className="form-foot">
        <Button type="submit" loading={act.isPending}>
          {item === null ? 'Add item' : 'Save changes'}
        </Button>
        {item !== null && (
          <Button variant="subtle" color="gray" onClick={() => archive(true, item.version)}>
            Archive
          </Button>
        )}
      </div>
    </Form>
  );
}

type PriceProps = { fields: Fields; set: (next: Partial<Fields>) => void; problems: Readonly<Record<string, string>> };

function PriceFields({ fields, set, problems }: PriceProps) {
  const { currency } = useOffice().business;
  const rates = useQuery(taxRatesQuery);
  return (
    <div className="fields">
      <DecimalField
        label="Price"
        leftSection={<span className="dim small">{currencySign(currency)}</span>}
        value={fields.unitPriceMilli}
        read={(text) => Number(parseUnitPrice(text, currency, 'en'))}
        write={(value) =>
          decimalText(BigInt(value), exponentOf(currency) + 3)
            .replace(/0{1,3}$/, '')
            .replace(/\.$/, '')
        }
        wrongWords="This is not an amount of money."
        error={problems['unitPriceMilli']}
        onValue={(unitPriceMilli) => set({ unitPriceMilli: unitPriceMilli ?? 0 })}
      />
      <TextInput
        label="Per"
        placeholder="hour, visit, sq ft"
        maxLength={20}
        value={fields.unit}
        onChange={(event) => set({ unit: event.currentTarget.value })}
      />
      <Switch
        className="full"
        label="Taxable"
        description="Off: never taxed, whatever is usual for the property or the business"
        checked={fields.taxable}
        onChange={(event) => set({ taxable: event.currentTarget.checked })}
      />
      {fields.taxable && (
        <Select
          label="Tax rate"
          description="A property with a rate of its own comes first"
          placeholder="As usual"
          clearable
          data={(rates.data?.items ?? []).map((rate) => ({ value: rate.id, label: rate.name }))}
          value={fields.taxRateId}
          onChange={(taxRateId) => set({ taxRateId })}
        />
      )}
    </div>
  );
}
