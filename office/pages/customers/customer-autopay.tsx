import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { autopayQuery } from '../../api/queries.ts';
import type { AutopayAgreement } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { dayText } from '../../parts/days.tsx';
import { Money, useMoney } from '../../parts/money.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { Section } from '../../parts/page.tsx';
import { SidePanel } from '../../parts/side-panel.tsx';
import { toast } from '../../parts/toast.ts';

const states: Readonly<Record<AutopayAgreement['charges'][number]['state'], string>> = {
  ...{ planned: 'planned', charging: 'being charged', charged: 'charged', failed: 'did not go through', skipped: 'skipped by the customer' },
  ...{ paid_by_hand: 'canceled, paid by hand', above_cap: 'above the limit, not charged', nothing_due: 'nothing was due', stopped: 'canceled' },
};
const ends: Readonly<Record<NonNullable<AutopayAgreement['endedReason']>, string>> = {
  ...{ by_person: 'turned off by them', by_office: 'turned off here', replaced: 'changed by them', right_ended: 'their right to pay ended' },
  ...{
    method_removed: 'the card or account was removed',
    not_offered: 'no longer offered to the account',
    not_allowed: 'not offered any more',
    failed: 'a payment failed',
  },
};

/** Bills that pay themselves: who agreed, with what, up to how much, what comes next. It can be stopped here, never turned on. */
export function CustomerAutopay({ customerId }: { customerId: string }) {
  const query = useQuery(autopayQuery(customerId));
  const [stopping, setStopping] = useState<AutopayAgreement | null>(null);
  const items = query.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Section title="Autopay" id="autopay">
      {items
        .filter(({ endedAt }) => endedAt === null)
        .map((mandate) => (
          <Standing key={mandate.id} mandate={mandate} onStop={() => setStopping(mandate)} />
        ))}
      <Past items={items} />
      {stopping && (
        <SidePanel title="Turn off autopay" onClose={() => setStopping(null)}>
          <Stop mandate={stopping} onDone={() => setStopping(null)} />
        </SidePanel>
      )}
    </Section>
  );
}

function Standing({ mandate, onStop }: { mandate: AutopayAgreement; onStop: () => void }) {
  const { rights } = useOffice();
  const money = useMoney();
  const next = mandate.charges.filter(({ state }) => state === 'planned' || state === 'charging');
  return (
    <div className="stack">
      <p>
        <b>{mandate.personName}</b>, {mandate.methodLabel}, up to {money(mandate.capMinor, mandate.currency)} for one bill
        {mandate.propertyName === '' ? '' : `, for ${mandate.propertyName}`}
      </p>
      {next.length === 0 && <p className="dim small">Nothing is planned.</p>}
      <table className="list">
        <tbody>
          {next.map((charge) => (
            <tr key={charge.id}>
              <td>
                Invoice {charge.invoiceNumber}
                <span className="second">
                  {charge.tries > 0 ? `did not go through, tried again on ${dayText(charge.nextOn)}` : `planned for ${dayText(charge.nextOn)}`}
                </span>
              </td>
              <td className="end">
                <Money minor={charge.amountMinor} currency={charge.currency} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rights.includes('payments:write') && (
        <div>
          <Button size="xs" variant="default" onClick={onStop}>
            Turn off autopay
          </Button>
        </div>
      )}
    </div>
  );
}

/** What was: charges that are over, and agreements that ended. */
function Past({ items }: { items: readonly AutopayAgreement[] }) {
  const over = items.flatMap(({ charges }) => charges).filter(({ state }) => state !== 'planned' && state !== 'charging');
  const ended = items.filter(({ endedAt }) => endedAt !== null);
  if (over.length + ended.length === 0) return null;
  return (
    <details className="small">
      <summary>Earlier</summary>
      <ul>
        {over.slice(0, 20).map((charge) => (
          <li key={charge.id}>
            <Money minor={charge.amountMinor} currency={charge.currency} /> for invoice {charge.invoiceNumber} on {dayText(charge.plannedOn)}:{' '}
            {states[charge.state]}
          </li>
        ))}
        {ended.slice(0, 20).map((mandate) => (
          <li key={mandate.id}>
            {mandate.personName}, {mandate.methodLabel}: {mandate.endedReason === null ? '' : ends[mandate.endedReason]}
            {mandate.endedNote === '' ? '' : `, "${mandate.endedNote}"`}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Stop({ mandate, onDone }: { mandate: AutopayAgreement; onDone: () => void }) {
  const [reason, setReason] = useState('');
  const stop = useAct('stopAutopay', {
    renew: ['customers'],
    done: () => {
      toast('Autopay is off');
      onDone();
    },
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        stop.mutate({ params: { mandateId: mandate.id }, body: { reason } });
      }}
    >
      <p>Bills of {mandate.personName} are no longer paid by themselves. They are told by mail, with your reason. Only they can turn it on again.</p>
      <TextInput label="Reason" required maxLength={200} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      <div>
        <Button type="submit" loading={stop.isPending} disabled={reason.trim() === ''}>
          Turn off autopay
        </Button>
      </div>
    </form>
  );
}
