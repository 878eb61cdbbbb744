import { Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { depositsQuery } from '../../api/queries.ts';
import type { Deposit } from '../../api/types.ts';
import { useMoney } from '../../parts/money.tsx';
import { useEditor } from './editor-context.ts';

/** The deposits held that may go on this invoice, and which of them do: the one that is meant by itself, or those that are chosen. */
export function useDeposits(): { fitting: readonly Deposit[]; chosen: readonly Deposit[] } {
  const { invoice, draft } = useEditor();
  const held = useQuery(depositsQuery(draft.customerId)).data?.items ?? [];
  if (invoice.purpose !== 'bill') return { fitting: [], chosen: [] };
  const places = new Set(draft.sections.map((section) => section.propertyId));
  const fitting = held.filter(
    (deposit) => deposit.heldMinor > 0 && deposit.currency === invoice.currency && (deposit.propertyId === null || places.has(deposit.propertyId)),
  );
  const { depositIds } = draft;
  return { fitting, chosen: depositIds === null ? (fitting.length === 1 ? fitting : []) : fitting.filter(({ id }) => depositIds.includes(id)) };
}

export function Deposits() {
  const { dispatch } = useEditor();
  const money = useMoney();
  const { fitting, chosen } = useDeposits();
  if (fitting.length === 0) return null;
  const set = (deposit: Deposit, on: boolean): void => {
    const ids = fitting.filter((each) => (each.id === deposit.id ? on : chosen.includes(each))).map(({ id }) => id);
    dispatch({ act: 'set', fields: { depositIds: ids } });
  };
  return (
    <fieldset className="fieldset stack">
      <legend>Deposits to take off</legend>
      {fitting.map((deposit) => (
        <Checkbox
          key={deposit.id}
          size="xs"
          label={`${deposit.number}, ${money(deposit.heldMinor, deposit.currency)} held${deposit.title === '' || deposit.title === 'Deposit' ? '' : ` for ${deposit.title}`}`}
          checked={chosen.includes(deposit)}
          onChange={(event) => set(deposit, event.currentTarget.checked)}
        />
      ))}
    </fieldset>
  );
}

/** What of the chosen deposits comes off a total, and what of them is left over: the customer's credit. */
export function DepositRows({ totalMinor }: { totalMinor: number }) {
  const { invoice } = useEditor();
  const money = useMoney();
  const { chosen } = useDeposits();
  const heldMinor = chosen.reduce((sum, deposit) => sum + deposit.heldMinor, 0);
  const offMinor = Math.min(heldMinor, Math.max(totalMinor, 0));
  if (offMinor === 0) return null;
  return (
    <>
      <dt>Deposit applied</dt>
      <dd>{money(-offMinor, invoice.currency)}</dd>
      <dt className="grand">Left to pay</dt>
      <dd className="grand">{money(totalMinor - offMinor, invoice.currency)}</dd>
      {heldMinor > offMinor && (
        <>
          <dt className="dim">Left over, becomes credit</dt>
          <dd className="dim">{money(heldMinor - offMinor, invoice.currency)}</dd>
        </>
      )}
    </>
  );
}
