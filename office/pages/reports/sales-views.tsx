import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { formatQuantity, formatRate } from '../../../src/core/money-format.ts';
import type { SalesReport, SalesRow } from '../../api/types.ts';
import { Figure } from '../../parts/figure.tsx';
import { Money, useMoney } from '../../parts/money.tsx';
import { Chart } from './chart.tsx';
import { type Column, Loaded, longMonth, monthsBetween, percent, ReportTable, Sum, shortMonth } from './report-parts.tsx';
import { type Period, type SalesBy, salesQuery, taxesQuery } from './report-queries.ts';

/** What was billed, and the tax in it. */

const views: readonly { value: SalesBy; label: string }[] = [
  { value: 'month', label: 'Month' },
  { value: 'customer', label: 'Customer' },
  { value: 'property', label: 'Property' },
  { value: 'item', label: 'Item' },
];
const mostBars = 12;
const nothing = { title: 'Nothing was billed in this period', words: 'Choose another period, or issue an invoice.' };

export function Sales({ period, by = 'month' }: { period: Period; by: SalesBy | undefined }) {
  const navigate = useNavigate();
  return (
    <>
      <SegmentedControl
        aria-label="Sales by"
        data={[...views]}
        value={by}
        onChange={(next) =>
          void navigate({ to: '.', search: (before: Record<string, unknown>) => ({ ...before, by: next === 'month' ? undefined : next }), replace: true })
        }
      />
      <Loaded query={useQuery(salesQuery({ ...period, by }))} empty={({ rows }) => rows.length === 0} nothing={nothing}>
        {(report) => <SalesOf report={report} />}
      </Loaded>
    </>
  );
}

function SalesOf({ report }: { report: SalesReport }) {
  const money = useMoney();
  const { total, rows, by } = report;
  const pieces =
    by === 'month'
      ? monthPoints(report)
      : rows.slice(0, mostBars).map((row) => ({ label: shortName(nameOf(row, by)), long: nameOf(row, by), values: { net: row.netMinor } }));
  const tax: Column<SalesRow>[] =
    by === 'item' ? [] : [{ label: 'Tax', end: true, desk: true, of: (row) => <Sum minor={row.taxMinor} />, total: money(total.taxMinor) }];
  const quantity: Column<SalesRow>[] =
    by === 'item'
      ? [{ label: 'Quantity', end: true, desk: true, of: (row) => `${formatQuantity(BigInt(row.quantityMilli ?? 0), 'en')} ${row.detail}`.trim() }]
      : [];
  return (
    <>
      <div className="figures">
        <Figure label="Sales" amount={money(total.netMinor)}>
          without tax, {total.invoices === 1 ? '1 invoice' : `${total.invoices.toLocaleString('en-US')} invoices`}
        </Figure>
        <Figure label="Tax" amount={money(total.taxMinor)} />
        <Figure label="Billed" amount={money(total.totalMinor)}>
          {total.creditedMinor > 0 && `${money(total.creditedMinor)} credited since`}
        </Figure>
      </div>
      {total.leftOut > 0 && (
        <p className="small dim">
          {total.leftOut === 1 ? '1 invoice in another currency is' : `${total.leftOut} invoices in other currencies are`} not in these figures.
        </p>
      )}
      <Chart
        title={by === 'month' ? 'Sales without tax, month by month' : `Sales without tax by ${by}${rows.length > mostBars ? `, the ${mostBars} largest` : ''}`}
        points={pieces}
        series={[{ key: 'net', label: 'Sales', color: 'var(--series-1)' }]}
        unit="money"
        names={by !== 'month'}
      />
      <ReportTable
        caption={`Sales by ${by}`}
        rows={by === 'month' ? rows.toReversed() : rows}
        keyOf={(row) => row.key}
        columns={[
          { label: views.find(({ value }) => value === by)?.label ?? '', of: (row) => <Name row={row} by={by} />, total: 'Total' },
          ...quantity,
          { label: 'Invoices', end: true, desk: true, of: (row) => row.invoices },
          { label: 'Share', end: true, desk: true, of: (row) => <span className="dim">{percent(row.netMinor, total.netMinor)}</span> },
          ...tax,
          { label: 'Sales', end: true, of: (row) => <Money minor={row.netMinor} className="strong" />, total: money(total.netMinor) },
        ]}
      />
    </>
  );
}

