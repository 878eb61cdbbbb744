import { useQuery } from '@tanstack/react-query';
import { importRowsQuery } from '../../api/queries.ts';
import type { Import } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { dayText } from '../../parts/days.tsx';
import { useMoney } from '../../parts/money.tsx';
import { ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Section } from '../../parts/page.tsx';

type Row = { row: number; fields: readonly { name: string; text: string; amountMinor: number | null }[]; leftOut: boolean; problems: number };

/** The first rows as they would look once they are in. */
export function Preview({ of }: { of: Import }) {
  const query = useQuery(importRowsQuery(of.id, of.version));
  const rows = query.data?.items ?? [];
  const names = [...new Set(rows.flatMap(({ fields }) => fields.map(({ name }) => name)))];
  return (
    <Section title="How the first rows will look" id="preview">
      {query.isPending && <SkeletonRows rows={4} />}
      {query.isError && <ProblemNote error={query.error} onRetry={() => void query.refetch()} />}
      {rows.length > 0 && (
        <div className="scroll-x">
          <table className="list import-preview">
            <thead>
              <tr>
                <th className="end">Row</th>
                {names.map((name) => (
                  <th key={name} className={isAmount(rows, name) ? 'end' : ''}>
                    {name}
                  </th>
                ))}
                <th>
                  <span className="sr-only">Leave out</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <PreviewRow key={row.row} of={of} row={row} names={names} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}

const isAmount = (rows: readonly Row[], name: string): boolean =>
  rows.some(({ fields }) => fields.some((field) => field.name === name && field.amountMinor !== null));

function PreviewRow({ of, row, names }: { of: Import; row: Row; names: readonly string[] }) {
  const money = useMoney();
  const edit = useAct('editImport', { renew: ['imports'] });
  const leaveOut = (): void => edit.mutate({ params: { importId: of.id }, body: { edits: [{ row: row.row, leaveOut: !row.leftOut }] } });
  return (
    <tr data-left-out={row.leftOut || undefined}>
      <td className="end num dim">{row.row}</td>
      {names.map((name) => {
        const field = row.fields.find((each) => each.name === name);
        const amount = field?.amountMinor ?? null;
        return (
          <td key={name} className={amount === null ? '' : 'end num'}>
            {amount === null ? written(field?.text ?? '') : money(amount)}
          </td>
        );
      })}
      <td className="end">
        <button type="button" className="text-button small" disabled={edit.isPending} onClick={leaveOut}>
          {row.leftOut ? 'Take in' : 'Leave out'}
        </button>
      </td>
    </tr>
  );
}

const written = (text: string): string => (/^\d{4}-\d\d-\d\d$/.test(text) ? dayText(text) : text);
