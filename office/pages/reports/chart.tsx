import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, type TooltipContentProps, XAxis, YAxis } from 'recharts';
import { useMoney } from '../../parts/money.tsx';

export type Series = Readonly<{ key: string; label: string; color: string }>;
export type Point = Readonly<{ label: string; long: string; values: Readonly<Record<string, number>> }>;

type Props = Readonly<{
  title: string;
  points: readonly Point[];
  series: readonly Series[];
  /** How a value is read: money in minor units, or a plain count. */
  unit: 'money' | 'count' | 'days';
  /** Names go to the left of lying bars; months stand under upright ones. */
  names?: boolean;
}>;

/** Stacked bars. The table under it says the same in words, so the picture is one image to a screen reader. */
const rowHeight = 30;
const tick = { fill: 'var(--dim)', fontSize: 12 };
const plain = { tickLine: false, axisLine: false, tick } as const;

/** Stacked bars. The table under it says the same in words, so the picture is one image to a screen reader. */
export function Chart({ title, points, series, unit, names = false }: Props) {
  const say = useSay(unit);
  const rows = points.map(({ label, long, values }) => ({ label, long, ...values }));
  const most = Math.max(0, ...points.map(({ values }) => Object.values(values).reduce((all, value) => all + value, 0)));
  const height = names ? points.length * rowHeight + 34 : 260;
  const amount = { ...plain, allowDecimals: false, tickFormatter: (value: number) => (unit === 'money' ? say.short(value, most) : String(value)) };
  return (
    <figure className="card pad report-chart">
      <figcaption>{title}</figcaption>
      {series.length > 1 && <Legend series={series} />}
      <div role="img" aria-label={`${title}. The table below has the figures.`} style={{ height }}>
        <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 600, height }}>
          <BarChart
            data={rows}
            layout={names ? 'vertical' : 'horizontal'}
            margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
            barCategoryGap="22%"
            accessibilityLayer={false}
          >
            <CartesianGrid vertical={names} horizontal={!names} stroke="var(--line)" />
            {names ? <XAxis type="number" {...amount} /> : <XAxis dataKey="label" minTickGap={12} {...plain} />}
            {names ? <YAxis type="category" dataKey="label" width={150} interval={0} {...plain} /> : <YAxis width={unit === 'money' ? 64 : 36} {...amount} />}
            <Tooltip cursor={{ fill: 'var(--hover)' }} isAnimationActive={false} content={(shown) => <Words {...shown} series={series} say={say.full} />} />
            {series.map(({ key, color }) => (
              <Bar key={key} dataKey={key} stackId="one" fill={color} isAnimationActive={false} />
            ))}
          </BarChart>
        </ResponsiveContainer>
      </div>
    </figure>
  );
}

function Legend({ series }: { series: readonly Series[] }) {
  return (
    <ul className="report-legend" aria-hidden>
      {series.map(({ key, label, color }) => (
        <li key={key}>
          <span style={{ background: color }} />
          {label}
        </li>
      ))}
    </ul>
  );
}

type Said = TooltipContentProps & { series: readonly Series[]; say: (value: number) => string };

/** What stands beside the pointer: every part that is not zero, the largest place last. */
function Words({ active, payload, series, say }: Said) {
  const row = payload[0]?.payload as Record<string, string | number> | undefined;
  if (!active || row === undefined) return null;
  const parts = series.filter(({ key }) => Number(row[key] ?? 0) !== 0);
  return (
    <div className="report-tip">
      <strong>{row['long']}</strong>
      {parts.length === 0 && <span className="dim">Nothing</span>}
      {parts.map(({ key, label }) => (
        <span key={key} className="report-tip-row">
          <span>{label}</span>
          <span className="num">{say(Number(row[key]))}</span>
        </span>
      ))}
    </div>
  );
}

function useSay(unit: Props['unit']): { full: (value: number) => string; short: (value: number, most: number) => string } {
  const money = useMoney();
  const full = (value: number): string =>
    unit === 'money' ? money(value) : unit === 'days' ? `${value} ${value === 1 ? 'day' : 'days'}` : value.toLocaleString('en-US');
  // An axis needs no cents: $12,000 and, from a hundred thousand on, $120k.
  const short = (value: number, most: number): string => {
    const text = money(value).replace(/[.]\d+$/, '');
    return most >= 10_000_000 ? text.replace(/,\d{3}$/, 'k') : text;
  };
  return { full, short };
}
