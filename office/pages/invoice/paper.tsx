import { useQuery } from '@tanstack/react-query';
import { formatQuantity, formatRate, formatUnitPrice } from '../../../src/core/money-format.ts';
import { addressOf } from '../../api/client.ts';
import { chargesAskedOn } from '../../api/queries.ts';
import type { Invoice, Paper as PaperFacts } from '../../api/types.ts';
import { Day } from '../../parts/days.tsx';
import { useMoney } from '../../parts/money.tsx';
import { discountText } from '../editor/discount-text.ts';

type Line = PaperFacts['lines'][number];

/** The frozen paper: what was issued, word for word. Every figure is the stored one. */
export function Paper({ invoice, paper }: { invoice: Invoice; paper: PaperFacts }) {
  const parts = paper.parts.length > 1 || paper.parts[0]?.propertyId ? paper.parts : [];
  const open = useQuery(chargesAskedOn(invoice.id)).data?.items.filter((row) => row.ending === null) ?? [];
  const asked = new Map(open.map((row) => [row.lineId ?? '', row.amountMinor]));
  const loose = paper.lines.filter((line) => !parts.some((part) => part.id === line.partId));
  return (
    <section className="card paper" aria-label="What was issued">
      <PaperHead invoice={invoice} paper={paper} />
      {paper.message !== '' && <p className="paper-text">{paper.message}</p>}
      <table className="paper-lines">
        <thead>
          <tr>
            <th>What</th>
            <th className="end only-desk">Quantity</th>
            <th className="end only-desk">Price</th>
            <th className="end">Amount</th>
          </tr>
        </thead>
        <tbody>
          {loose.map((line) => (
            <LineRow key={line.id} line={line} currency={invoice.currency} asked={asked.get(line.id)} />
          ))}
          {parts.map((part) => (
            <PartRows key={part.id} part={part} lines={paper.lines.filter((line) => line.partId === part.id)} currency={invoice.currency} asked={asked} />
          ))}
        </tbody>
      </table>
      <Totals paper={paper} currency={invoice.currency} />
      {paper.terms !== '' && <p className="paper-text dim">{paper.terms}</p>}
      {invoice.attachments.length > 0 && (
        <p className="paper-text">
          {invoice.attachments.map((file) => (
            <a
              key={file.id}
              className="link"
              style={{ marginInlineEnd: '1rem' }}
              href={addressOf('readAttachment', { params: { invoiceId: invoice.id, fileId: file.id } })}
              target="_blank"
              rel="noreferrer"
            >
              {file.name}
            </a>
          ))}
        </p>
      )}
      {paper.internalNote !== '' && (
        <p className="paper-text">
          <span className="dim">Internal note: </span>
          {paper.internalNote}
        </p>
      )}
    </section>
  );
}

function PaperHead({ invoice, paper }: { invoice: Invoice; paper: PaperFacts }) {
  return (
    <div className="paper-head">
      <div>
        <div className="strong">{paper.billTo.name}</div>
        {paper.billTo.company && paper.billTo.company !== paper.billTo.name && <div>{paper.billTo.company}</div>}
        {paper.billTo.addressLines.map((line) => (
          <div key={line} className="dim">
            {line}
          </div>
        ))}
      </div>
      <dl className="facts">
        {invoice.dueOn && (
          <>
            <dt>Due</dt>
            <dd>
              <Day day={invoice.dueOn} />
            </dd>
          </>
        )}
        {paper.poNumber !== '' && (
          <>
            <dt>PO number</dt>
            <dd>{paper.poNumber}</dd>
          </>
        )}
        {paper.workOrderNumber !== '' && (
          <>
            <dt>Work order</dt>
            <dd>{paper.workOrderNumber}</dd>
          </>
        )}
      </dl>
    </div>
  );
}

type PartProps = { part: PaperFacts['parts'][number]; lines: readonly Line[]; currency: string; asked: ReadonlyMap<string, number> };

function PartRows({ part, lines, currency, asked }: PartProps) {
  const money = useMoney();
  return (
    <>
      <tr className="paper-part">
        <td>
          {part.title}
          {part.address && <span className="dim small"> {part.address}</span>}
        </td>
        <td className="only-desk" />
        <td className="only-desk" />
        <td className="end num">{money(part.totalMinor, currency)}</td>
      </tr>
      {lines.map((line) => (
        <LineRow key={line.id} line={line} currency={currency} asked={asked.get(line.id)} />
      ))}
    </>
  );
}

function LineRow({ line, currency, asked }: { line: Line; currency: string; asked: number | undefined }) {
  const money = useMoney();
  const unit = line.unit === '' ? '' : ` ${line.unit}`;
  const quantity = `${formatQuantity(BigInt(line.quantityMilli), 'en')}${unit}`;
  const price = formatUnitPrice(BigInt(line.unitPriceMilli), currency, 'en');
  return (
    <tr>
      <td>
        {line.name}
        {line.serviceOn && (
          <span className="dim small">
            {' '}
            · <Day day={line.serviceOn} />
          </span>
        )}
        {line.description !== '' && (
          <div className="dim small" style={{ whiteSpace: 'pre-line' }}>
            {line.description}
          </div>
        )}
        <div className="dim small only-phone num">
          {quantity} × {price}
        </div>
        {asked !== undefined && <div className="small strong">In question: {money(asked, currency)}</div>}
        {line.discount && <div className="dim small">Discount {discountText(line.discount, currency)}</div>}
      </td>
      <td className="end num only-desk">{quantity}</td>
      <td className="end num only-desk">{price}</td>
      <td className="end num">{money(line.netMinor, currency)}</td>
    </tr>
  );
}

function Totals({ paper, currency }: { paper: PaperFacts; currency: string }) {
  const money = useMoney();
  return (
    <dl className="paper-totals num">
      <dt>Subtotal</dt>
      <dd>{money(paper.subtotalMinor, currency)}</dd>
      {paper.discountMinor !== 0 && (
        <>
          <dt>Discount {paper.discount?.kind === 'percent' && discountText(paper.discount, currency)}</dt>
          <dd>{money(-paper.discountMinor, currency)}</dd>
        </>
      )}
      {paper.taxes.map((tax) => (
        <TaxRow
          key={`${tax.name} ${tax.ratePpm}`}
          words={`${paper.pricesIncludeTax ? 'Includes ' : ''}${tax.name} ${formatRate(BigInt(tax.ratePpm), 'en')}`}
          amount={money(tax.taxMinor, currency)}
        />
      ))}
      {paper.taxExempt && <TaxRow words="Tax exempt" amount="" />}
      <dt className="grand">Total</dt>
      <dd className="grand">{money(paper.totalMinor, currency)}</dd>
      {paper.deposits.map((deposit) => (
        <TaxRow key={deposit.id} words={`Deposit applied (${deposit.number})`} amount={money(-deposit.amountMinor, currency)} />
      ))}
    </dl>
  );
}

function TaxRow({ words, amount }: { words: string; amount: string }) {
  return (
    <>
      <dt>{words}</dt>
      <dd>{amount}</dd>
    </>
  );
}
