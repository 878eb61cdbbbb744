import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { depositsQuery } from '../../api/queries.ts';
import type { Deposit } from '../../api/types.ts';
import { Money } from '../../parts/money.tsx';
import { ProblemNote } from '../../parts/notes.tsx';
import { Section } from '../../parts/page.tsx';
import { SidePanel } from '../../parts/side-panel.tsx';
import { DepositPanel } from './deposit-panel.tsx';
import { DepositRequest } from './deposit-request.tsx';

/** Money paid ahead: what was asked, what is held, and what became of it. */
export function Deposits({ customerId, asking, onAsk }: { customerId: string; asking: boolean; onAsk: (on: boolean) => void }) {
  const query = useQuery(depositsQuery(customerId));
  const [open, setOpen] = useState<string | null>(null);
  const items = query.data?.items ?? [];
  return (
    <>
      {query.isError && <ProblemNote error={query.error} onRetry={() => void query.refetch()} />}
      {items.length > 0 && (
        <Section
          title="Deposits"
          id="deposits"
          actions={
            <Button size="xs" variant="default" onClick={() => onAsk(true)}>
              Ask for a deposit
            </Button>
          }
        >
          <table className="list">
            <tbody>
              {items.map((deposit) => (
                <tr key={deposit.id}>
                  <td className="clip w70">
                    <button type="button" className="row-link text-row" onClick={() => setOpen(deposit.id)}>
                      <span className="num">{deposit.number}</span> {deposit.title}
                    </button>
                    <span className="second">{depositState(deposit)}</span>
                  </td>
                  <td className="end">
                    <Money minor={deposit.heldMinor > 0 ? deposit.heldMinor : deposit.totalMinor} currency={deposit.currency} />
                    <span className="second">{deposit.heldMinor > 0 ? 'held' : 'asked'}</span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="dim small" style={{ marginTop: '0.5rem' }}>
            What is held comes off the next invoice it fits by itself.
          </p>
        </Section>
      )}
      {asking && (
        <SidePanel title="Ask for a deposit" onClose={() => onAsk(false)}>
          <DepositRequest customerId={customerId} />
        </SidePanel>
      )}
      {open !== null && (
        <SidePanel title="Deposit" onClose={() => setOpen(null)}>
          <DepositPanel depositId={open} />
        </SidePanel>
      )}
    </>
  );
}

export function depositState({ canceled, paidMinor, totalMinor, heldMinor }: Deposit): string {
  if (canceled) return 'canceled';
  if (paidMinor === 0) return 'not paid yet';
  if (heldMinor === 0) return 'paid, all of it used';
  return paidMinor < totalMinor ? 'paid in part, held' : heldMinor < paidMinor ? 'used in part' : 'paid, held';
}
