import { Button, Select, TextInput } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { depositQuery, invoicesQuery } from '../../api/queries.ts';
import type { DepositView, RefundDeposit } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { DayField } from '../../parts/day-field.tsx';
import { Day } from '../../parts/days.tsx';
import { methodTitle } from '../../parts/method-words.ts';
import { useMoney } from '../../parts/money.tsx';
import { MoneyField } from '../../parts/money-field.tsx';
import { ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { toast } from '../../parts/toast.ts';
import { offlineMethods } from '../payments/methods.ts';

const renew = ['customers', 'invoices', 'home'];

/** One deposit: where its money is, and what can be done with what is held. */
export function DepositPanel({ depositId }: { depositId: string }) {
  const query = useQuery(depositQuery(depositId));
  const money = useMoney();
  const deposit = query.data;
  if (deposit === undefined) return query.isError ? <ProblemNote error={query.error} onRetry={() => void query.refetch()} /> : <SkeletonRows rows={4} />;
  const of = (minor: number): string => money(minor, deposit.currency);
  return (
    <div className="stack" style={{ gap: '1.25rem' }}>
      <p>
        <Link to="/invoices/$invoiceId" params={{ invoiceId: deposit.id }} className="link num">
          {deposit.number}
        </Link>{' '}
        {deposit.title}
      </p>
      <table className="list">
        <tbody>
          <tr>
            <td>Asked</td>
            <td className="end num">{of(deposit.totalMinor)}</td>
          </tr>
          <tr>
            <td>Paid</td>
            <td className="end num">{of(deposit.paidMinor)}</td>
          </tr>
          {deposit.uses.map((use, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: uses are only ever added
            <UseRow key={at} use={use} amount={of(use.kind === 'taken_off' ? use.amountMinor : -use.amountMinor)} />
          ))}
          <tr>
            <td className="strong">Held</td>
            <td className="end num strong">{of(deposit.heldMinor)}</td>
          </tr>
        </tbody>
      </table>
      {deposit.heldMinor > 0 && (
        <>
          <PutOn deposit={deposit} />
          <KeepAsCredit deposit={deposit} />
          <GiveBack key={deposit.heldMinor} deposit={deposit} />
        </>
      )}
    </div>
  );
}

function UseRow({ use, amount }: { use: DepositView['uses'][number]; amount: string }) {
  const words = {
    applied: 'Applied to',
    taken_off: 'Taken off again',
    credited: 'Kept as credit',
    refunded: `Given back, ${methodTitle(use.method).toLowerCase()}`,
  };
  return (
    <tr>
      <td>
        {words[use.kind]}{' '}
        {use.invoice && (
          <Link to="/invoices/$invoiceId" params={{ invoiceId: use.invoice.id }} className="link">
            {use.invoice.number}
          </Link>
        )}{' '}
        <span className="dim">
          <Day day={use.usedOn} />
        </span>
      </td>
      <td className="end num">{amount}</td>
    </tr>
  );
}

/** On an invoice that was issued before the deposit was paid. */
function PutOn({ deposit }: { deposit: DepositView }) {
  const money = useMoney();
  const open = useInfiniteQuery(invoicesQuery({ customerId: deposit.customerId, tab: 'unpaid' })).data?.pages[0]?.items ?? [];
  const bills = open.filter((row) => row.purpose !== 'deposit' && row.balanceMinor > 0 && row.number !== null && row.currency === deposit.currency);
  const [chosen, choose] = useState<string | null>(null);
  const put = useAct('applyDeposit', { renew, done: (now) => toast(`Deposit ${now.number} is on the invoice`) });
  if (bills.length === 0) return null;
  return (
    <div className="row" style={{ alignItems: 'flex-end' }}>
      <Select
        className="grow"
        label="Take off an open invoice"
        description="A rest becomes credit"
        placeholder="Choose one"
        data={bills.map((row) => ({ value: row.id, label: `${row.number}, ${money(row.balanceMinor, row.currency)} open` }))}
        value={chosen}
        onChange={choose}
      />
      <Button
        variant="default"
        disabled={chosen === null}
        loading={put.isPending}
        onClick={() => chosen !== null && put.mutate({ params: { invoiceId: deposit.id }, body: { toInvoiceId: chosen } })}
      >
        Apply
      </Button>
    </div>
  );
}

function KeepAsCredit({ deposit }: { deposit: DepositView }) {
  const money = useMoney();
  const keep = useAct('creditDeposit', { renew, done: () => toast('It is the customer’s credit now') });
  return (
    <div>
      <Button variant="default" loading={keep.isPending} onClick={() => keep.mutate({ params: { invoiceId: deposit.id } })}>
        Keep {money(deposit.heldMinor, deposit.currency)} as credit
      </Button>
    </div>
  );
}

/** Money that goes back outside: recorded, not moved. */
function GiveBack({ deposit }: { deposit: DepositView }) {
  const money = useMoney();
  const { today } = useOffice();
  const [amountMinor, setAmount] = useState<number | null>(deposit.heldMinor);
  const [method, setMethod] = useState<RefundDeposit['method']>('check');
  const [refundedOn, setDay] = useState<string>(today);
  const [reference, setReference] = useState('');
  const back = useAct('refundDeposit', { renew, done: (now) => toast(`Recorded. ${money(now.heldMinor, now.currency)} is still held.`) });
  const ready = amountMinor !== null && amountMinor > 0 && amountMinor <= deposit.heldMinor;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) back.mutate({ params: { invoiceId: deposit.id }, body: { amountMinor, method, reference, refundedOn } });
      }}
    >
      <h3>Give back</h3>
      <p className="dim small">Records money you returned by check, cash or transfer. Nothing is charged or sent by this.</p>
      <div className="fields">
        <MoneyField
          label="Amount"
          currency={deposit.currency}
          minor={amountMinor}
          error={amountMinor !== null && amountMinor > deposit.heldMinor ? 'More than is held' : undefined}
          onMinor={setAmount}
        />
        <Select
          label="By"
          allowDeselect={false}
          data={offlineMethods}
          value={method}
          onChange={(value) => setMethod((value ?? 'check') as RefundDeposit['method'])}
        />
        <DayField label="On" day={refundedOn} maxDate={today} onDay={(day) => setDay(day ?? today)} />
        <TextInput label="Reference" placeholder="Check 1042" maxLength={120} value={reference} onChange={(event) => setReference(event.currentTarget.value)} />
      </div>
      <div>
        <Button type="submit" variant="default" loading={back.isPending} disabled={!ready}>
          Record {amountMinor === null ? '' : money(amountMinor, deposit.currency)} given back
        </Button>
      </div>
    </form>
  );
}
