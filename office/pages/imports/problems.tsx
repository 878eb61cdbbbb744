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

type Count = Import['problemCounts'][number];

/** Everything that is wrong, by row and column: first what keeps rows out, then what is only told. While nothing was imported it can be put right here. */
export function Problems({ of }: { of: Import }) {
  const out = of.problemCounts.filter(({ keeps, code }) => !keeps && code !== alongside);
  const along = sumOf(of.problemCounts.filter(({ code }) => code === alongside));
  const told = of.problemCounts.filter(({ keeps }) => keeps);
  const check = of.step === 'check';
  return (
    <>
      {out.length > 0 && (
        <Part
          of={of}
          counts={out}
          keeps={false}
          title={check ? 'To put right' : 'What kept rows out'}
          {...(along > 0
            ? {
                lead: `${whole(along)} more ${along === 1 ? 'row' : 'rows'} ${check ? 'would stay' : 'stayed'} out with these: an invoice comes in whole or not at all.`,
              }
            : {})}
          actions={
            of.hasRejectedFile &&
            of.state !== 'running' && (
              <Button component="a" size="xs" variant="default" href={addressOf('readRejected', { params: { importId: of.id } })} download>
                Download rows
              </Button>
            )
          }
        />
      )}
      {told.length > 0 && <Part of={of} counts={told} keeps title={check ? 'Worth a look; these rows come in' : 'Worth a look; these rows came in'} />}
    </>
  );
}

const sumOf = (counts: readonly Count[]): number => counts.reduce((sum, { count }) => sum + count, 0);
/** Said of the rows without a fault of an invoice that has one. There is nothing to put right in them. */
const alongside = 'import_invoice_left_out';
/** Longer lists of what is only told are opened by hand. */
const few = 5;

type PartProps = { of: Import; counts: readonly Count[]; keeps: boolean; title: string; lead?: string; actions?: React.ReactNode };

function Part({ of, counts, keeps, title, lead, actions }: PartProps) {
  const [code, setCode] = useState<string | undefined>(undefined);
  const total = sumOf(counts);
  const [open, setOpen] = useState(!keeps || total <= few);
  const id = keeps ? 'worth-a-look' : 'problems';
  const narrow = (next: string | undefined): void => {
    setCode(next);
    setOpen(true);
  };
  return (
    <Section
      id={id}
      title={
        <>
          {title} <span className="dim num">{whole(total)}</span>
        </>
      }
      actions={
        <>
          {actions}
          {keeps && total > few && (
            <Button size="xs" variant="default" aria-expanded={open} aria-controls={`${id}-rows`} onClick={() => setOpen(!open)}>
              {open ? 'Hide' : 'Show'}
            </Button>
          )}
        </>
      }
    >
      <div id={`${id}-rows`}>
        {lead !== undefined && <p className="dim small">{lead}</p>}
        <Kinds counts={counts} code={code} onCode={narrow} />
        {open && <Rows of={of} keeps={keeps} code={code} alone={code !== undefined || new Set(counts.map((each) => each.code)).size === 1} />}
      </div>
    </Section>
  );
}

/** `alone`: all of them say the same, which stands above. */
function Rows({ of, keeps, code, alone }: { of: Import; keeps: boolean; code: string | undefined; alone: boolean }) {
  const query = useInfiniteQuery(importProblemsQuery(of.id, of.version, { keeps, ...(code === undefined ? { except: alongside } : { code }) }));
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {query.isPending && <SkeletonRows rows={4} />}
      {query.isError && <ProblemNote error={query.error} onRetry={() => void query.refetch()} />}
      <table className="list import-problems">
        <thead className={rows.length === 0 ? 'sr-only' : ''}>
          <tr>
            <th className="end">Row</th>
            <th>Column</th>
            <th>What is there</th>
            {!alone && <th className="only-desk">What is wrong</th>}
            <th>
              <span className="sr-only">Act</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((problem) => (
            <ProblemRow key={`${problem.row} ${problem.position} ${problem.code}`} of={of} problem={problem} alone={alone} />
          ))}
        </tbody>
      </table>
      <MoreRows query={query} />
    </>
  );
}

/** What is wrong and how often; with several, each narrows the list. */
function Kinds({ counts, code, onCode }: { counts: readonly Count[]; code: string | undefined; onCode: (code: string | undefined) => void }) {
  const kinds = [...Map.groupBy(counts, (each) => each.code)];
  if (kinds.length < 2) return <p className="import-kind">{counts[0]?.message}</p>;
  return (
    <fieldset className="import-kinds">
      <legend className="sr-only">Show only</legend>
      {kinds.map(([each, some]) => (
        <button key={each} type="button" className="import-kind" aria-pressed={code === each} onClick={() => onCode(code === each ? undefined : each)}>
          <span className="num strong">{whole(sumOf(some))}</span> <span>{some[0]?.message}</span>
        </button>
      ))}
    </fieldset>
  );
}

/** The list is made anew after each correction; whoever works by keyboard goes on from the head of the page. */
function toHeading(): void {
  const heading = document.querySelector<HTMLElement>('.page h1');
  if (heading === null) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

function ProblemRow({ of, problem, alone }: { of: Import; problem: ImportProblem; alone: boolean }) {
  const [fixing, setFixing] = useState(false);
  const edit = useAct('editImport', { renew: ['imports'] });
  const open = of.step === 'check' && of.state === 'checked';
  return (
    <>
      <tr>
        <td className="end num">{problem.row}</td>
        <td className="strong import-column">{problem.column || 'Whole row'}</td>
        <td className="import-value">
          {problem.value === '' ? <span className="dim">{problem.position < 0 ? '' : 'empty'}</span> : problem.value}
          {problem.edited && <span className="second">changed here</span>}
          {!alone && <span className="second only-phone">{problem.message}</span>}
        </td>
        {!alone && <td className="only-desk">{problem.message}</td>}
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
            <Fix of={of} problem={problem} onClose={() => setFixing(false)} onFixed={toHeading} />
          </td>
        </tr>
      )}
    </>
  );
}
