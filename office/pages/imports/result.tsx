import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { importUndoQuery } from '../../api/queries.ts';
import type { Import } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { Note } from '../../parts/notes.tsx';
import { Section } from '../../parts/page.tsx';
import { whole } from './words.ts';

/** What became of it, where to find it, and the way back. */
export function Result({ of }: { of: Import }) {
  if (of.state === 'undone')
    return <Note tone="neutral">This import was undone. All it added is gone from your lists; the same file can be imported again.</Note>;
  const ended = of.step === 'import' && ['done', 'canceled', 'failed'].includes(of.state);
  if (!ended) return null;
  return (
    <>
      {of.added > 0 && of.state === 'done' && <Note tone="good">{whereTo[of.kind]}</Note>}
      {Object.keys(of.things).length > 0 && <Undo of={of} />}
    </>
  );
}

const pastInvoices = (
  <Link to="/settings/$section" params={{ section: 'past-invoices' }} className="link">
    show past invoices
  </Link>
);
const whereTo: Readonly<Record<Import['kind'], React.ReactNode>> = {
  customers: (
    <>
      They are in your{' '}
      <Link to="/customers" className="link">
        customers
      </Link>{' '}
      now. Reminders are off for them until you switch them on.
    </>
  ),
  invoices: (
    <>
      They are in your{' '}
      <Link to="/invoices" className="link">
        invoices
      </Link>{' '}
      now, hidden from customers until you {pastInvoices}. Nothing was sent.
    </>
  ),
  items: (
    <>
      They are in your{' '}
      <Link to="/settings/$section" params={{ section: 'price-book' }} className="link">
        price book
      </Link>{' '}
      now.
    </>
  ),
  openings: <>The balances are open invoices now and count in what is owed; credits are on the accounts. Customers see them once you {pastInvoices}.</>,
};

const nouns: Readonly<Record<string, readonly [one: string, many: string]>> = {
  customer: ['customer', 'customers'],
  property: ['property', 'properties'],
  person: ['contact', 'contacts'],
  invoice: ['invoice', 'invoices'],
  item: ['price book item', 'price book items'],
  opening: ['opening balance', 'opening balances'],
  credit: ['credit', 'credits'],
};

function listOf(things: Import['things']): string {
  const parts = Object.entries(things).map(([kind, count]) => `${whole(count)} ${nouns[kind]?.[count === 1 ? 0 : 1] ?? kind}`);
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

function Undo({ of }: { of: Import }) {
  const query = useQuery(importUndoQuery(of.id, of.version));
  const [asking, setAsking] = useState(false);
  const undo = useAct('undoImport', { renew: ['imports'], done: () => setAsking(false) });
  if (query.data === undefined) return null;
  const { possible, blockers } = query.data;
  return (
    <Section title="Undo this import" id="undo">
      {possible ? (
        <div className="row import-undo">
          <p className="grow">
            Takes {listOf(of.things)} out again{of.kind === 'invoices' && ', with the payments that came in with them'}.
          </p>
          <Button variant="default" onClick={() => setAsking(true)}>
            Undo this import
          </Button>
        </div>
      ) : (
        <>
          <p>It cannot be undone any more:</p>
          <ul className="import-blockers">
            {blockers.map(({ code, message, example }) => (
              <li key={code}>
                {message} <span className="dim">For example {example}.</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {asking && (
        <Confirm
          title="Undo this import"
          act={`Undo ${whole(of.added)} added rows`}
          danger
          busy={undo.isPending}
          onClose={() => setAsking(false)}
          onAct={() => undo.mutate({ params: { importId: of.id } })}
        >
          <p>{listOf(of.things)} will be gone from your lists, searches and reports. The same file can be imported again afterwards.</p>
        </Confirm>
      )}
    </Section>
  );
}
