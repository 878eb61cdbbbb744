import { formatRate } from '../../../core/money-format.ts';
import type { EstimateFacts } from '../../../outgoing/estimate-facts.ts';
import { discountLabel } from '../../../outgoing/pdf/line-rows.ts';
import type { Reader } from '../../ui/reader.ts';
import { Row } from '../invoice/lines.tsx';
import type { Choosing } from './choices.ts';

type Shown = Readonly<{ reader: Reader; facts: EstimateFacts; choosing: Choosing }>;

/** What the choices come to: subtotal, discount, tax, total, and what is asked for ahead. */
export function EstimateTotals({ reader, facts, choosing }: Shown) {
  const { w, money, less, locale } = reader;
  const { totals, depositMinor } = choosing.made;
  const plain = totals.discountMinor === 0n && totals.taxes.length === 0;
  return (
    <dl className="tot">
      {!plain && <Row label={w.invoice.subtotal} value={money(totals.subtotalMinor)} />}
      {totals.discountMinor !== 0n && <Row label={discountLabel(facts.discount, locale)} value={less(totals.discountMinor)} />}
      {facts.taxExempt && <Row label={w.invoice.taxExempt} value={money(0n)} />}
      {!facts.taxExempt &&
        totals.taxes.map((tax) => {
          const rate = formatRate(tax.ratePpm, locale);
          const label = facts.pricesIncludeTax ? w.invoice.includedTax(tax.name, rate) : w.invoice.taxOn(tax.name, rate);
          return <Row key={`${tax.name} ${tax.ratePpm}`} label={label} value={money(tax.taxMinor)} />;
        })}
      <Row label={w.invoice.total} value={money(totals.totalMinor)} strong />
      {depositMinor > 0n && <Row label={w.estimate.deposit} value={money(depositMinor)} part />}
    </dl>
  );
}

/** In how many payments, while the business planned more than one. */
export function Stages({ reader, choosing }: Pick<Shown, 'reader' | 'choosing'>) {
  const { plan } = choosing.made;
  if (plan === null) return null;
  return (
    <>
      <h3 className="sec">{reader.w.estimate.stages}</h3>
      <dl className="tot">
        {plan.map((stage, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a list that never moves
          <Row key={at} label={stage.label} value={reader.money(stage.amountMinor)} />
        ))}
      </dl>
    </>
  );
}
