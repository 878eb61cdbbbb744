import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { AgingRow } from '../../api/types.ts';
import { Day, shortDay } from '../../parts/days.tsx';
import { Figure } from '../../parts/figure.tsx';
import { methodTitle } from '../../parts/method-words.ts';
import { Money, useMoney } from '../../parts/money.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { Chart } from './chart.tsx';
import { Loaded, longMonth, monthsBetween, percent, ReportTable, Sum, shortMonth } from './report-parts.tsx';
import { agingQuery, comingQuery, type Period, paidQuery } from './report-queries.ts';

/** The money views: who owes it, when it comes, when it came. */

const ages = [
  { key: 'notDueMinor', label: 'Not due', color: 'var(--series-1)' },
  { key: 'days30Minor', label: '1–30 days late', color: 'var(--age-30)' },
  { key: 'days60Minor', label: '31–60 days', color: 'var(--age-60)' },
  { key: 'days90Minor', label: '61–90 days', color: 'var(--age-90)' },
  { key: 'over90Minor', label: 'Over 90 days', color: 'var(--age-over)' },
] as const;

function sumOf<Row>(rows: readonly Row[], of: (row: Row) => number): number {
  return rows.reduce((all, row) => all + of(row), 0);
}

export function Aging() {
  return (
    <Loaded
      query={useQuery(agingQuery)}
      empty={({ rows }) => rows.length === 0}
      nothing={{ title: 'Nobody owes anything', words: 'Open invoices will show up here by how late they are.' }}
    >
      {({ rows }) => <AgingReport rows={rows} />}
    </Loaded>
  );
}

function AgingReport({ rows }: { rows: readonly AgingRow[] }) {
  const money = useMoney();
  const points = ages.map(({ key, label }) => ({ label, long: label, values: { [key]: sumOf(rows, (row) => row[key]) } }));
  const beside = [
    ['on its way', sumOf(rows, (row) => row.onItsWayMinor)],
    ['in question', sumOf(rows, (row) => row.inQuestionMinor)],
    ['held back', sumOf(rows, (row) => row.heldBackMinor)],
  ] as const;
  const credit = sumOf(rows, (row) => row.creditMinor);
  const notes = beside.filter(([, amount]) => amount > 0).map(([words, amount]) => `${money(amount)} ${words}`);
  return (
    <>
      <Chart title="Balance by how late it is" points={points} series={ages.map(({ key, label, color }) => ({ key, label, color }))} unit="money" />
      {(notes.length > 0 || credit > 0) && (
        <p className="small dim">
          {notes.length > 0 && `Of the balance: ${notes.join(', ')}. `}
          {credit > 0 && `Customers have ${money(credit)} of credit beside it.`}
        </p>
      )}
      <ReportTable
        caption="Balance of each customer by how late it is"
        rows={rows}
        keyOf={(row) => row.customer.id}
        columns={[
          {
            label: 'Customer',
            of: (row) => (
              <>
                <Link to="/customers/$customerId" params={{ customerId: row.customer.id }} className="row-link strong">
                  {row.customer.name}
                </Link>
                <span className="second only-phone">
                  oldest due <Day day={row.oldestDueOn} />
                </span>
              </>
            ),
            total: 'Total',
          },
          ...ages.map(({ key, label }) => ({
            ...{ label: label.replace(' late', ''), end: true, desk: true },
            of: (row: AgingRow) => <Sum minor={row[key]} />,
            total: money(sumOf(rows, (row) => row[key])),
          })),
          {
            label: 'Balance',
            end: true,
            of: (row) => <Money minor={row.balanceMinor} className="strong" />,
            total: money(sumOf(rows, (row) => row.balanceMinor)),
          },
        ]}
      />
    </>
  );
}

