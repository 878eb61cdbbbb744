import type { CustomerFigures as Figures } from '../../api/types.ts';
import { Figure } from '../../parts/figure.tsx';
import { useMoney } from '../../parts/money.tsx';

/** The six figures (rule 17). Those that are zero stay away; what is left adds up to the balance. */
export function CustomerFigures({ figures }: { figures: Figures }) {
  const money = useMoney();
  const of = (minor: number): string => money(minor, figures.currency);
  const parts = [
    ['Due now', figures.dueNowMinor],
    ['Due later', figures.dueLaterMinor],
    ['On its way', figures.onItsWayMinor],
    ['In question', figures.inQuestionMinor],
    ['Held back', figures.heldBackMinor],
  ] as const;
  return (
    <div className="figures customer-figures">
      <Figure label="Balance" amount={of(figures.balanceMinor)} />
      {parts
        .filter(([label, minor]) => minor !== 0 || label === 'Due now')
        .map(([label, minor]) => (
          <Figure key={label} label={label} amount={of(minor)} tone={label === 'Due now' && figures.overdueMinor > 0 ? 'bad' : undefined}>
            {label === 'Due now' && figures.overdueMinor > 0 ? `of which ${of(figures.overdueMinor)} overdue` : undefined}
          </Figure>
        ))}
      {figures.creditMinor > 0 && (
        <Figure label="Credit available" amount={of(figures.creditMinor)}>
          Not on any invoice
        </Figure>
      )}
    </div>
  );
}
