import { publicId } from '../../../core/ids.ts';
import type { PortalInvoice } from '../../../domain/invoices/invoices.ts';
import { paperTitle } from '../../../outgoing/charge-words.ts';
import { href } from '../../../routes.ts';
import { type Reader, readerOf } from '../../ui/reader.ts';
import { StatusTag } from '../invoice/standing.tsx';

/** One invoice of a list: number and place, what is left or was billed, and its one status word. */
export function InvoiceRow({ reader, slug, row, home, pick }: Readonly<{ reader: Reader; slug: string; row: PortalInvoice; home: string; pick?: boolean }>) {
  const { w, day } = reader;
  const money = row.currency === home ? reader.money : readerOf(reader.locale, row.currency, home).money;
  const owed = row.standing.balanceMinor > 0n;
  const title = row.whole ? paperTitle(w, row) : w.part.title(row.number);
  return (
    <li className={pick ? 'picks' : undefined}>
      {pick && (
        <label className="tick">
          <input type="checkbox" name="invoice" value={publicId('invoice', row.id)} aria-label={w.pay.select(title)} />
        </label>
      )}
      <a className="row" href={href('document', { business: slug, document: publicId('invoice', row.id) })}>
        {title}
      </a>
      <b className="n">{money(owed ? row.standing.balanceMinor : row.totalMinor)}</b>
      <small>
        {[
          row.property,
          row.poNumber && `${w.invoices.poNumber} ${row.poNumber}`,
          owed ? w.invoice.dueOn(day(row.dueOn)) : day(row.issuedOn),
          row.standing.status === 'overdue' && w.common.daysLate(row.standing.daysLate),
        ]
          .filter(Boolean)
          .join(' · ')}
      </small>
      <span className="n">
        <StatusTag reader={reader} standing={row.standing} label={w.status.word[row.standing.status]} />
      </span>
    </li>
  );
}
