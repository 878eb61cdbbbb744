import './export.css';
import { Button, SegmentedControl } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { exportsQuery, journalQuery } from '../../api/queries.ts';
import type { Export as ExportFile, ExportOrder } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { DayField } from '../../parts/day-field.tsx';
import { dayText, Moment } from '../../parts/days.tsx';
import { FormProblem } from '../../parts/form.tsx';
import { Empty, ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Section } from '../../parts/page.tsx';
import { saveFile } from '../../parts/save-file.ts';
import { sizeText } from '../../parts/size-text.ts';
import { Mark } from '../../parts/status-mark.tsx';
import { toast } from '../../parts/toast.ts';
import { JournalNames } from './journal-names.tsx';

type Kind = ExportOrder['kind'];
type Choice = Readonly<{ kind: Kind; label: string; words: string }>;

const groups: readonly (readonly [string, readonly Choice[]])[] = [
  [
    'Tables',
    [
      { kind: 'customers', label: 'Customers', words: 'names, addresses, terms, balances' },
      { kind: 'people', label: 'People', words: 'contacts and what each may do' },
      { kind: 'properties', label: 'Properties', words: 'codes, addresses, access notes' },
      { kind: 'invoices', label: 'Invoices', words: 'one row each, with what was paid and is open' },
      { kind: 'invoice_lines', label: 'Invoice lines', words: 'one row each line' },
      { kind: 'payments', label: 'Payments', words: 'one row each, by card, bank, check, cash' },
      { kind: 'payment_shares', label: 'What payments paid', words: 'one row each invoice a payment went to' },
      { kind: 'credits', label: 'Credits', words: 'every move of account credit' },
      { kind: 'events', label: 'Everything that happened', words: 'who did what, when' },
      { kind: 'price_book', label: 'Price book', words: 'items and prices' },
    ],
  ],
  [
    'For your bookkeeper',
    [
      { kind: 'journal_quickbooks', label: 'Journal for QuickBooks', words: 'double entries, one journal entry a move' },
      { kind: 'journal_xero', label: 'Journal for Xero', words: 'a manual journal, ready to import' },
    ],
  ],
  ['Everything', [{ kind: 'archive', label: 'The whole business', words: 'one archive with all files; an empty install takes it in' }]],
];
const choices = groups.flatMap(([, list]) => list);
const withPeriod: readonly Kind[] = ['invoices', 'invoice_lines', 'payments', 'payment_shares', 'credits', 'events', 'journal_quickbooks', 'journal_xero'];
const labelOf = (kind: Kind): string => choices.find((choice) => choice.kind === kind)?.label ?? 'Data of one customer';

/** Everything leaves as files: made in the background, kept for a week, each download written down. */
export function Export() {
  const [kind, setKind] = useState<Kind>('invoices');
  const [span, setSpan] = useState<'all' | 'period'>('all');
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState<string | null>(null);
  const start = useAct('startExport', { renew: ['exports'], done: (file) => toast(`${file.fileName} is being made`), failed: () => true });
  const period = withPeriod.includes(kind) && span === 'period';
  const order = { kind, ...(period && from !== null ? { from } : {}), ...(period && to !== null ? { to } : {}) };
  return (
    <div className="settings-form stack export">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          start.mutate({ body: order });
        }}
      >
        {groups.map(([title, list]) => (
          <fieldset key={title} className="export-kinds">
            <legend className="strong">{title}</legend>
            {list.map((choice) => (
              <label key={choice.kind} className="export-kind" data-on={choice.kind === kind || undefined}>
                <input type="radio" name="kind" checked={choice.kind === kind} onChange={() => setKind(choice.kind)} />
                <span>
                  <span className="strong">{choice.label}</span>
                  <span className="second">{choice.words}</span>
                </span>
              </label>
            ))}
          </fieldset>
        ))}
        {withPeriod.includes(kind) && (
          <div className="row wrap export-period">
            <SegmentedControl
              aria-label="Which days"
              value={span}
              onChange={(value) => setSpan(value as 'all' | 'period')}
              data={[
                { value: 'all', label: 'All days' },
                { value: 'period', label: 'From … to …' },
              ]}
            />
            {span === 'period' && (
              <>
                <DayField aria-label="First day" placeholder="First day" w={160} day={from} onDay={setFrom} clearable />
                <DayField aria-label="Last day" placeholder="Last day" w={160} day={to} onDay={setTo} clearable />
              </>
            )}
          </div>
        )}
        <FormProblem error={start.error} />
        <div>
          <Button type="submit" loading={start.isPending}>
            Make the file
          </Button>
        </div>
      </form>
      <Files />
      <Journal />
    </div>
  );
}

function Files() {
  const query = useInfiniteQuery(exportsQuery);
  const files = query.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Section title="Files" id="files">
      {query.isPending && <SkeletonRows rows={2} />}
      {query.isError && <ProblemNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && files.length === 0 && <Empty title="No file was made yet">Files are kept here for seven days.</Empty>}
      {files.length > 0 && (
        <ul className="export-files">
          {files.map((file) => (
            <FileRow key={file.id} file={file} />
          ))}
        </ul>
      )}
      {query.hasNextPage && (
        <Button size="xs" variant="subtle" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          Show more
        </Button>
      )}
    </Section>
  );
}

const states = {
  waiting: ['Waiting', 'neutral'],
  running: ['Being made', 'warn'],
  done: ['Ready', 'good'],
  failed: ['Could not be made', 'bad'],
  ended: ['No longer kept', 'neutral'],
} as const;

function FileRow({ file }: { file: ExportFile }) {
  const download = useAct('downloadExport', { done: (bytes) => saveFile(bytes as Blob, file.fileName) });
  const [word, tone] = states[file.state];
  const days =
    file.from === null && file.to === null
      ? ''
      : ` · ${file.from === null ? 'until' : dayText(file.from)} ${file.to === null ? 'on' : `– ${dayText(file.to)}`}`;
  return (
    <li className="export-file">
      <div className="grow">
        <span className="strong">{labelOf(file.kind)}</span>
        <span className="second">
          {file.fileName}
          {days} · {file.askedBy}, <Moment at={file.askedAt} />
          {file.state === 'running' && ` · ${file.rowsDone.toLocaleString('en-US')} rows so far`}
          {file.state === 'done' && ` · ${file.rowsDone.toLocaleString('en-US')} rows, ${sizeText(file.bytes ?? 0)}`}
        </span>
      </div>
      {file.state === 'done' ? (
        <Button size="xs" variant="default" loading={download.isPending} onClick={() => download.mutate({ params: { exportId: file.id } })}>
          Download
        </Button>
      ) : (
        <Mark tone={tone}>{word}</Mark>
      )}
    </li>
  );
}

function Journal() {
  const query = useQuery(journalQuery);
  if (query.data === undefined) return null;
  return <JournalNames key={query.data.version} settings={query.data} />;
}
