import { Link } from '@tanstack/react-router';
import type { Invoice } from '../../api/types.ts';
import { Day } from '../../parts/days.tsx';
import { methodTitle } from '../../parts/method-words.ts';
import { Money } from '../../parts/money.tsx';
import { Section } from '../../parts/page.tsx';
import { PaymentMark } from '../payments/payment-mark.tsx';

export function Payments({ invoice }: { invoice: Invoice }) {
  if (invoice.payments.length === 0) return null;
  return (
    <Section title="Payments" id="payments">
      <table className="list">
        <tbody>
          {invoice.payments.map((payment) => (
            <tr key={payment.id}>
              <td>
                <Link to="/payments/$paymentId" params={{ paymentId: payment.id }} className="row-link">
                  {payment.methodLabel || methodTitle(payment.method)}
                </Link>
                {payment.receiptNumber && <span className="dim num"> · {payment.receiptNumber}</span>}
              </td>
              <td>
                <PaymentMark state={payment.state} />
              </td>
              <td className="dim end">
                <Day day={payment.day} />
              </td>
              <td className="end">
                <Money minor={payment.amountMinor} currency={invoice.currency} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
