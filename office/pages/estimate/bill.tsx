import { Button, Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Input } from '../../api/client.ts';
import type { Estimate } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { RateField } from '../../parts/charge-rules.tsx';
import { Form, FormProblem } from '../../parts/form.tsx';
import { useMoney } from '../../parts/money.tsx';
import { MoneyField } from '../../parts/money-field.tsx';
import { SidePanel } from '../../parts/side-panel.tsx';

type Bill = Input<'billContract'>['body']['bill'];
type Asking = 'percent' | 'amount' | null;

/** Making the next invoice of what was agreed: whole, a stage, a share, an amount, or the rest. What is chosen here is what is billed. */
export function MakeInvoice({ estimate }: { estimate: Estimate }) {
  const money = useMoney();
  const [asking, setAsking] = useState<Asking>(null);
  const make = useMaking(estimate);
  const { billing, acts, currency } = estimate;
  const at = billing.stages.findIndex(({ invoiceId }) => invoiceId === null);
  const next = billing.stages[at];
  const whole = acts.includes('invoice');
  if (!acts.includes('bill')) {
    if (!whole) return null;
    return (
      <Button loading={make.isPending} onClick={() => make.press({ kind: 'whole' })}>
        Make invoice
      </Button>
    );
  }
  return (
    <>
      <Menu>
        <Menu.Target>
          <Button loading={make.isPending}>Make invoice</Button>
        </Menu.Target>
        <Menu.Dropdown>
          {whole && (
            <Menu.Item onClick={() => make.press({ kind: 'whole' })}>Whole, line by line: {money(estimate.standing.chosenMinor ?? 0, currency)}</Menu.Item>
          )}
          {next && next.amountMinor <= billing.openMinor && (
            <Menu.Item onClick={() => make.press({ kind: 'stage', stage: at })}>
              Next stage: {next.label}, {money(next.amountMinor, currency)}
            </Menu.Item>
          )}
          <Menu.Item onClick={() => setAsking('percent')}>A percent…</Menu.Item>
          <Menu.Item onClick={() => setAsking('amount')}>An amount…</Menu.Item>
          <Menu.Item onClick={() => make.press({ kind: 'rest' })}>The rest: {money(billing.openMinor, currency)}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asking !== null && <Ask estimate={estimate} asking={asking} onClose={() => setAsking(null)} />}
    </>
  );
}

function useMaking(estimate: Estimate, failed?: () => true) {
  const navigate = useNavigate();
  const make = useAct('billContract', {
    renew: ['estimates', 'invoices', 'home'],
    done: (invoice) => navigate({ to: '/invoices/$invoiceId/edit', params: { invoiceId: invoice.id } }),
    ...(failed ? { failed } : {}),
  });
  return { ...make, press: (bill: Bill) => make.mutate({ params: { estimateId: estimate.id }, body: { bill } }) };
}

function Ask({ estimate, asking, onClose }: { estimate: Estimate; asking: 'percent' | 'amount'; onClose: () => void }) {
  const money = useMoney();
  const make = useMaking(estimate, () => true);
  const [rate, setRate] = useState(300_000);
  const [amount, setAmount] = useState<number | null>(null);
  const { currency, contract, billing } = estimate;
  const ready = asking === 'percent' ? rate > 0 : amount !== null && amount > 0;
  const submit = (): void => {
    if (asking === 'percent') make.press({ kind: 'percent', ratePpm: rate });
    if (asking === 'amount' && amount !== null) make.press({ kind: 'amount', amountMinor: amount });
  };
  return (
    <SidePanel title={`Invoice of ${estimate.number}`} onClose={onClose}>
      <Form onSubmit={submit}>
        <p className="dim small">
          Contract to date {money(contract?.contractMinor ?? 0, currency)}, left {money(billing.openMinor, currency)}, tax included.
        </p>
        {asking === 'percent' ? (
          <RateField shown label="Percent of the contract to date" w={220} most={1_000_000} ratePpm={rate} onRate={setRate} />
        ) : (
          <MoneyField label="Amount, tax included" currency={currency} minor={amount} onMinor={setAmount} data-autofocus />
        )}
        <FormProblem error={make.error} />
        <div className="row">
          <Button type="submit" loading={make.isPending} disabled={!ready}>
            Make the draft
          </Button>
          <Button variant="subtle" color="gray" onClick={onClose}>
            Not now
          </Button>
        </div>
      </Form>
    </SidePanel>
  );
}
