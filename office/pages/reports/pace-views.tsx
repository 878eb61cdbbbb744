import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Figure } from '../../parts/figure.tsx';
import { useMoney } from '../../parts/money.tsx';
import { Chart } from './chart.tsx';
import { Loaded, longMonth, monthsBetween, percent, ReportTable, Sum, shortMonth } from './report-parts.tsx';
import { type Period, paceQuery, portalUseQuery } from './report-queries.ts';

/** How long customers take, and what they did without calling. */

const daysText = (days: number): string => (days === 1 ? '1 day' : `${days} days`);

export function Pace({ period }: { period: Period }) {
  return (
    <Loaded
      query={useQuery(paceQuery(period))}
      empty={({ total }) => total.invoices === 0}
      nothing={{ title: 'No invoice was paid in this period', words: 'Choose another period.' }}
    >
      {({ from, to, total, months, customers }) => {
        const of = new Map(months.map((row) => [row.month, row]));
        return (
          <>
            <div className="figures">
              <Figure label="Days to pay" amount={daysText(total.medianDays)}>
                half were faster, half slower
              </Figure>
              <Figure label="Paid on time" amount={percent(total.onTime, total.invoices)}>
                {total.onTime.toLocaleString('en-US')} of {total.invoices.toLocaleString('en-US')} invoices
              </Figure>
            </div>
            <Chart
              title="Days to pay, by the month of the payment"
              unit="days"
              series={[{ key: 'days', label: 'Days to pay (median)', color: 'var(--series-1)' }]}
              points={monthsBetween(from, to).map((month, at) => ({
                label: shortMonth(month, at === 0),
                long: longMonth(month),
                values: { days: of.get(month)?.medianDays ?? 0 },
              }))}
            />
            <ReportTable
              caption="How long each customer takes to pay"
              rows={customers}
              keyOf={(row) => row.customer.id}
              columns={[
                {
                  label: 'Customer',
                  of: (row) => (
                    <Link to="/customers/$customerId" params={{ customerId: row.customer.id }} className="row-link strong">
                      {row.customer.name}
                    </Link>
                  ),
                },
                { label: 'Invoices paid', end: true, desk: true, of: (row) => row.invoices },
                { label: 'Paid late', end: true, desk: true, of: (row) => (row.late === 0 ? <span className="dim">0</span> : row.late) },
                { label: 'Days to pay', end: true, of: (row) => <span className="num strong">{daysText(row.medianDays)}</span> },
              ]}
            />
          </>
        );
      }}
    </Loaded>
  );
}

type UseMonth = { month: string; sent: number; opened: number; payments: number; online: number; onlineMinor: number; outsideHours: number; questions: number };

export function PortalUse({ period }: { period: Period }) {
  return (
    <Loaded
      query={useQuery(portalUseQuery(period))}
      empty={({ months }) => months.every((row) => row.sent === 0 && row.payments === 0)}
      nothing={{ title: 'Nothing was sent in this period', words: 'Once invoices go out, this says how many were opened and paid without a call.' }}
    >
      {({ months }) => (
        <>
          <UseFigures months={months} />
          <Chart
            title="Payments: online and otherwise"
            unit="count"
            series={[
              { key: 'office', label: 'Online, in office hours', color: 'var(--series-1)' },
              { key: 'outside', label: 'Online, outside office hours', color: 'var(--series-2)' },
              { key: 'other', label: 'Recorded by the office', color: 'var(--series-6)' },
            ]}
            points={months.map((row, at) => ({
              label: shortMonth(row.month, at === 0),
              long: longMonth(row.month),
              values: { office: row.online - row.outsideHours, outside: row.outsideHours, other: row.payments - row.online },
            }))}
          />
          <UseTable months={months} />
        </>
      )}
    </Loaded>
  );
}

const allOf = (months: readonly UseMonth[], of: (row: UseMonth) => number): number => months.reduce((sum, row) => sum + of(row), 0);
const counted = (count: number): string => count.toLocaleString('en-US');

function UseFigures({ months }: { months: readonly UseMonth[] }) {
  const money = useMoney();
  const all = (of: (row: UseMonth) => number): number => allOf(months, of);
  const [sent, opened, online, outside] = [all((row) => row.sent), all((row) => row.opened), all((row) => row.online), all((row) => row.outsideHours)];
  return (
    <div className="figures">
      <Figure label="Opened by a person" amount={percent(opened, sent)}>
        {counted(opened)} of {counted(sent)} invoices
      </Figure>
      <Figure
        label="Paid online"
        amount={percent(
          online,
          all((row) => row.payments),
        )}
      >
        {counted(online)} payments, {money(all((row) => row.onlineMinor))}
      </Figure>
      <Figure label="Outside office hours" amount={percent(outside, online)}>
        {counted(outside)} online payments before 8, after 6 or on a weekend
      </Figure>
      <Figure label="Questions asked" amount={counted(all((row) => row.questions))}>
        on the page, not on the phone
      </Figure>
    </div>
  );
}

function UseTable({ months }: { months: readonly UseMonth[] }) {
  const money = useMoney();
  const all = (of: (row: UseMonth) => number): number => allOf(months, of);
  const onlineHere = (row: UseMonth) => (
    <>
      {row.online}
      <span className="only-phone dim"> paid online</span>
    </>
  );
  return (
    <ReportTable
      caption="What customers did in the portal, month by month"
      rows={months.toReversed()}
      keyOf={(row) => row.month}
      columns={[
        { label: 'Month', of: (row) => longMonth(row.month), total: 'Total' },
        { label: 'Shown', end: true, desk: true, of: (row) => row.sent, total: all((row) => row.sent) },
        { label: 'Opened', end: true, desk: true, of: (row) => row.opened, total: all((row) => row.opened) },
        { label: 'Payments', end: true, desk: true, of: (row) => row.payments, total: all((row) => row.payments) },
        { label: 'Online', end: true, of: onlineHere, total: all((row) => row.online) },
        { label: 'Amount online', end: true, desk: true, of: (row) => <Sum minor={row.onlineMinor} />, total: money(all((row) => row.onlineMinor)) },
        { label: 'Outside hours', end: true, desk: true, of: (row) => row.outsideHours, total: all((row) => row.outsideHours) },
        { label: 'Questions', end: true, desk: true, of: (row) => row.questions, total: all((row) => row.questions) },
      ]}
    />
  );
}
