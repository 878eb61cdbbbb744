import './imports.css';
import { Button, Progress } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { addressOf, call } from '../../api/client.ts';
import { importQuery } from '../../api/queries.ts';
import type { Import as ImportFacts } from '../../api/types.ts';
import { Figure } from '../../parts/figure.tsx';
import { ButtonLink } from '../../parts/links.tsx';
import { Note, ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { toastProblem } from '../../parts/toast.ts';
import { keptFile } from './kept-file.ts';

const route = getRouteApi('/office/import/$importId');

const whole = (count: number): string => count.toLocaleString('en-US');

/** How a file went: what is recognized, what was or will be added, and every problem by row and column. */
export default function Import() {
  const { importId } = route.useParams();
  const query = useQuery(importQuery(importId));
  const result = query.data;
  if (result === undefined) {
    return (
      <Page title="Import" width="narrow">
        {query.isError ? <ProblemNote error={query.error} onRetry={() => void query.refetch()} /> : <SkeletonRows rows={4} />}
      </Page>
    );
  }
  return (
    <Page title={result.fileName} lead={leadOf(result)} width="narrow" actions={<Actions result={result} />}>
      {result.state === 'running' && <Progress value={100} animated size="sm" mb="md" aria-label="Working" />}
      {result.state === 'failed' && (
        <Note tone="bad">This stopped before its end. What was added stays; importing the file again adds only what is missing.</Note>
      )}
      <div className="figures" style={{ marginBottom: '1.75rem' }} aria-live="polite">
        <Figure label="Rows read" amount={whole(result.rowsRead)} />
        <Figure label={result.checkOnly ? 'Rows to add' : 'Rows added'} amount={whole(result.added)} />
        <Figure label="Already there" amount={whole(result.unchanged)} />
        <Figure label={result.checkOnly ? 'Will be left out' : 'Left out'} amount={whole(result.rejected)} tone={result.rejected > 0 ? 'bad' : undefined} />
      </div>
      <Next result={result} />
      {result.columns.length > 0 && (
        <Section title="Columns recognized" id="columns">
          <div className="columns">
            {result.columns.map(({ column, meaning }) => (
              <span key={column} className="column" data-unused={meaning === null || undefined}>
                {column}
                <span className="dim"> {meaning === null ? 'not used' : `→ ${meaning.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`}</span>
              </span>
            ))}
          </div>
        </Section>
      )}
      <Problems result={result} />
    </Page>
  );
}

function leadOf(result: ImportFacts): string {
  const what = result.kind === 'customers' ? 'Customers and properties' : 'Past invoices';
  if (result.state === 'running') return `${what} · ${result.checkOnly ? 'checking' : 'importing'}… You can leave this page; it goes on.`;
  return `${what} · ${result.checkOnly ? 'checked, nothing was added yet' : 'imported'}`;
}

function Actions({ result }: { result: ImportFacts }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const file = keptFile(result.id);
  if (!result.checkOnly || result.state !== 'done' || result.added === 0) {
    return (
      <ButtonLink to="/import" variant="default">
        Another file
      </ButtonLink>
    );
  }
  if (file === undefined) return <ButtonLink to="/import">Choose the file again to import it</ButtonLink>;
  const run = (): void => {
    setBusy(true);
    call('startImport', { query: { kind: result.kind, fileName: result.fileName, mode: 'import' }, body: new Blob([file], { type: 'text/csv' }) }).then(
      (started) => {
        void client.invalidateQueries({ queryKey: ['imports', 'list'] });
        void navigate({ to: '/import/$importId', params: { importId: started.id }, replace: true });
      },
      (error: unknown) => {
        setBusy(false);
        toastProblem(error);
      },
    );
  };
  return (
    <Button loading={busy} onClick={run}>
      Import {whole(result.added)} {result.added === 1 ? 'row' : 'rows'}
    </Button>
  );
}

function Next({ result }: { result: ImportFacts }) {
  if (result.checkOnly || result.state !== 'done' || result.added === 0) return null;
  return (
    <Note tone="good">
      {result.kind === 'customers' ? (
        <>
          They are in your{' '}
          <Link to="/customers" className="link">
            customers
          </Link>{' '}
          now.
        </>
      ) : (
        <>
          They are in your{' '}
          <Link to="/invoices" className="link">
            invoices
          </Link>{' '}
          now, hidden from customers until you{' '}
          <Link to="/settings/$section" params={{ section: 'past-invoices' }} className="link">
            show past invoices
          </Link>
          .
        </>
      )}
    </Note>
  );
}

function Problems({ result }: { result: ImportFacts }) {
  if (result.problems.length === 0) return null;
  return (
    <Section
      title="Problems"
      id="problems"
      actions={
        result.hasRejectedFile && (
          <Button component="a" size="xs" variant="default" href={addressOf('readRejected', { params: { importId: result.id } })} download>
            Download the rows left out
          </Button>
        )
      }
    >
      <table className="list">
        <thead>
          <tr>
            <th className="end">Row</th>
            <th>Column</th>
            <th>What is there</th>
            <th>What is wrong</th>
          </tr>
        </thead>
        <tbody>
          {result.problems.map((problem) => (
            <tr key={`${problem.row} ${problem.column} ${problem.code}`}>
              <td className="end num">{problem.row}</td>
              <td>{problem.column}</td>
              <td className="clip only-desk w28">{problem.value}</td>
              <td>{problem.message}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {result.rejected > result.problems.length && <p className="dim small">These are the first ones. The file holds them all.</p>}
    </Section>
  );
}
