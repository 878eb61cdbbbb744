import type { Home } from '../../api/types.ts';
import { shortDay } from '../../parts/days.tsx';
import { useMoney } from '../../parts/money.tsx';

type Column = { key: string; label: string; amount: number; words: string; now?: boolean };

/** What falls due week by week, and what was paid month by month. A few bars, each with its amount in words. */
export function Bars({ home }: { home: Home }) {
  const money = useMoney();
  const coming = home.coming.map((week): Column => {
    const label = shortDay(week.from, home.today);
    return { key: week.from, label, amount: week.amountMinor, words: `From ${label}: ${money(week.amountMinor)}` };
  });
  const thisMonth = home.today.slice(0, 7);
  const paid = home.paidByMonth.map(({ month, amountMinor }): Column => {
    const name = shortDay(`${month}-01`, home.today).slice(0, 3);
    return { key: month, label: name, amount: amountMinor, words: `${name} ${month.slice(0, 4)}: ${money(amountMinor)}`, now: month === thisMonth };
  });
  return (
    <div className="bars">
      {coming.some((column) => column.amount > 0) && <BarRow title="Due in the next 30 days" columns={coming} />}
      {paid.some((column) => column.amount > 0) && <BarRow title="Paid, month by month" columns={paid} />}
    </div>
  );
}

const height = 80;
const least = 1.5;

function BarRow({ title, columns }: { title: string; columns: readonly Column[] }) {
  const top = Math.max(1, ...columns.map((column) => column.amount));
  const width = 100 / columns.length;
  const gap = Math.min(2.4, width * 0.25);
  return (
    <figure className="card pad">
      <figcaption>{title}</figcaption>
      <svg viewBox={`0 0 100 ${height}`} preserveAspectRatio="none" role="img" aria-label={`${title}. ${columns.map((column) => column.words).join('. ')}`}>
        {columns.map((column, index) => {
          const size = Math.max(least, (column.amount / top) * height);
          return (
            <g key={column.key}>
              <title>{column.words}</title>
              <rect className="bar-ground" x={index * width} y={0} width={width} height={height} />
              <rect
                className="bar"
                data-now={column.now || undefined}
                x={index * width + gap / 2}
                y={height - size}
                width={width - gap}
                height={size}
                rx={0.6}
              />
            </g>
          );
        })}
      </svg>
      <div className="bars-axis" aria-hidden>
        {columns.map((column) => (
          <span key={column.key}>{column.label}</span>
        ))}
      </div>
    </figure>
  );
}
