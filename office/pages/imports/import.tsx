import './imports.css';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { importQuery } from '../../api/queries.ts';
import type { Import as ImportFacts } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Figure } from '../../parts/figure.tsx';
import { ButtonLink } from '../../parts/links.tsx';
import { Note, ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Page } from '../../parts/page.tsx';
import { Columns } from './columns.tsx';
import { Preview } from './preview.tsx';
import { Problems } from './problems.tsx';
import { Result } from './result.tsx';
import { Running } from './running.tsx';
import { Steps } from './steps.tsx';
import { failureWords, kindWords, rowsOf, whole } from './words.ts';

const route = getRouteApi('/office/import/$importId');

/** One file on its way in: what it is, what is wrong, what became of it. It can be left and come back to. */
export default function Import() {
  const { importId } = route.useParams();
  const query = useQuery(importQuery(importId));
  const of = query.data;
  if (of === undefined) {
    return (
      <Page title="Import" width="narrow">
        {query.isError ? <ProblemNote error={query.error} onRetry={() => void query.refetch()} /> : <SkeletonRows rows={4} />}
      </Page>
    );
  }
  return (
    <Page title={of.fileName} lead={leadOf(of)} width="normal" actions={<Actions of={of} />}>
      {of.hasFile && <Steps of={of} />}
      {of.state === 'running' && <Running of={of} />}
      {of.failure !== '' && of.state !== 'running' && (
        <Note tone="bad">
          <p>{failureWords(of.failure)}</p>
        </Note>
      )}
      {of.state === 'canceled' && (
        <Note tone="warn">
          {of.step === 'check'
            ? 'The check was stopped. Nothing was added.'
            : 'This was stopped. What was added stays, and can be undone; the same file adds the rest.'}
        </Note>
      )}
      {of.state !== 'waiting' && <Figures of={of} />}
      <Result of={of} />
      {of.step === 'check' && of.hasFile && <Columns of={of} key={`${of.kind} ${of.columns.length}`} />}
      {of.problemCounts.length > 0 && of.state !== 'undone' && <Problems of={of} />}
      {of.step === 'check' && of.state === 'checked' && <Preview of={of} />}
    </Page>
  );
}

function leadOf(of: ImportFacts): string {
  const from = of.program === null || of.program === 'Our own template' ? '' : `recognized as an export of ${of.program}`;
  return [kindWords[of.kind], from].filter((part) => part !== '').join(' · ');
}

function Figures({ of }: { of: ImportFacts }) {
  const check = of.step === 'check';
  return (
    <div className="figures import-figures" data-size="s">
      <Figure label="Rows read" amount={whole(of.rowsRead)} />
      <Figure label={check ? 'Would be added' : 'Added'} amount={whole(of.added)} />
      <Figure label="Already there" amount={whole(of.unchanged)} />
      <Figure label={check ? 'Would stay out' : 'Stayed out'} amount={whole(of.rejected)} tone={of.rejected > 0 ? 'bad' : undefined} />
      {of.leftOut > 0 && <Figure label="Left out by you" amount={whole(of.leftOut)} />}
    </div>
  );
}

function Actions({ of }: { of: ImportFacts }) {
  const commit = useAct('commitImport', { renew: ['imports'] });
  const again = (
    <ButtonLink to="/import" variant="default">
      {of.step === 'check' ? 'All imports' : 'Import another file'}
    </ButtonLink>
  );
  if (of.state !== 'checked') return again;
  return (
    <>
      {again}
      <Button loading={commit.isPending} disabled={of.added === 0} onClick={() => commit.mutate({ params: { importId: of.id } })}>
        {of.added === 0 ? 'Nothing to import' : `Import ${rowsOf(of.added)}`}
      </Button>
    </>
  );
}
