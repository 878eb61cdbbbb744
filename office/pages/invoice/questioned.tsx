import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { chargesAskedOn } from '../../api/queries.ts';
import type { Invoice, QuestionedCharge } from '../../api/types.ts';
import { Day, Moment } from '../../parts/days.tsx';
import { Money } from '../../parts/money.tsx';
import { Section } from '../../parts/page.tsx';

const reasons: Readonly<Record<QuestionedCharge['reason'], string>> = {
  not_done: 'not done',
  quality: 'not done well',
  amount: 'another amount was agreed',
  already_paid: 'already paid',
  unknown: 'not recognized',
  other: 'another reason',
};
const endings: Readonly<Record<NonNullable<QuestionedCharge['ending']>, string>> = {
  explanation: 'explained',
  change: 'changed',
  credit: 'credited',
  withdrawn: 'withdrawn by the customer',
  paid: 'paid by the customer',
};

/** Charges of this invoice the customer questions or questioned; each leads to what was written about it. */
export function QuestionedCharges({ invoice }: { invoice: Invoice }) {
  const query = useQuery(chargesAskedOn(invoice.id));
  const rows = query.data?.items ?? [];
  if (rows.length === 0) return null;
  return (
    <Section title="Charges in question" id="in-question">
      <ul className="card asked-list">
        {rows.map((row) => (
          <li key={row.id}>
            <Link to="/inbox" search={{ thread: row.threadId, ...(row.ending === null ? {} : { show: 'all' }) }} className="asked-row">
              <span className="clip">
                <span className="strong">{row.line || 'The whole invoice'}</span> <span className="dim">· {reasons[row.reason]}</span>
              </span>
              <Money minor={row.amountMinor} currency={row.currency} className="end" />
              <span className="dim small">
                <Became row={row} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Became({ row }: { row: QuestionedCharge }) {
  if (row.ending === null || row.endedAt === null) {
    return (
      <>
        In question since <Moment at={row.openedAt} /> · waits for your answer
      </>
    );
  }
  return (
    <>
      {endings[row.ending]} <Moment at={row.endedAt} />
      {row.remindersFrom && (
        <>
          {' '}
          · reminders from <Day day={row.remindersFrom} />
        </>
      )}
    </>
  );
}
