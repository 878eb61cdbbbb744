import { Button, Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { formatRate } from '../../../src/core/money-format.ts';
import type { Input } from '../../api/client.ts';
import type { Estimate } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { RateField } from '../../parts/charge-rules.tsx';
import { Form, FormProblem } from '../../parts/form.tsx';
import { useMoney } from '../../parts/money.tsx';
import { MoneyField } from '../../parts/money-field.tsx';
import { SidePanel } from '../../parts/side-panel.tsx';

type Bill = Input<'billContract'>['body']['bill'];
type Asking = 'percent' | 'amount' | 'hold' | null;

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
          <Menu.Divider />
          <Menu.Item onClick={() => setAsking('hold')}>{holding(estimate)}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asking === 'hold' && <Hold estimate={estimate} onClose={() => setAsking(null)} />}
      {(asking === 'percent' || asking === 'amount') && <Ask estimate={estimate} asking={asking} onClose={() => setAsking(null)} />}
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
  return {
    ...make,
    press: (bill: Bill, retainagePpm?: number) =>
      make.mutate({ params: { estimateId: estimate.id }, body: { bill, ...(retainagePpm === undefined ? {} : { retainagePpm }) } }),
  };
}

const holding = ({ contract }: Estimate): string => {
  const ppm = contract?.retainagePpm ?? 0;
  return ppm === 0 ? 'Hold back a share…' : `Holding back ${formatRate(BigInt(ppm), 'en')}…`;
};

/** The share of this and later invoices that is held back until it is released. */
function Hold({ estimate, onClose }: { estimate: Estimate; onClose: () => void }) {
  const [rate, setRate] = useState(estimate.contract?.retainagePpm || 100_000);
  const { billing } = estimate;
  const make = useMaking(estimate, () => true);
  const at = billing.stages.findIndex(({ invoiceId }) => invoiceId === null);
  const stage = billing.stages[at];
  const next: Bill = stage && stage.amountMinor <= billing.openMinor ? { kind: 'stage', stage: at } : { kind: 'rest' };
  return (
    <SidePanel title={`Retainage of ${estimate.number}`} onClose={onClose}>
      <Form onSubmit={() => make.press(next, rate)}>
        <p className="dim small">
          This share of each invoice from now on is held back: it is owed, but not due, reminded or paid by itself until you release it on the invoice.
        </p>
        <RateField shown label="Held back of each invoice" w={220} most={500_000} ratePpm={rate} onRate={setRate} />
        <FormProblem error={make.error} />
        <div className="row">
          <Button type="submit" loading={make.isPending}>
            {next.kind === 'stage' ? `Invoice ${stage?.label}` : 'Invoice the rest'}
          </Button>
          <Button variant="subtle" color="gray" onClick={onClose}>
            Not now
          </Button>
        </div>
      </Form>
    </SidePanel>
  );
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
