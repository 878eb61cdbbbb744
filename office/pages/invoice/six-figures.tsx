import type { Invoice } from '../../api/types.ts';
import { Day } from '../../parts/days.tsx';
import { Figure } from '../../parts/figure.tsx';
import { useMoney } from '../../parts/money.tsx';

/** Where the money of this invoice stands (rule 17): what is zero stays away, the rest adds up to the balance. */
export function SixFigures({ invoice }: { invoice: Invoice }) {
  const money = useMoney();
  const of = (minor: number): string => money(minor, invoice.currency);
  const standing = invoice.standing;
  const parts = [
    ['Due now', standing.dueNowMinor],
    ['Due later', standing.dueLaterMinor],
    ['On its way', standing.onItsWayMinor],
    ['In question', standing.inQuestionMinor],
    ['Held back', standing.heldBackMinor],
  ] as const;
  const several = parts.filter(([, minor]) => minor > 0).length > 1 || standing.dueNowMinor !== standing.balanceMinor;
  const credits = (
    [
      [standing.depositMinor, 'deposit applied'],
      [standing.discountedMinor, 'off for paying early'],
      [standing.creditedMinor - standing.depositMinor - standing.discountedMinor, 'credited'],
    ] as const
  ).flatMap(([minor, words]) => (minor > 0 ? [`${of(minor)} ${words}`] : []));
  return (
    <div className="figures six">
      <Figure label="Total" amount={of(standing.totalMinor)}>
        {credits.length > 0 ? credits.join(', ') : undefined}
      </Figure>
      <Figure label="Paid" amount={of(standing.paidMinor)} />
      <Figure label="Balance" amount={of(standing.balanceMinor)} tone={standing.overdueMinor > 0 && !several ? 'bad' : undefined}>
        {standing.balanceMinor > 0 && invoice.dueOn && <DueWords invoice={invoice} dueOn={invoice.dueOn} />}
      </Figure>
      {several &&
        parts
          .filter(([, minor]) => minor > 0)
          .map(([label, minor]) => (
            <Figure key={label} label={label} amount={of(minor)} tone={label === 'Due now' && standing.overdueMinor > 0 ? 'bad' : undefined}>
              {label === 'Due now' && standing.overdueMinor > 0 ? 'overdue' : undefined}
            </Figure>
          ))}
    </div>
  );
}

function DueWords({ invoice, dueOn }: { invoice: Invoice; dueOn: string }) {
  const { daysLate, daysLeft } = invoice.standing;
  return (
    <>
      due <Day day={dueOn} />
      {daysLate > 0
        ? `, ${daysLate} ${daysLate === 1 ? 'day' : 'days'} late`
        : daysLeft !== null && daysLeft > 0
          ? `, in ${daysLeft} ${daysLeft === 1 ? 'day' : 'days'}`
          : ', today'}
    </>
  );
}
