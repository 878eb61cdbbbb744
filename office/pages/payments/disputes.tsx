import type { Payment } from '../../api/types.ts';
import { Moment } from '../../parts/days.tsx';
import { useMoney } from '../../parts/money.tsx';
import { Note } from '../../parts/notes.tsx';

const reasons: Readonly<Record<string, string>> = {
  product_not_received: 'says the work was not done',
  product_unacceptable: 'says the work was not as agreed',
  fraudulent: 'says they did not make this payment',
  duplicate: 'says they were charged twice',
  credit_not_processed: 'says a refund did not come',
  general: 'does not say why',
};

/** What the payer's bank asked back, until when to answer, and how it ended. */
export function Disputes({ payment }: { payment: Payment }) {
  const money = useMoney();
  if (payment.disputes.length === 0) return null;
  return (
    <div className="stack" style={{ marginBottom: '1.25rem' }}>
      {payment.disputes.map((dispute) => {
        const amount = money(dispute.amountMinor, payment.currency);
        const fee = dispute.feeMinor > 0 ? ` The processor keeps a fee of ${money(dispute.feeMinor, payment.currency)}.` : '';
        return (
          <Note key={dispute.id} tone={dispute.state === 'won' ? 'good' : 'warn'}>
            {dispute.state === 'open' && (
              <p>
                <span className="strong">{amount} is disputed.</span> The cardholder {reasons[dispute.reason] ?? 'gives another reason'}. The invoices are owed
                again.
                {fee}
                {dispute.answerBy !== null && (
                  <>
                    {' '}
                    Answer at your processor by <Moment at={dispute.answerBy} />.
                  </>
                )}
              </p>
            )}
            {dispute.state === 'won' && (
              <p>
                The dispute of {amount} was won. The money is back.{fee}
              </p>
            )}
            {dispute.state === 'lost' && (
              <p>
                The dispute of {amount} was lost. The money stays with the cardholder and the invoices are owed again.{fee}
              </p>
            )}
          </Note>
        );
      })}
    </div>
  );
}
