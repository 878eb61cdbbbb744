import { Button, CloseButton } from '@mantine/core';
import { useState } from 'react';
import { addressOf } from '../../api/client.ts';
import type { BulkResult, InvoiceRow } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { toast } from '../../parts/toast.ts';
import { BulkOutcome } from './bulk-outcome.tsx';
import { type Chosen, chosenMost } from './chosen.ts';
import { MarkPaid } from './mark-paid.tsx';
import { printPage } from './print-page.ts';

const renew = ['invoices', 'home', 'customers', 'payments'];

/** Acts on the rows chosen. Each invoice succeeds or is refused for itself, and the refused ones are named. */
export function BulkBar({ chosen, rows }: { chosen: Chosen; rows: readonly InvoiceRow[] }) {
  const [asking, setAsking] = useState<'issue' | 'send' | 'pay' | null>(null);
  const [outcome, setOutcome] = useState<BulkResult | null>(null);
  const known = rows.filter((row) => chosen.has(row.id));
  const drafts = known.filter((row) => row.status === 'draft').length;
  const issued = chosen.count - drafts;
  const done = (words: string) => (result: BulkResult) => {
    setAsking(null);
    if (result.refused > 0) setOutcome(result);
    else {
      toast(`${result.done} ${result.done === 1 ? 'invoice' : 'invoices'} ${words}`);
      chosen.set([]);
    }
  };
  const idsQuery = { query: { ids: chosen.ids.join(',') } };
  return (
    <>
      <div className="bulk-bar" role="toolbar" aria-label="Chosen invoices">
        <span className="num">
          {chosen.count} chosen{chosen.count === chosenMost && ', which is the most at once'}
        </span>
        <Button size="xs" onClick={() => setAsking('send')}>
          Send
        </Button>
        {drafts > 0 && (
          <Button size="xs" variant="default" onClick={() => setAsking('issue')}>
            Issue
          </Button>
        )}
        {issued > 0 && (
          <>
            <Button size="xs" variant="default" onClick={() => setAsking('pay')}>
              Mark paid
            </Button>
            <Button size="xs" variant="default" component="a" href={addressOf('downloadMany', idsQuery)} download>
              Download
            </Button>
            <Button size="xs" variant="default" onClick={() => printPage(addressOf('printMany', idsQuery))}>
              Print
            </Button>
          </>
        )}
        <CloseButton size="sm" aria-label="Choose none" onClick={() => chosen.set([])} />
      </div>
      {asking === 'send' && <AskToSend chosen={chosen.ids} drafts={drafts} onDone={done('on the way')} onClose={() => setAsking(null)} />}
      {asking === 'issue' && (
        <AskToIssue ids={known.filter((row) => row.status === 'draft').map((row) => row.id)} onDone={done('issued')} onClose={() => setAsking(null)} />
      )}
      {asking === 'pay' && (
        <MarkPaid
          ids={known.filter((row) => row.balanceMinor > 0 && row.status !== 'draft').map((row) => row.id)}
          renew={renew}
          onDone={done('marked paid')}
          onClose={() => setAsking(null)}
        />
      )}
      {outcome && <BulkOutcome result={outcome} rows={rows} onClose={() => setOutcome(null)} />}
    </>
  );
}

const count = (of: number): string => (of === 1 ? '1 invoice' : `${of} invoices`);

type Ask = { onDone: (result: BulkResult) => void; onClose: () => void };

function AskToSend({ chosen, drafts, onDone, onClose }: Ask & { chosen: readonly string[]; drafts: number }) {
  const send = useAct('sendMany', { renew, done: onDone });
  const words = `Send ${count(chosen.length)}`;
  return (
    <Confirm title={`${words}?`} act={words} busy={send.isPending} onAct={() => send.mutate({ body: { ids: [...chosen] } })} onClose={onClose}>
      Each goes by mail to the people who receive invoices for that customer, everyone with a link of their own.
      {drafts > 0 && ` ${drafts === 1 ? 'One draft is' : `${drafts} drafts are`} issued first and can no longer be changed.`}
    </Confirm>
  );
}

function AskToIssue({ ids, onDone, onClose }: Ask & { ids: string[] }) {
  const issue = useAct('issueMany', { renew, done: onDone });
  return (
    <Confirm
      title={`Issue ${ids.length === 1 ? 'one draft' : `${ids.length} drafts`}?`}
      act="Issue"
      busy={issue.isPending}
      onAct={() => issue.mutate({ body: { ids } })}
      onClose={onClose}
    >
      They get their numbers and can no longer be changed. Customers do not see them until they are sent.
    </Confirm>
  );
}
