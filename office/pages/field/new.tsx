import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { divideHalfUp } from '../../../src/core/money.ts';
import { fieldItemsQuery, fieldTodayQuery } from '../../api/queries.ts';
import type { CrewItem, CrewStop } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { FormProblem } from '../../parts/form.tsx';
import { useMoney } from '../../parts/money.tsx';
import { Empty, SkeletonRows } from '../../parts/notes.tsx';
import { FieldPage, FieldProblem } from './parts.tsx';
import { useFieldWords } from './words.ts';

const route = getRouteApi('/crew/field/new');
const step = 1000;

/** An invoice by tapping what was done: the price book's words and prices, nothing to type. */
export default function NewWork() {
  const words = useFieldWords();
  const navigate = useNavigate();
  const today = useQuery(fieldTodayQuery);
  const { customer } = route.useSearch();
  const [customerId, setCustomerId] = useState(customer ?? '');
  const [propertyId, setPropertyId] = useState<string | null>(null);
  const [quantities, setQuantities] = useState<Readonly<Record<string, number>>>({});
  const [note, setNote] = useState('');
  const write = useAct('fieldWrite', {
    renew: ['field'],
    done: (made) => navigate({ to: '/field/work/$invoiceId', params: { invoiceId: made.id } }),
    failed: () => true,
  });
  if (today.data === undefined) {
    return (
      <FieldPage title={words.newInvoice}>
        {today.isError ? <FieldProblem error={today.error} onRetry={() => void today.refetch()} /> : <SkeletonRows rows={4} />}
      </FieldPage>
    );
  }
  const customers = [...new Map(today.data.stops.map((stop) => [stop.customerId, stop])).values()];
  const chosen = customers.find((stop) => stop.customerId === customerId) ?? customers[0];
  if (chosen === undefined) {
    return (
      <FieldPage title={words.newInvoice}>
        <Empty title={words.nobody}>{words.nobodyMore}</Empty>
      </FieldPage>
    );
  }
  const lines = Object.entries(quantities).map(([itemId, quantityMilli]) => ({ itemId, quantityMilli }));
  return (
    <FieldPage title={words.newInvoice}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          write.mutate({ body: { customerId: chosen.customerId, propertyId, lines, note } });
        }}
      >
        <Whose customers={customers} chosen={chosen} propertyId={propertyId} onCustomer={setCustomerId} onProperty={setPropertyId} />
        <Items
          quantities={quantities}
          onQuantity={(id, milli) => setQuantities(({ [id]: _, ...others }) => (milli <= 0 ? others : { ...others, [id]: milli }))}
        />
        <Textarea
          size="lg"
          label={words.forOffice}
          autosize
          minRows={2}
          maxLength={1000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <FormProblem error={write.error} />
        <Button type="submit" size="xl" fullWidth loading={write.isPending} disabled={lines.length === 0}>
          {lines.length === 0 ? words.nothingChosen : words.write}
        </Button>
      </form>
    </FieldPage>
  );
}

type WhoseProps = {
  customers: readonly CrewStop[];
  chosen: CrewStop;
  propertyId: string | null;
  onCustomer: (id: string) => void;
  onProperty: (id: string | null) => void;
};

function Whose({ customers, chosen, propertyId, onCustomer, onProperty }: WhoseProps) {
  const words = useFieldWords();
  const places = chosen.places.flatMap(({ id, code, name }) =>
    id === null ? [] : [{ value: id, label: [code, name].filter((part) => part !== '').join(' · ') }],
  );
  return (
    <>
      <NativeSelect
        size="lg"
        label={words.customer}
        data={customers.map((stop) => ({ value: stop.customerId, label: stop.name }))}
        value={chosen.customerId}
        onChange={(event) => {
          onCustomer(event.currentTarget.value);
          onProperty(null);
        }}
      />
      {places.length > 0 && (
        <NativeSelect
          size="lg"
          label={words.place}
          data={[{ value: '', label: words.anyPlace }, ...places]}
          value={propertyId ?? ''}
          onChange={(event) => onProperty(event.currentTarget.value || null)}
        />
      )}
    </>
  );
}

function Items({ quantities, onQuantity }: { quantities: Readonly<Record<string, number>>; onQuantity: (id: string, milli: number) => void }) {
  const words = useFieldWords();
  const query = useQuery(fieldItemsQuery);
  const [typed, setTyped] = useState('');
  const items = query.data?.items ?? [];
  const wanted = typed.trim().toLowerCase();
  const shown = items.filter((item) => quantities[item.id] !== undefined || wanted === '' || item.name.toLowerCase().includes(wanted));
  return (
    <fieldset className="field-items">
      <TextInput
        size="lg"
        type="search"
        aria-label={words.find}
        placeholder={words.find}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {query.isPending && <SkeletonRows rows={5} />}
      {query.isError && <FieldProblem error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && shown.length === 0 && <p className="dim">{words.nothingFound}</p>}
      <ul>
        {shown.map((item) => (
          <Item key={item.id} item={item} milli={quantities[item.id] ?? 0} onMilli={(milli) => onQuantity(item.id, milli)} />
        ))}
      </ul>
    </fieldset>
  );
}

function Item({ item, milli, onMilli }: { item: CrewItem; milli: number; onMilli: (milli: number) => void }) {
  const words = useFieldWords();
  const money = useMoney();
  const price =
    item.unitPriceMilli === null ? '' : `${money(Number(divideHalfUp(BigInt(item.unitPriceMilli), 1000n)))}${item.unit === '' ? '' : ` / ${item.unit}`}`;
  return (
    <li className="field-item" data-on={milli > 0 || undefined}>
      <button type="button" className="field-item-name" onClick={() => onMilli(milli + step)}>
        <span className="strong">{item.name}</span>
        {price !== '' && <span className="second">{price}</span>}
      </button>
      {milli > 0 && (
        <>
          <button type="button" className="field-round" aria-label={`${words.less}: ${item.name}`} onClick={() => onMilli(milli - step)}>
            −
          </button>
          <output className="num strong">{milli / step}</output>
          <button type="button" className="field-round" aria-label={`${words.more}: ${item.name}`} onClick={() => onMilli(milli + step)}>
            +
          </button>
        </>
      )}
    </li>
  );
}
