import './imports.css';
import { Button, FileButton, SegmentedControl } from '@mantine/core';
import IconFile from '@tabler/icons-react/dist/esm/icons/IconFileSpreadsheet.mjs';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { sentenceOf } from '../../api/problem.ts';
import { importsQuery } from '../../api/queries.ts';
import type { Import } from '../../api/types.ts';
import { Moment } from '../../parts/days.tsx';
import { ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { Mark } from '../../parts/status-mark.tsx';
import { keepFile } from './kept-file.ts';

type Kind = Import['kind'];

/** Bring in what one already has: drop a file, see what is recognized, then import. */
export default function Imports() {
  const navigate = useNavigate();
  const [kind, setKind] = useState<Kind>('customers');
  const [busy, setBusy] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const check = async (file: File | null | undefined): Promise<void> => {
    if (!file) return;
    setBusy(file.name);
    setWrong(null);
    try {
      const result = await call('startImport', {
        query: { kind, fileName: file.name.slice(0, 120), mode: 'check' },
        body: new Blob([file], { type: 'text/csv' }),
      });
      keepFile(result.id, file);
      await navigate({ to: '/import/$importId', params: { importId: result.id } });
    } catch (error) {
      setWrong(sentenceOf(error));
      setBusy(null);
    }
  };
  return (
    <Page
      title="Import"
      lead="From any spreadsheet or another program, as a CSV file. Nothing is added before you have seen what is recognized."
      width="narrow"
    >
      <SegmentedControl
        aria-label="What is in the file"
        value={kind}
        onChange={(value) => setKind(value as Kind)}
        data={[
          { value: 'customers', label: 'Customers and properties' },
          { value: 'invoices', label: 'Past invoices' },
        ]}
        mb="md"
      />
      <Drop kind={kind} busy={busy} wrong={wrong} onFile={(file) => void check(file)} />
      <Past />
    </Page>
  );
}

type DropProps = { kind: Kind; busy: string | null; wrong: string | null; onFile: (file: File | null | undefined) => void };

function Drop({ kind, busy, wrong, onFile }: DropProps) {
  const [over, setOver] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a second way for the mouse; the button does the same
    <div
      className="drop"
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onFile(event.dataTransfer.files[0]);
      }}
    >
      <IconFile size={28} stroke={1.5} aria-hidden className="dim" />
      <p>
        <span className="strong">Drop the file here</span> or
      </p>
      <FileButton accept=".csv,text/csv,text/plain" onChange={(file) => onFile(file)}>
        {(props) => (
          <Button {...props} loading={busy !== null}>
            Choose a file
          </Button>
        )}
      </FileButton>
      <p className="dim small">
        {kind === 'customers'
          ? 'Names, contacts, addresses, properties, terms. One customer with several properties may take several rows.'
          : 'One row per line of an invoice. They keep their numbers, stay hidden from customers, and nothing is sent.'}
      </p>
      {busy !== null && <p role="status">Checking {busy}…</p>}
      {wrong !== null && (
        <p className="bad" role="alert">
          {wrong}
        </p>
      )}
    </div>
  );
}

function Past() {
  const query = useQuery(importsQuery);
  if (query.isPending) return <SkeletonRows rows={2} />;
  if (query.isError) return <ProblemNote error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data.items.length === 0) return null;
  return (
    <Section title="Before" id="before">
      <table className="list">
        <tbody>
          {query.data.items.map((past) => (
            <tr key={past.id}>
              <td className="clip w50">
                <Link to="/import/$importId" params={{ importId: past.id }} className="row-link strong">
                  {past.fileName}
                </Link>
                <span className="second">
                  {past.kind === 'customers' ? 'Customers' : 'Invoices'}
                  {past.checkOnly && ', checked only'}
                </span>
              </td>
              <td className="only-desk num">
                {past.added.toLocaleString('en-US')} {past.checkOnly ? 'to add' : 'added'}
                {past.rejected > 0 && <span className="bad"> · {past.rejected.toLocaleString('en-US')} left out</span>}
              </td>
              <td>{past.state === 'running' ? <Mark tone="warn">Running</Mark> : past.state === 'failed' ? <Mark tone="bad">Stopped</Mark> : null}</td>
              <td className="end dim">
                <Moment at={past.startedAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
