import { useQuery } from '@tanstack/react-query';
import { Figure } from '../../parts/figure.tsx';
import { Money, useMoney } from '../../parts/money.tsx';
import { Chart } from './chart.tsx';
import { Loaded, longMonth, monthsBetween, ReportTable, Sum, shortMonth } from './report-parts.tsx';
import { type Period, tipsQuery } from './report-queries.ts';

/** Tips by month, and by who of the crew made the invoice they were given with. */
export function Tips({ period }: { period: Period }) {
  const money = useMoney();
  return (
    <Loaded
      query={useQuery(tipsQuery(period))}
      empty={({ rows }) => rows.length === 0}
      nothing={{ title: 'No tips in this period', words: 'Customers may add one once it is turned on under Settings, Ways to pay.' }}
    >
      {({ rows, from, to }) => {
        const [came, back, count] = (['amountMinor', 'backMinor', 'tips'] as const).map((key) => rows.reduce((all, row) => all + row[key], 0)) as [
          number,
          number,
          number,
        ];
        const months = monthsBetween(from, to);
        const sum = (month: string, key: 'amountMinor' | 'backMinor' | 'tips'): number =>
          rows.reduce((all, row) => all + (row.month === month ? row[key] : 0), 0);
        const crew = [...Map.groupBy(rows, (row) => row.crew?.id ?? '').entries()].map(([id, own]) => ({
          id,
          name: own[0]?.crew?.name ?? 'Invoices of the office',
          tips: own.reduce((all, row) => all + row.tips, 0),
          leftMinor: own.reduce((all, row) => all + row.amountMinor - row.backMinor, 0),
        }));
        return (
          <>
            <div className="figures">
              <Figure label="Tips" amount={money(came)}>
                {count === 1 ? '1 tip' : `${count.toLocaleString('en-US')} tips`}
              </Figure>
              {back > 0 && <Figure label="Given back" amount={money(back)} />}
              {back > 0 && <Figure label="Left" amount={money(came - back)} />}
            </div>
            <Chart
              title="Tips, month by month"
              unit="money"
              series={[{ key: 'tips', label: 'Tips', color: 'var(--series-1)' }]}
              points={months.map((month, at) => ({ label: shortMonth(month, at === 0), long: longMonth(month), values: { tips: sum(month, 'amountMinor') } }))}
            />
            <ReportTable
              caption="Tips by who of the crew made the invoice"
              rows={crew}
              keyOf={(row) => row.id}
              columns={[
                { label: 'Crew', of: (row) => row.name, total: 'Total' },
                { label: 'Tips', end: true, desk: true, of: (row) => row.tips, total: count },
                { label: 'Left', end: true, of: (row) => <Money minor={row.leftMinor} className="strong" dimZero />, total: money(came - back) },
              ]}
            />
            <ReportTable
              caption="Tips in each month"
              rows={months.toReversed()}
              keyOf={(month) => month}
              columns={[
                { label: 'Month', of: longMonth, total: 'Total' },
                { label: 'Came', end: true, desk: true, of: (month) => <Sum minor={sum(month, 'amountMinor')} />, total: money(came) },
                { label: 'Given back', end: true, desk: true, of: (month) => <Sum minor={sum(month, 'backMinor')} />, total: money(back) },
                {
                  label: 'Left',
                  end: true,
                  of: (month) => <Money minor={sum(month, 'amountMinor') - sum(month, 'backMinor')} className="strong" dimZero />,
                  total: money(came - back),
                },
              ]}
            />
          </>
        );
      }}
    </Loaded>
  );
}
