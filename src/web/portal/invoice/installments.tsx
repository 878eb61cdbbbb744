import type { InstallmentState } from '../../../core/installments.ts';
import { payRest, type Standing } from '../../../core/settlement.ts';
import type { InvoiceFacts } from '../../../outgoing/invoice-facts.ts';
import { href } from '../../../routes.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import type { Reader } from '../../ui/reader.ts';

type Props = Readonly<{ reader: Reader; facts: InvoiceFacts; at: { business: string; document: string }; payable: boolean }>;

const icons: Readonly<Record<InstallmentState, IconName>> = { paid: 'check', processing: 'moving', overdue: 'alert', due: 'clock', later: 'clock' };

/** What the bill is paid in, each with its day and where it stands; all of it may be paid at once, or any amount. */
export function Installments({ reader, facts, at, payable }: Props) {
  const { w, money, day } = reader;
  const { standing, document } = facts;
  const rows = standing.installments ?? [];
  if (rows.length === 0 || document.canceled !== null || document.replacedBy !== null) return null;
  const { restMinor } = payRest(standing);
  const early = payable && standing.nextMinor !== null && restMinor > standing.nextMinor;
  return (
    <section>
      <h2>{w.charges.installments}</h2>
      <ul className="rows">
        {rows.map((row, place) => (
          <li key={`${row.dueOn} ${row.amountMinor}`}>
            <span>{w.charges.installment(place + 1, rows.length)}</span>
            <span className="n">{money(row.amountMinor)}</span>
            <small className={row.state === 'overdue' ? 'strong' : undefined}>
              <Icon name={icons[row.state]} />{' '}
              {[
                row.state !== 'due' && w.charges.installmentState[row.state],
                row.state === 'overdue' ? w.invoice.wasDueOn(day(row.dueOn)) : row.state === 'due' ? w.invoice.dueOn(day(row.dueOn)) : day(row.dueOn),
                row.openMinor > 0n && row.openMinor < row.amountMinor && w.charges.leftOf(money(row.openMinor)),
              ]
                .filter(Boolean)
                .join(' · ')}
            </small>
          </li>
        ))}
      </ul>
      {early && (
        <nav className="quiet" aria-label={w.charges.installments}>
          <a href={href('pay', at, { rest: '1' })}>{w.charges.payRest(money(standing.early?.payMinor ?? restMinor))}</a>
          <a href={href('pay', at, { other: '1' })}>{w.pay.anotherAmount}</a>
        </nav>
      )}
    </section>
  );
}

/** "Installment 2 of 3 · $600.00 left of all": under the amount that is next. */
export function installmentLine({ w, money }: Reader, { installments, nextMinor, balanceMinor }: Standing): string {
  if (installments === null || nextMinor === null) return '';
  const place = installments.findIndex(({ openMinor }) => openMinor > 0n);
  return `${w.charges.installment(place + 1, installments.length)} · ${w.charges.balanceOf(money(balanceMinor))}`;
}
