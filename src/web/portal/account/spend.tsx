import { formatMonth } from '../../../core/calendar.ts';
import type { Reader } from '../../ui/reader.ts';
import type { Shown } from './property.tsx';

type Month = Readonly<{ month: string; amountMinor: bigint }>;
const height = 100;
const step = 30;

/** What was billed month by month, as bars with the figures behind them. */
export function Spend({ reader, view }: Shown) {
  const { w, money, locale } = reader;
  const { spend, spendMinor } = view;
  const billed = spend.filter(({ amountMinor }) => amountMinor !== 0n);
  return (
    <section>
      <h2>{w.property.spend}</h2>
      {billed.length === 0 ? (
        <p className="lead">{w.property.spendNone}</p>
      ) : (
        <>
          <p className="lead">{w.property.spendLead}</p>
          <Bars reader={reader} months={spend} title={`${w.property.spend}: ${w.property.spendTotal(money(spendMinor))}`} />
          <p className="ends s dim">
            <span>{formatMonth(spend[0]?.month ?? '', locale)}</span>
            <b>{w.property.spendTotal(money(spendMinor))}</b>
            <span>{formatMonth(spend.at(-1)?.month ?? '', locale)}</span>
          </p>
          <details className="gap">
            <summary>{w.property.asTable}</summary>
            <dl className="tot">
              {billed.toReversed().map(({ month, amountMinor }) => (
                <div key={month}>
                  <dt>{formatMonth(month, locale)}</dt>
                  <dd className="n">{money(amountMinor)}</dd>
                </div>
              ))}
            </dl>
          </details>
        </>
      )}
    </section>
  );
}

function Bars({ reader, months, title }: Readonly<{ reader: Reader; months: readonly Month[]; title: string }>) {
  const most = months.reduce((highest, { amountMinor }) => (amountMinor > highest ? amountMinor : highest), 1n);
  return (
    <svg className="bars" viewBox={`0 0 ${months.length * step} ${height}`} preserveAspectRatio="none" role="img" aria-label={title}>
      {months.map(({ month, amountMinor }, at) => {
        const tall = amountMinor > 0n ? Math.max(2, Number((amountMinor * BigInt(height)) / most)) : 0;
        return (
          <rect key={month} x={at * step + 4} y={height - tall} width={step - 8} height={tall}>
            <title>{`${formatMonth(month, reader.locale)}: ${reader.money(amountMinor)}`}</title>
          </rect>
        );
      })}
    </svg>
  );
}
