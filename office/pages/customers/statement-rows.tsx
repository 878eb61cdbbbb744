import { VisuallyHidden } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Operations } from '../../api/types.ts';
import { Day } from '../../parts/days.tsx';
import { useMoney } from '../../parts/money.tsx';

type Statement = Operations['readStatement']['answer'];
type Movement = Statement['items'][number];

const said: Readonly<Record<Movement['kind'], string>> = {
  charge: 'Invoice',
  canceled: 'Canceled',
  payment: 'Payment',
  returned: 'Payment taken back',
  credit_used: 'Credit used',
  discount: 'Discount for paying early',
  deposit: 'Deposit applied',
  closed: 'Closed',
  refund: 'Refunded',
  credit: 'Credit',
};
const methods = { card: 'Card', bank: 'Bank account', check: 'Check', cash: 'Cash', transfer: 'Bank transfer', other: 'Other' } as const;

/** Newest first, each with the balance after it. */
export function StatementRows({ rows, statement }: { rows: readonly Movement[]; statement: Statement }) {
  const money = useMoney();
  const of = (minor: number): string => money(minor, statement.currency);
  return (
    <table className="list report-table">
      <caption>
        <VisuallyHidden>Movements of the account</VisuallyHidden>
      </caption>
      <thead>
        <tr>
          <th scope="col">Day</th>
          <th scope="col">What</th>
          <th scope="col" className="end">
            Amount
          </th>
          <th scope="col" className="end">
            Balance
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>
              <Day day={row.on} />
            </td>
            <td className="clip w32">
              <Named row={row} />
              {row.enteredOn > row.on && (
                <span className="dim small">
                  {' '}
                  · entered <Day day={row.enteredOn} />
                </span>
              )}
            </td>
            <td className="end num">{of(row.changeMinor)}</td>
            <td className="end num">{of(row.balanceMinor)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Named({ row }: { row: Movement }) {
  const charge = row.kind === 'charge';
  const text =
    charge && row.number !== null ? `Invoice ${row.number}` : [said[row.kind], row.number, row.method && methods[row.method]].filter(Boolean).join(' · ');
  if (row.invoiceId !== null) {
    return (
      <Link to="/invoices/$invoiceId" params={{ invoiceId: row.invoiceId }} className="link">
        {text}
      </Link>
    );
  }
  if (row.paymentId === null) return <>{charge ? 'Balance brought forward' : text}</>;
  return (
    <Link to="/payments/$paymentId" params={{ paymentId: row.paymentId }} className="link">
      {text}
    </Link>
  );
}
