import { Button, CloseButton, Menu } from '@mantine/core';
import IconDots from '@tabler/icons-react/dist/esm/icons/IconDots.mjs';
import { lazy, Suspense, useState } from 'react';
import { addressOf } from '../../api/client.ts';
import type { BatchBody, BatchChosen, InvoiceRow } from '../../api/types.ts';
import { useBatch } from '../../parts/batch.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { toast } from '../../parts/toast.ts';
import { type Chosen, chosenMost } from './chosen.ts';
import { printPage } from './print-page.ts';

const MarkPaid = lazy(() => import('./mark-paid.tsx'));
const PrintAndPost = lazy(() => import('./print-and-post.tsx'));

type Asking = 'issue' | 'send' | 'show' | 'pay' | 'post';
/** An address holds no more than this; beyond it, papers are drawn in the background. */
const printMost = 100;

/** Acts on the rows chosen, or on all the list shows. They go on in the background; each invoice succeeds or is refused for itself. */
export function BulkBar({ chosen, rows, filter, total }: { chosen: Chosen; rows: readonly InvoiceRow[]; filter: Filter; total: number | undefined }) {
  const [asking, setAsking] = useState<Asking | null>(null);
  const { rights } = useOffice();
  const batch = useBatch(() => {
    setAsking(null);
    chosen.set([]);
  });
  const known = rows.filter((row) => chosen.has(row.id));
  const drafts = known.filter((row) => row.status === 'draft').length;
  const count = chosen.all ? Math.min(total ?? 0, chosenMost) : chosen.count;
  const what: BatchChosen = chosen.all ? { invoices: filter } : { ids: [...chosen.ids] };
  const start = (kind: BatchBody['kind'], more: Omit<BatchBody, 'kind' | 'chosen'> = {}): void => batch.start({ kind, chosen: what, ...more });
  const close = (): void => setAsking(null);
  const mayPay = rights.includes('payments:write');
  return (
    <>
      <div className="bulk-bar" role="toolbar" aria-label="Chosen invoices">
        <ChosenWords chosen={chosen} rows={rows} total={total} />
        <Button size="xs" onClick={() => setAsking('send')}>
          Send
        </Button>
        {mayPay && (
          <Button size="xs" variant="default" onClick={() => setAsking('pay')}>
            Mark paid
          </Button>
        )}
        <Button size="xs" variant="default" loading={batch.busy} onClick={() => start('papers')}>
          Download
        </Button>
        <Menu position="top-end">
          <Menu.Target>
            <Button size="xs" variant="default" px={6} aria-label="More to do with the chosen">
              <IconDots size={16} aria-hidden />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {(drafts > 0 || chosen.all) && <Menu.Item onClick={() => setAsking('issue')}>Issue drafts</Menu.Item>}
            <Menu.Item onClick={() => setAsking('show')}>Show in portal</Menu.Item>
            <Menu.Item disabled={chosen.all || count > printMost} onClick={() => printPage(addressOf('printMany', { query: { ids: chosen.ids.join(',') } }))}>
              Print{count > printMost && ` (up to ${printMost})`}
            </Menu.Item>
            <Menu.Item
              onClick={() => (chosen.all || count > printMost ? toast(`Choose up to ${printMost} for one print`, { tone: 'bad' }) : setAsking('post'))}
            >
              Print and post…
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
        <CloseButton size="sm" aria-label="Choose none" onClick={() => chosen.set([])} />
      </div>
      {(asking === 'send' || asking === 'issue' || asking === 'show') && (
        <Ask kind={asking} count={count} drafts={drafts} busy={batch.busy} onAct={() => start(asking)} onClose={close} />
      )}
      <Suspense>
        {asking === 'pay' && <MarkPaid count={count} busy={batch.busy} onPay={(how) => start('pay', how)} onClose={close} />}
        {asking === 'post' && <PrintAndPost ids={chosen.ids} busy={batch.busy} onPosted={(postedOn) => start('post', { postedOn })} onClose={close} />}
      </Suspense>
    </>
  );
}

export type Filter = Extract<BatchChosen, { invoices: unknown }>['invoices'];

function ChosenWords({ chosen, rows, total }: { chosen: Chosen; rows: readonly InvoiceRow[]; total: number | undefined }) {
  if (chosen.all) {
    return (
      <span className="num" role="status">
        {total !== undefined && total > chosenMost
          ? `The first ${chosenMost.toLocaleString('en-US')} chosen`
          : `All ${(total ?? 0).toLocaleString('en-US')} chosen`}
      </span>
    );
  }
  const everyRow = rows.length > 0 && rows.every((row) => chosen.has(row.id));
  return (
    <span className="num" role="status">
      {chosen.count.toLocaleString('en-US')} chosen{' '}
      {everyRow && total !== undefined && total > rows.length && (
        <button type="button" className="text-button" onClick={chosen.setAll}>
          Choose all {total.toLocaleString('en-US')}
        </button>
      )}
    </span>
  );
}

const invoices = (of: number): string => (of === 1 ? '1 invoice' : `${of.toLocaleString('en-US')} invoices`);

function Ask({
  kind,
  count,
  drafts,
  busy,
  onAct,
  onClose,
}: {
  kind: 'send' | 'issue' | 'show';
  count: number;
  drafts: number;
  busy: boolean;
  onAct: () => void;
  onClose: () => void;
}) {
  const acts = { send: `Send ${invoices(count)}`, issue: 'Issue drafts', show: `Show ${invoices(count)} in the portal` } as const;
  return (
    <Confirm title={`${acts[kind]}?`} act={acts[kind]} busy={busy} onAct={onAct} onClose={onClose}>
      {kind === 'send' &&
        'Each goes by mail to the people who receive invoices for that customer, everyone with a link of their own. You have 30 seconds to undo.'}
      {kind === 'send' && drafts > 0 && ` ${drafts === 1 ? 'One draft is' : `${drafts} drafts are`} issued first and can no longer be changed.`}
      {kind === 'issue' && 'They get their numbers and can no longer be changed. Customers do not see them until they are sent. This cannot be undone.'}
      {kind === 'show' && 'Customers find them when they sign in; no mail is sent. What they have seen cannot be taken back.'}
    </Confirm>
  );
}
