import { Button, Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { freshId } from '../../api/fresh-id.ts';
import { ApiProblem } from '../../api/problem.ts';
import type { Payment, RefundBody } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { DayField } from '../../parts/day-field.tsx';
import { Form, FormProblem } from '../../parts/form.tsx';
import { useMoney } from '../../parts/money.tsx';
import { MoneyField } from '../../parts/money-field.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { SidePanel } from '../../parts/side-panel.tsx';
import { toast } from '../../parts/toast.ts';
import { offlineMethods } from './methods.ts';

export const refundRenews = ['payments', 'invoices', 'home', 'customers', 'events'];

type Fields = {
  amountMinor: number | null;
  tip: boolean;
  method: RefundBody['method'];
  from: string[] | null;
  reason: string;
  givenOn: string;
  reference: string;
};

/** Money of a payment goes back: how much, which way, off which invoices. What will happen is said before the press. */
export function Refund({ payment, onClose }: { payment: Payment; onClose: () => void }) {
  const money = useMoney();
  const { today } = useOffice();
  const id = useRef(freshId('refund'));
  const [form, setForm] = useState<Fields>({
    amountMinor: payment.refundableMinor,
    tip: payment.refundableMinor === 0,
    method: payment.canRefundOnline ? 'original' : 'check',
    ...{ from: null, reason: '', givenOn: today, reference: '' },
  });
  const set = (change: Partial<Fields>): void => setForm((before) => ({ ...before, ...change }));
  const tipMinor = form.tip ? payment.refundableTipMinor : 0;
  const act = useRefund(payment.currency, onClose);
  const problems = act.error instanceof ApiProblem ? act.error.fields : {};
  const ready = form.amountMinor !== null && form.amountMinor + tipMinor > 0 && form.reason.trim() !== '';
  const submit = (): void => {
    if (ready) act.mutate({ params: { paymentId: payment.id }, body: bodyOf(payment, form, id.current) });
  };
  return (
    <SidePanel title="Refund" onClose={onClose}>
      <Form onSubmit={submit}>
        <MoneyField
          label="Amount"
          description={`Up to ${money(payment.refundableMinor, payment.currency)}${shareWords(payment)}`}
          currency={payment.currency}
          minor={form.amountMinor}
          error={problems['amountMinor']}
          onMinor={(amountMinor) => set({ amountMinor })}
          data-autofocus
        />
        {payment.refundableTipMinor > 0 && (
          <Checkbox
            label={`Also the tip, ${money(payment.refundableTipMinor, payment.currency)}`}
            description="A tip stays unless you give it back"
            checked={form.tip}
            error={problems['tipMinor']}
            onChange={(event) => set({ tip: event.currentTarget.checked })}
          />
        )}
        <Way payment={payment} form={form} set={set} problems={problems} />
        <From payment={payment} form={form} onFrom={(from) => set({ from })} problem={problems['sources'] ?? problems['invoices']} />
        <Textarea
          label="Why"
          description="Stays with the payment"
          autosize
          minRows={2}
          maxLength={500}
          value={form.reason}
          error={problems['reason']}
          onChange={(event) => set({ reason: event.currentTarget.value })}
        />
        <FormProblem error={act.error} />
        <p className="small dim">
          {form.method === 'original'
            ? 'Your customer gets a mail and has the money in 5–10 days.'
            : 'This records money you give back yourself. Your customer gets a mail.'}
        </p>
        <div className="row">
          <Button type="submit" disabled={!ready} loading={act.isPending}>
            Refund {amountWords(payment, form.amountMinor ?? 0, tipMinor, money)}
          </Button>
          <Button variant="subtle" color="gray" onClick={onClose}>
            Keep it
          </Button>
        </div>
      </Form>
    </SidePanel>
  );
}

/** What goes with it of a card fee or a saving. The share of a part is worked out when it is refunded, and shown with the refund. */
function shareWords({ cardFeeMinor, savingMinor }: Payment): string {
  if (cardFeeMinor > 0) return '. The card fee goes back with it, in proportion.';
  return savingMinor > 0 ? '. What was saved on it stays, in proportion.' : '';
}

function amountWords(payment: Payment, amountMinor: number, tipMinor: number, money: ReturnType<typeof useMoney>): string {
  if (amountMinor > 0 && amountMinor === payment.refundableMinor) return money(payment.refundableInAllMinor + tipMinor, payment.currency);
  const own = money(amountMinor + tipMinor, payment.currency);
  if (amountMinor === 0) return own;
  return payment.cardFeeMinor > 0 ? `${own} and its share of the card fee` : payment.savingMinor > 0 ? `${own} less its share of the saving` : own;
}

function useRefund(currency: string, onClose: () => void) {
  const money = useMoney();
  return useAct('refundPayment', {
    renew: refundRenews,
    done: (made) => {
      onClose();
      const amount = money(made.backMinor, currency);
      toast(made.state === 'waiting_second' ? `${amount} waits for a second person` : `${amount} refunded`);
    },
    failed: () => true,
  });
}

function bodyOf(payment: Payment, form: Fields, id: string): RefundBody {
  const { amountMinor, method, reason, reference, givenOn } = form;
  const byHand = method === 'original' ? { givenOn: null, reference: '' } : { givenOn, reference };
  const tipMinor = form.tip ? payment.refundableTipMinor : 0;
  return { id, amountMinor: amountMinor ?? 0, tipMinor, method, reason: reason.trim(), invoices: chosenOf(payment, form), ...byHand };
}

/** To the card or account it came from, or by hand with its day and number. */
function Way({
  payment,
  form,
  set,
  problems,
}: {
  payment: Payment;
  form: Fields;
  set: (change: Partial<Fields>) => void;
  problems: Readonly<Record<string, string>>;
}) {
  const { today } = useOffice();
  const original = payment.canRefundOnline ? [{ value: 'original', label: `To ${payment.methodLabel || 'where it came from'}` }] : [];
  return (
    <>
      <Select
        label="How it goes back"
        data={[...original, ...offlineMethods]}
        value={form.method}
        allowDeselect={false}
        error={problems['method']}
        onChange={(method) => method !== null && set({ method: method as Fields['method'] })}
      />
      {form.method !== 'original' && (
        <>
          <DayField
            label="Given back on"
            day={form.givenOn}
            maxDate={today}
            error={problems['givenOn']}
            onDay={(day) => day !== null && set({ givenOn: day })}
          />
          <TextInput label="Reference" placeholder="Check 2041" value={form.reference} onChange={(event) => set({ reference: event.currentTarget.value })} />
        </>
      )}
    </>
  );
}

/** Which invoices are owed again. Without a choice: credit first, then what it was put on last. */
function From({ payment, form, onFrom, problem }: { payment: Payment; form: Fields; onFrom: (from: string[] | null) => void; problem: string | undefined }) {
  const money = useMoney();
  const paid = payment.shares.filter((share) => share.amountMinor > 0);
  const credit = payment.keptAsCreditMinor;
  const [only] = paid;
  if (form.amountMinor === 0) return null;
  if (paid.length === 0) return <p className="small">It comes out of the customer’s credit.</p>;
  if (paid.length === 1 && credit === 0 && only) return <p className="small">Invoice {only.number} will owe this amount again.</p>;
  const chosen = form.from ?? [];
  return (
    <fieldset className="stack" style={{ border: 0, padding: 0, margin: 0, gap: '0.5rem' }}>
      <legend className="strong small">Take it off</legend>
      <Checkbox
        label={credit > 0 ? `Credit first (${money(credit, payment.currency)}), then what it paid last` : 'What it paid last'}
        checked={form.from === null}
        onChange={(event) => onFrom(event.currentTarget.checked ? null : [])}
      />
      {paid.map((share) => (
        <Checkbox
          key={share.invoiceId}
          label={`Invoice ${share.number}, ${money(share.amountMinor, payment.currency)} paid by this`}
          checked={chosen.includes(share.invoiceId)}
          onChange={(event) => onFrom(event.currentTarget.checked ? [...chosen, share.invoiceId] : chosen.filter((each) => each !== share.invoiceId))}
        />
      ))}
      {problem && (
        <p className="small" role="alert">
          {problem}
        </p>
      )}
    </fieldset>
  );
}

/** The chosen invoices in their order, each as far as it was paid, until the amount is reached. */
function chosenOf(payment: Payment, { from, amountMinor }: Fields): { invoiceId: string; amountMinor: number }[] | null {
  if (from === null) return null;
  let left = amountMinor ?? 0;
  return payment.shares.flatMap((share) => {
    if (!from.includes(share.invoiceId) || left <= 0) return [];
    const takes = Math.min(left, share.amountMinor);
    left -= takes;
    return takes > 0 ? [{ invoiceId: share.invoiceId, amountMinor: takes }] : [];
  });
}
