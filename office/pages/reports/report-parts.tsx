import { VisuallyHidden } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { Money } from '../../parts/money.tsx';
import { Empty, ProblemNote, SkeletonRows } from '../../parts/notes.tsx';

/** A report while it loads, when it cannot, when there is nothing to tell, and when there is. */
export function Loaded<T>({
  query,
  empty,
  nothing,
  children,
}: {
  query: UseQueryResult<T>;
  empty: (report: T) => boolean;
  nothing: { title: string; words: string };
  children: (report: T) => React.ReactNode;
}) {
  if (query.data === undefined) return query.isError ? <ProblemNote error={query.error} onRetry={() => void query.refetch()} /> : <SkeletonRows rows={8} />;
  if (empty(query.data)) return <Empty title={nothing.title}>{nothing.words}</Empty>;
  return <>{children(query.data)}</>;
}

const monthFormat = new Intl.DateTimeFormat('en-US', { month: 'short', timeZone: 'UTC' });
const longFormat = new Intl.DateTimeFormat('en-US', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** '2026-11' as Nov, or Nov 26 where it begins a year or a row of several. */
export function shortMonth(month: string, first = false): string {
  const name = monthFormat.format(Date.parse(`${month}-01`));
  return first || month.endsWith('-01') ? `${name} ’${month.slice(2, 4)}` : name;
}
export const longMonth = (month: string): string => longFormat.format(Date.parse(`${month}-01`));

/** Every month from the first to the last, so that a quiet one is a gap and not missing. */
export function monthsBetween(from: string, to: string): string[] {
  const months: string[] = [];
  let [year = 0, month = 0] = from.slice(0, 7).split('-').map(Number);
  for (let at = from.slice(0, 7); at <= to.slice(0, 7) && months.length < 120; at = `${year}-${String(month).padStart(2, '0')}`) {
    months.push(at);
    month += 1;
    if (month > 12) [year, month] = [year + 1, 1];
  }
  return months;
}

/** 93 of 100 as 93 %. */
export const percent = (part: number, whole: number): string => (whole === 0 ? '–' : `${Math.trunc((part / whole) * 100 + 0.5)} %`);

/** An amount in a table of many: a zero is a dash, so that what is not zero stands out. */
export function Sum({ minor }: { minor: number }) {
  return minor === 0 ? <span className="dim">–</span> : <Money minor={minor} />;
}

export type Column<Row> = Readonly<{ label: string; end?: boolean; desk?: boolean; of: (row: Row) => React.ReactNode; total?: React.ReactNode }>;

/** The figures in words and numbers, with the sum under them. */
export function ReportTable<Row>({
  caption,
  columns,
  rows,
  keyOf,
}: {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
}) {
  const place = ({ end, desk }: Column<Row>): string => `${end ? 'end' : 'clip w32'}${desk ? ' only-desk' : ''}`;
  return (
    <table className="list report-table">
      <caption>
        <VisuallyHidden>{caption}</VisuallyHidden>
      </caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.label} scope="col" className={place(column)}>
              {column.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map((column) => (
              <td key={column.label} className={place(column)}>
                {column.of(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
      {columns.some((column) => column.total !== undefined) && (
        <tfoot>
          <tr>
            {columns.map((column) => (
              <td key={column.label} className={`${place(column)} strong`}>
                {column.total}
              </td>
            ))}
          </tr>
        </tfoot>
      )}
    </table>
  );
}
