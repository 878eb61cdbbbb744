import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Invoice } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { useRuleWords } from '../../parts/charge-rules.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { Day } from '../../parts/days.tsx';
import { Money, useMoney } from '../../parts/money.tsx';
import { Note } from '../../parts/notes.tsx';
import { Section } from '../../parts/page.tsx';
import { toast } from '../../parts/toast.ts';
import { DepositPanel } from '../customers/deposit-panel.tsx';

const renew = ['invoices', 'home', 'customers', 'events'];
const alive = (invoice: Invoice): boolean => invoice.canceled === null && invoice.replacedBy === null;

/** What is to be known of a charge at once: what a fee is for, what paying now saves. */
export function ChargeNotes({ invoice }: { invoice: Invoice }) {
  const money = useMoney();
  const of = (minor: number): string => money(minor, invoice.currency);
  const { early } = invoice.standing;
  if (!invoice.about && !early) return null;
  return (
    <div className="notices">
      {invoice.about && (
        <Note>
          A late fee for invoice{' '}
          <Link to="/invoices/$invoiceId" params={{ invoiceId: invoice.about.id }} className="link num">
            {invoice.about.number}
          </Link>
          .
        </Note>
      )}
      {early && (
        <Note>
          The customer reads: Pay {of(early.payMinor)} by <Day day={early.untilOn} /> instead of {of(early.payMinor + early.saveMinor)}.
        </Note>
      )}
    </div>
  );
}

/** The rule for paying late, the fees that came of it, and ways out of both. */
export function LateFees({ invoice }: { invoice: Invoice }) {
  const words = useRuleWords(invoice.currency);
  const [asking, setAsking] = useState(false);
  const rule = invoice.paper?.lateFee ?? null;
  if (rule === null && invoice.lateFees.length === 0) return null;
  const running = invoice.nextFeeOn !== null && invoice.standing.balanceMinor > 0 && alive(invoice) && invoice.status !== 'closed';
  return (
    <Section
      title="Late fees"
      id="late-fees"
      actions={
        running &&
        invoice.acts.includes('duplicate') && (
          <Button size="xs" variant="default" onClick={() => setAsking(true)}>
            Charge no more
          </Button>
        )
      }
    >
      <p className="dim small">
        {rule === null ? 'None.' : `${words.late(rule)}.`}{' '}
        {running && invoice.nextFeeOn && (
          <>
            The next is judged on <Day day={invoice.nextFeeOn} />.
          </>
        )}
        {!running && rule !== null && invoice.nextFeeOn === null && ' No more are charged on this invoice.'}
      </p>
      {invoice.lateFees.length > 0 && (
        <table className="list">
          <tbody>
            {invoice.lateFees.map((fee) => (
              <tr key={fee.id}>
                <td>
                  {fee.state === 'thrown_away' ? (
                    'Late fee'
                  ) : (
                    <Link to="/invoices/$invoiceId" params={{ invoiceId: fee.id }} className="row-link num">
                      {fee.number ?? 'Draft'}
                    </Link>
                  )}
                </td>
                <td className="dim">{feeState[fee.state]}</td>
                <td className="dim end">
                  <Day day={fee.chargedOn} />
                </td>
                <td className="end">
                  <Money minor={fee.amountMinor} currency={invoice.currency} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {asking && <StopFees invoice={invoice} onClose={() => setAsking(false)} />}
    </Section>
  );
}

const feeState = { draft: 'waits for your review', open: 'not paid', paid: 'paid', canceled: 'waived', thrown_away: 'not charged' } as const;

function StopFees({ invoice, onClose }: { invoice: Invoice; onClose: () => void }) {
  const stop = useAct('stopLateFees', {
    renew,
    done: () => {
      onClose();
      toast('No more late fees on this invoice');
    },
  });
  return (
    <Confirm
      title={`Charge no more late fees on ${invoice.number}?`}
      act="Charge no more"
      keep="Keep the rule"
      busy={stop.isPending}
      onAct={() => stop.mutate({ params: { invoiceId: invoice.id } })}
      onClose={onClose}
    >
      Fees that were charged stay. To take one back, open it and waive it.
    </Confirm>
  );
}

/** A deposit's own page says where its money is. */
export function DepositHeld({ invoice }: { invoice: Invoice }) {
  if (invoice.purpose !== 'deposit' || !alive(invoice) || invoice.standing.paidMinor === 0) return null;
  return (
    <Section title="Money held" id="held">
      <DepositPanel depositId={invoice.id} />
    </Section>
  );
}
