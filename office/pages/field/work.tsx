import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { fieldWorkQuery } from '../../api/queries.ts';
import { Moment } from '../../parts/days.tsx';
import { ButtonLink } from '../../parts/links.tsx';
import { Money } from '../../parts/money.tsx';
import { Empty, SkeletonRows } from '../../parts/notes.tsx';
import { FieldPage, FieldProblem, StateMark } from './parts.tsx';
import { useFieldWords } from './words.ts';

/** What the crew member wrote, newest first, and what became of it. */
export default function MyWork() {
  const words = useFieldWords();
  const query = useQuery(fieldWorkQuery);
  return (
    <FieldPage title={words.myWork}>
      {query.isPending && <SkeletonRows rows={5} />}
      {query.isError && <FieldProblem error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && query.data.items.length === 0 && <Empty title={words.noWork} action={<ButtonLink to="/field/new">{words.newInvoice}</ButtonLink>} />}
      <ul className="field-list">
        {query.data?.items.map((one) => (
          <li key={one.id}>
            <Link className="card field-row" to="/field/work/$invoiceId" params={{ invoiceId: one.id }}>
              <span className="grow">
                <span className="strong">{one.customer.name}</span>
                <span className="second dim">
                  {one.number !== null && `${one.number} · `}
                  <Moment at={one.createdAt} locale={words.locale} />
                </span>
              </span>
              {one.totalMinor !== null && <Money minor={one.totalMinor} currency={one.currency} />}
              <StateMark state={one.state} />
            </Link>
          </li>
        ))}
      </ul>
    </FieldPage>
  );
}
