import './imports.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { addressOf, call } from '../../api/client.ts';
import { sentenceOf } from '../../api/problem.ts';
import { importsQuery } from '../../api/queries.ts';
import { Moment } from '../../parts/days.tsx';
import { ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { Mark } from '../../parts/status-mark.tsx';
import { Drop } from './drop.tsx';
import { kindWords, stateWords, whole } from './words.ts';

/** Bring in what one already has: drop a file, see what is recognized, then import. */
export default function Imports() {
  const navigate = useNavigate();
  const client = useQueryClient();
  const [busy, setBusy] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const check = useCallback(
    async (file: File): Promise<void> => {
      setBusy(file.name);
      setWrong(null);
      try {
        const query = { fileName: file.name.slice(0, 120), mode: 'check' } as const;
        const { id } = await call('startImport', { query, body: new Blob([file], { type: 'text/csv' }) });
        void client.invalidateQueries({ queryKey: ['imports', 'list'] });
        await navigate({ to: '/import/$importId', params: { importId: id } });
      } catch (error) {
        setWrong(sentenceOf(error));
        setBusy(null);
      }
    },
    [client, navigate],
  );
  const take = useCallback((file: File) => void check(file), [check]);
  return (
    <Page title="Import" lead="Bring what you already have, from any spreadsheet or another program." width="narrow">
      <Drop busy={busy} wrong={wrong} onFile={take} />
      <Past />
      <Templates />
    </Page>
  );
}

const templates = [
  ['customers', 'Customers'],
  ['properties', 'Properties'],
  ['invoices', 'Past invoices'],
  ['items', 'Price book'],
  ['openings', 'Opening balances and credits'],
] as const;

function Templates() {
  return (
    <Section title="Files to fill in" id="templates">
      <p className="dim small">Each has the headings and one row that shows how.</p>
      <ul className="import-templates">
        {templates.map(([template, label]) => (
          <li key={template}>
            <a className="link" href={addressOf('readTemplate', { params: { template } })} download>
              {label}
            </a>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Past() {
  const query = useQuery(importsQuery);
  if (query.isPending) return <SkeletonRows rows={2} />;
  if (query.isError) return <ProblemNote error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data.items.length === 0) return null;
  return (
    <Section title="Imports" id="before">
      <table className="list">
        <thead className="sr-only">
          <tr>
            <th>File</th>
            <th>Rows</th>
            <th>State</th>
            <th>Begun</th>
          </tr>
        </thead>
        <tbody>
          {query.data.items.map((past) => {
            const [word, tone] = stateWords(past);
            return (
              <tr key={past.id}>
                <td className="clip w40">
                  <Link to="/import/$importId" params={{ importId: past.id }} className="row-link strong">
                    {past.fileName}
                  </Link>
                  <span className="second">
                    {kindWords[past.kind]}
                    {past.program !== null && past.program !== 'Our own template' && ` · ${past.program}`}
                  </span>
                </td>
                <td className="only-desk num">
                  {past.step !== 'check' && `${whole(past.added)} added`}
                  {past.rejected > 0 && (
                    <span className="bad">
                      {' '}
                      {whole(past.rejected)} {past.step === 'check' ? 'to put right' : 'stayed out'}
                    </span>
                  )}
                </td>
                <td className="fit">
                  <Mark tone={tone}>{word}</Mark>
                </td>
                <td className="end dim only-desk">
                  <Moment at={past.startedAt} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Section>
  );
}
