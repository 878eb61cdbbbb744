import { Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { formatRate } from '../../../src/core/money-format.ts';
import { useMoney } from '../../parts/money.tsx';
import { DepositRows, Deposits } from './deposits.tsx';
import { discountText, readDiscount, typedDiscount } from './discount-text.ts';
import { useEditor } from './editor-context.ts';
import { EditorInstallments } from './installments.tsx';

/** What it comes to, and the discount on all of it. */
export function TotalsBox() {
  return (
    <>
      <Totals />
      <EditorInstallments />
    </>
  );
}

function Totals() {
  const { invoice, draft, dispatch, live, problems } = useEditor();
  const money = useMoney();
  const of = (minor: bigint): string => money(Number(minor), invoice.currency);
  const { totals } = live;
  return (
    <div className="sheet-part totals-box">
      <div className="stack" style={{ gap: '0.625rem' }}>
        <DocumentDiscount />
        <Deposits />
        {!invoice.customer?.taxExempt && invoice.purpose !== 'deposit' && (
          <Switch
            size="xs"
            label="Prices include tax"
            checked={draft.pricesIncludeTax}
            onChange={(event) => dispatch({ act: 'set', fields: { pricesIncludeTax: event.currentTarget.checked } })}
          />
        )}
        {(live.problem ?? problems['discount']) && (
          <p className="bad small" role="alert">
            {live.problem?.message ?? problems['discount']}
          </p>
        )}
      </div>
      {totals && (
        <dl className="totals-list num">
          <dt>Subtotal</dt>
          <dd>{of(totals.subtotalMinor)}</dd>
          {draft.discount !== null && (
            <>
              <dt>Discount {draft.discount.kind === 'percent' && discountText(draft.discount, invoice.currency)}</dt>
              <dd>{of(-totals.discountMinor)}</dd>
            </>
          )}
          {totals.taxes.map((tax) => (
            <TaxRow
              key={tax.rateId}
              name={`${draft.pricesIncludeTax ? 'Includes ' : ''}${tax.name} ${formatRate(tax.ratePpm, 'en')}`}
              amount={of(tax.taxMinor)}
            />
          ))}
          {invoice.customer?.taxExempt && invoice.purpose === 'bill' && <TaxRow name="Tax exempt" amount="" />}
          <dt className="grand">Total</dt>
          <dd className="grand">{of(totals.totalMinor)}</dd>
          <DepositRows totalMinor={Number(totals.totalMinor)} />
        </dl>
      )}
    </div>
  );
}

function TaxRow({ name, amount }: { name: string; amount: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{amount}</dd>
    </>
  );
}

function DocumentDiscount() {
  const { invoice, draft, dispatch } = useEditor();
  const [typed, setTyped] = useState<string | null>(null);
  const wrong = typed !== null && readDiscount(typed, invoice.currency) === undefined;
  return (
    <TextInput
      label="Discount on everything"
      placeholder="10% or 25.00"
      w={170}
      value={typed ?? typedDiscount(draft.discount, invoice.currency)}
      error={wrong ? 'Write 10% or an amount.' : undefined}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        const discount = readDiscount(event.currentTarget.value, invoice.currency);
        if (discount !== undefined) dispatch({ act: 'set', fields: { discount } });
      }}
      onBlur={() => !wrong && setTyped(null)}
    />
  );
}