function monthPoints({ from, to, rows }: SalesReport) {
  const net = new Map(rows.map((row) => [row.key, row.netMinor]));
  return monthsBetween(from, to).map((month, at) => ({ label: shortMonth(month, at === 0), long: longMonth(month), values: { net: net.get(month) ?? 0 } }));
}

const nameOf = (row: SalesRow, by: SalesBy): string =>
  by === 'month' ? longMonth(row.key) : row.name || (row.key === '' ? 'No property' : 'Property without a name');
const shortName = (name: string): string => (name.length > 19 ? `${name.slice(0, 18)}…` : name);

function Name({ row, by }: { row: SalesRow; by: SalesBy }) {
  const name = nameOf(row, by);
  if (by === 'customer') {
    return (
      <Link to="/customers/$customerId" params={{ customerId: row.key }} className="row-link strong">
        {name}
      </Link>
    );
  }
  return (
    <>
      <span className="strong">{name}</span>
      {by === 'property' && row.detail !== '' && <span className="second">{row.detail}</span>}
    </>
  );
}

export function Taxes({ period }: { period: Period }) {
  const money = useMoney();
  return (
    <Loaded query={useQuery(taxesQuery(period))} empty={({ total }) => total.invoices === 0} nothing={nothing}>
      {({ total, untaxedMinor, rows, authorities }) => (
        <>
          <div className="figures">
            <Figure label="Tax billed" amount={money(total.taxMinor)} />
            <Figure label="Taxed sales" amount={money(total.netMinor - untaxedMinor)} />
            <Figure label="Sales without tax" amount={money(untaxedMinor)}>
              {total.exemptMinor > 0 && `${money(total.exemptMinor)} to exempt customers`}
            </Figure>
          </div>
          <Chart
            title="Tax by rate"
            points={rows
              .slice(0, mostBars)
              .map((row) => ({ label: shortName(row.name), long: `${row.name}, ${formatRate(BigInt(row.ratePpm), 'en')}`, values: { tax: row.taxMinor } }))}
            series={[{ key: 'tax', label: 'Tax', color: 'var(--series-2)' }]}
            unit="money"
            names
          />
          <ReportTable
            caption="Tax by rate"
            rows={rows}
            keyOf={(row) => `${row.taxRateId}${row.name}${row.ratePpm}`}
            columns={[
              { label: 'Rate', of: (row) => <span className="strong">{row.name}</span>, total: 'Total' },
              { label: 'Percent', end: true, desk: true, of: (row) => formatRate(BigInt(row.ratePpm), 'en') },
              { label: 'Invoices', end: true, desk: true, of: (row) => row.invoices },
              { label: 'Taxed sales', end: true, desk: true, of: (row) => <Money minor={row.taxableMinor} />, total: money(total.netMinor - untaxedMinor) },
              { label: 'Tax', end: true, of: (row) => <Money minor={row.taxMinor} className="strong" />, total: money(total.taxMinor) },
            ]}
          />
          <h2 className="report-second">For each authority</h2>
          <ReportTable
            caption="Tax by authority"
            rows={authorities}
            keyOf={(row) => `${row.name}${row.ratePpm}`}
            columns={[
              { label: 'Authority', of: (row) => <span className="strong">{row.name}</span>, total: 'Total' },
              { label: 'Percent', end: true, desk: true, of: (row) => formatRate(BigInt(row.ratePpm), 'en') },
              { label: 'Taxed sales', end: true, desk: true, of: (row) => <Money minor={row.taxableMinor} /> },
              { label: 'Tax', end: true, of: (row) => <Money minor={row.taxMinor} className="strong" />, total: money(total.taxMinor) },
            ]}
          />
        </>
      )}
    </Loaded>
  );
}