export function Coming() {
  const { today } = useOffice();
  const money = useMoney();
  return (
    <Loaded query={useQuery(comingQuery)} empty={() => false} nothing={{ title: '', words: '' }}>
      {(report) => {
        const days = report.rows.map((row) => ({
          label: shortDay(row.on, today),
          long: shortDay(row.on, today),
          values: { due: row.amountMinor },
        }));
        return (
          <>
            <div className="figures">
              <Figure label="Due in 7 days" amount={money(report.in7Minor)} />
              <Figure label="Due in 30 days" amount={money(report.in30Minor)} link={{ to: '/invoices', search: { tab: 'unpaid', sort: 'due' } }} />
              <Figure
                label="Late already"
                amount={money(report.overdueMinor)}
                tone={report.overdueMinor > 0 ? 'bad' : undefined}
                link={{ to: '/invoices', search: { tab: 'overdue' } }}
              >
                {report.overdueInvoices === 1 ? '1 invoice' : `${report.overdueInvoices} invoices`}
              </Figure>
              <Figure label="On its way" amount={money(report.onItsWayMinor)} link={{ to: '/payments', search: { tab: 'processing' } }}>
                {report.inQuestionMinor > 0 && `${money(report.inQuestionMinor)} in question`}
              </Figure>
            </div>
            {report.rows.length > 0 && (
              <Chart title="Falls due, day by day" points={days} series={[{ key: 'due', label: 'Due', color: 'var(--series-1)' }]} unit="money" />
            )}
            <ReportTable
              caption="What falls due on each day"
              rows={report.rows}
              keyOf={(row) => row.on}
              columns={[
                { label: 'Due', of: (row) => <Day day={row.on} />, total: 'In 30 days' },
                { label: 'Invoices', end: true, desk: true, of: (row) => row.invoices, total: sumOf(report.rows, (row) => row.invoices) },
                { label: 'Amount', end: true, of: (row) => <Money minor={row.amountMinor} />, total: money(report.in30Minor) },
              ]}
            />
          </>
        );
      }}
    </Loaded>
  );
}

const methodColors: Readonly<Record<string, string>> = {
  card: 'var(--series-1)',
  bank: 'var(--series-2)',
  check: 'var(--series-3)',
  transfer: 'var(--series-4)',
  cash: 'var(--series-5)',
  other: 'var(--series-6)',
};

export function Paid({ period }: { period: Period }) {
  const money = useMoney();
  return (
    <Loaded
      query={useQuery(paidQuery(period))}
      empty={({ rows }) => rows.length === 0}
      nothing={{ title: 'No money came in this period', words: 'Choose another period, or record a payment.' }}
    >
      {({ rows, from, to }) => {
        const methods = Object.keys(methodColors).filter((method) => rows.some((row) => row.method === method));
        const of = (month: string, method?: string): number =>
          sumOf(rows, (row) => (row.month === month && (method === undefined || row.method === method) ? row.amountMinor : 0));
        const months = monthsBetween(from, to);
        const total = sumOf(rows, (row) => row.amountMinor);
        const online = sumOf(rows, (row) => (row.online ? row.amountMinor : 0));
        return (
          <>
            <div className="figures">
              <Figure label="Received" amount={money(total)}>
                {sumOf(rows, (row) => row.payments).toLocaleString('en-US')} payments
              </Figure>
              <Figure label="Paid online" amount={money(online)}>
                {percent(online, total)} of the money
              </Figure>
            </div>
            <Chart
              title="Received, month by month"
              unit="money"
              series={methods.map((key) => ({ key, label: methodTitle(key), color: methodColors[key] ?? '' }))}
              points={months.map((month, at) => ({
                label: shortMonth(month, at === 0),
                long: longMonth(month),
                values: Object.fromEntries(methods.map((method) => [method, of(month, method)])),
              }))}
            />
            <ReportTable
              caption="Money received in each month by way to pay"
              rows={months.toReversed()}
              keyOf={(month) => month}
              columns={[
                { label: 'Month', of: longMonth, total: 'Total' },
                ...methods.map((method) => ({
                  ...{ label: methodTitle(method), end: true, desk: true },
                  of: (month: string) => <Sum minor={of(month, method)} />,
                  total: money(sumOf(months, (month) => of(month, method))),
                })),
                { label: 'All', end: true, of: (month) => <Money minor={of(month)} className="strong" dimZero />, total: money(total) },
              ]}
            />
          </>
        );
      }}
    </Loaded>
  );
}
