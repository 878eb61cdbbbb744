import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { addressOf } from '../../api/client.ts';
import { importProblemsQuery } from '../../api/queries.ts';
import type { Import, ImportProblem } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { MoreRows } from '../../parts/list-tools.tsx';
import { ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Section } from '../../parts/page.tsx';
import { Fix } from './fix.tsx';
import { whole } from './words.ts';

/** Everything that is wrong, by row and column, and while nothing was imported a way to put it right here. */
export function Problems({ of }: { of: Import }) {
  const [code, setCode] = useState<string | undefined>(undefined);
  const query = useInfiniteQuery(importProblemsQuery(of.id, of.version, code));
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const total = of.problemCounts.reduce((sum, { count }) => sum + count, 0);
  return (
    <Section
      title={
        <>
          Problems <span className="dim num">{whole(total)}</span>
        </>
      }
      id="problems"
      actions={
        of.hasRejectedFile &&
        of.state !== 'running' && (
          <Button component="a" size="xs" variant="default" href={addressOf('readRejected', { params: { importId: of.id } })} download>
            Download the rows that {of.step === 'check' ? 'would stay' : 'stayed'} out
          </Button>
        )
      }
    >
      <Kinds of={of} code={code} onCode={setCode} />
      {query.isPending && <SkeletonRows rows={4} />}
      {query.isError && <ProblemNote error={query.error} onRetry={() => void query.refetch()} />}
      <table className="list import-problems">
        <thead className={rows.length === 0 ? 'sr-only' : ''}>
          <tr>
            <th className="end">Row</th>
            <th>Column</th>
            <th>What is there</th>
            <th className="only-desk">What is wrong</th>
            <th>
              <span className="sr-only">Act</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((problem) => (
            <ProblemRow key={`${problem.row} ${problem.position} ${problem.code}`} of={of} problem={problem} />
          ))}
        </tbody>
      </table>
      <MoreRows query={query} />
    </Section>
  );
}

function Kinds({ of, code, onCode }: { of: Import; code: string | undefined; onCode: (code: string | undefined) => void }) {
  if (of.problemCounts.length < 2) return null;
  const kinds = [...Map.groupBy(of.problemCounts, (each) => each.code)];
  return (
    <fieldset className="columns import-kinds">
      <legend className="sr-only">Show only</legend>
      {kinds.map(([each, counts]) => (
        <button key={each} type="button" className="column" aria-pressed={code === each} onClick={() => onCode(code === each ? undefined : each)}>
          <span className="num">{whole(counts.reduce((sum, { count }) => sum + count, 0))}</span> <span>{counts[0]?.message}</span>
        </button>
      ))}
    </fieldset>
  );
}

function ProblemRow({ of, problem }: { of: Import; problem: ImportProblem }) {
  const [fixing, setFixing] = useState(false);
  const edit = useAct('editImport', { renew: ['imports'] });
  const open = of.step === 'check' && of.state === 'checked';
  return (
    <>
      <tr>
        <td className="end num">{problem.row}</td>
        <td className="strong">{problem.column}</td>
        <td className="import-value">
          {problem.value === '' ? <span className="dim">empty</span> : problem.value}
          {problem.edited && <span className="second">changed here</span>}
          <span className="second only-phone">{problem.message}</span>
        </td>
        <td className="only-desk">
          {problem.message}
          {problem.keeps && <span className="second">The row comes in all the same.</span>}
        </td>
        <td className="end import-acts">
          {open && problem.position >= 0 && (
            <button type="button" className="text-button small" aria-expanded={fixing} onClick={() => setFixing(!fixing)}>
              Fix
            </button>
          )}
          {open && (
            <button
              type="button"
              className="text-button small"
              disabled={edit.isPending}
              onClick={() => edit.mutate({ params: { importId: of.id }, body: { edits: [{ row: problem.row, leaveOut: true }] } })}
            >
              Leave out
            </button>
          )}
        </td>
      </tr>
      {fixing && open && (
        <tr>
          <td colSpan={5}>
            <Fix of={of} problem={problem} onClose={() => setFixing(false)} />
          </td>
        </tr>
      )}
    </>
  );
}
