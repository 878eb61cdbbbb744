import { Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { formatRate } from '../../../src/core/money-format.ts';
import { useMoney } from '../../parts/money.tsx';
import { DepositRows, Deposits } from './deposits.tsx';
import { discountText, readDiscount, typedDiscount } from './discount-text.ts';
import { useSheet } from './editor-context.ts';
import { EditorInstallments } from './installments.tsx';

/** What an invoice comes to, and the discount on all of it. */
export function TotalsBox() {
  const { live } = useSheet();
  return (
    <>
      <SheetTotals before={<Deposits />} after={live.totals && <DepositRows totalMinor={Number(live.totals.totalMinor)} />} />
      <EditorInstallments />
    </>
  );
}

/** The totals of any priced document. `before` stands among the fields, `after` under the total. */
export function SheetTotals({ before, after, total = 'Total' }: { before?: React.ReactNode; after?: React.ReactNode; total?: string }) {
  const { currency, taxExempt, taxes, sheet, dispatch, live, problems } = useSheet();
  const money = useMoney();
  const of = (minor: bigint): string => money(Number(minor), currency);
  const { totals } = live;
  return (
    <div className="sheet-part totals-box">
      <div className="stack" style={{ gap: '0.625rem' }}>
        <DocumentDiscount />
        {before}
        {!taxExempt && taxes !== 'none' && (
          <Switch
            size="xs"
            label="Prices include tax"
            checked={sheet.pricesIncludeTax}
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
          {sheet.discount !== null && (
            <>
              <dt>Discount {sheet.discount.kind === 'percent' && discountText(sheet.discount, currency)}</dt>
              <dd>{of(-totals.discountMinor)}</dd>
            </>
          )}
          {totals.taxes.map((tax) => (
            <TaxRow
              key={tax.rateId}
              name={`${sheet.pricesIncludeTax ? 'Includes ' : ''}${tax.name} ${formatRate(tax.ratePpm, 'en')}`}
              amount={of(tax.taxMinor)}
            />
          ))}
          {taxExempt && taxes === 'usual' && <TaxRow name="Tax exempt" amount="" />}
          <dt className="grand">{total}</dt>
          <dd className="grand">{of(totals.totalMinor)}</dd>
          {after}
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
  const { currency, sheet, dispatch } = useSheet();
  const [typed, setTyped] = useState<string | null>(null);
  const wrong = typed !== null && readDiscount(typed, currency) === undefined;
  return (
    <TextInput
      label="Discount on everything"
      placeholder="10% or 25.00"
      w={170}
      value={typed ?? typedDiscount(sheet.discount, currency)}
      error={wrong ? 'Write 10% or an amount.' : undefined}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        const discount = readDiscount(event.currentTarget.value, currency);
        if (discount !== undefined) dispatch({ act: 'set', fields: { discount } });
      }}
      onBlur={() => !wrong && setTyped(null)}
    />
  );
}
