import { formatQuantity, formatRate, formatUnitPrice } from '../../../src/core/money-format.ts';
import { addressOf } from '../../api/client.ts';
import type { Estimate, EstimatePaper as PaperFacts } from '../../api/types.ts';
import { useMoney } from '../../parts/money.tsx';
import { discountText } from '../editor/discount-text.ts';
import { Signed } from './signed.tsx';

type Line = PaperFacts['lines'][number];

/** The frozen estimate: what was offered, word for word, with what the customer may choose. Every figure is the stored one. */
export function EstimatePaper({ estimate, paper }: { estimate: Estimate; paper: PaperFacts }) {
  const { currency } = estimate;
  const parts = paper.parts.length > 1 || paper.parts[0]?.propertyId ? paper.parts : [];
  const loose = paper.lines.filter((line) => !parts.some((part) => part.id === line.partId));
  return (
    <section className="card paper" aria-label="What was offered">
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
        {paper.poNumber !== '' && (
          <dl className="facts">
            <dt>PO number</dt>
            <dd>{paper.poNumber}</dd>
          </dl>
        )}
      </div>
      {paper.message !== '' && <p className="paper-text">{paper.message}</p>}
      <Words title="Scope of work" text={paper.scope} />
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
          <LineRows lines={loose} currency={currency} />
          {parts.map((part) => (
            <PartRows key={part.id} part={part} lines={paper.lines.filter((line) => line.partId === part.id)} currency={currency} />
          ))}
        </tbody>
      </table>
      <Totals paper={paper} currency={currency} />
      {estimate.status === 'approved' && isChoosable(paper) && <Signed estimate={estimate} />}
      <Words title="Not included" text={paper.exclusions} />
      <Words title="Terms" text={paper.terms} />
      {estimate.attachments.length > 0 && (
        <p className="paper-text">
          {estimate.attachments.map((file) => (
            <a
              key={file.id}
              className="link"
              style={{ marginInlineEnd: '1rem' }}
              href={addressOf('readEstimateFile', { params: { estimateId: estimate.id, fileId: file.id } })}
              target="_blank"
              rel="noreferrer"
            >
              {file.name}
            </a>
          ))}
        </p>
      )}
      <Words title="Internal note" text={paper.internalNote} />
    </section>
  );
}

function Words({ title, text }: { title: string; text: string }) {
  if (text === '') return null;
  return (
    <div className="paper-text">
      <div className="dim small">{title}</div>
      {text}
    </div>
  );
}

function PartRows({ part, lines, currency }: { part: PaperFacts['parts'][number]; lines: readonly Line[]; currency: string }) {
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
      <LineRows lines={lines} currency={currency} />
    </>
  );
}

const LineRows = ({ lines, currency }: { lines: readonly Line[]; currency: string }) =>
  lines.map((line) => <LineRow key={line.id} line={line} currency={currency} />);

const choiceWords = ({ choice }: Line): string | null => {
  if (choice === null) return null;
  if (choice.kind === 'optional') return choice.chosen ? 'Optional, suggested' : 'Optional, not in the total';
  return `${choice.group}: ${choice.package}${choice.chosen ? ', suggested' : ', not in the total'}`;
};

function LineRow({ line, currency }: { line: Line; currency: string }) {
  const money = useMoney();
  const quantity = `${formatQuantity(BigInt(line.quantityMilli), 'en')}${line.unit === '' ? '' : ` ${line.unit}`}`;
  const price = formatUnitPrice(BigInt(line.unitPriceMilli), currency, 'en');
  const choice = choiceWords(line);
  const off = line.choice?.chosen === false;
  return (
    <tr className={off ? 'paper-off' : undefined}>
      <td>
        {line.name}
        {choice !== null && <span className="dim small"> · {choice}</span>}
        {line.bounds !== null && (
          <span className="dim small">
            {' '}
            · {formatQuantity(BigInt(line.bounds.minMilli), 'en')} to {formatQuantity(BigInt(line.bounds.maxMilli), 'en')} can be chosen
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
        {line.discount && <div className="dim small">Discount {discountText(line.discount, currency)}</div>}
      </td>
      <td className="end num only-desk">{quantity}</td>
      <td className="end num only-desk">{price}</td>
      <td className={`end num ${off ? 'dim' : ''}`}>{money(line.netMinor, currency)}</td>
    </tr>
  );
}

const isChoosable = ({ lines }: PaperFacts): boolean => lines.some(({ choice, bounds }) => choice !== null || bounds !== null);

function Totals({ paper, currency }: { paper: PaperFacts; currency: string }) {
  const money = useMoney();
  const rows: readonly (readonly [string, string])[] = [
    ['Subtotal', money(paper.subtotalMinor, currency)],
    ...(paper.discountMinor === 0
      ? []
      : [[`Discount ${paper.discount?.kind === 'percent' ? discountText(paper.discount, currency) : ''}`, money(-paper.discountMinor, currency)] as const]),
    ...paper.taxes.map(
      (tax) => [`${paper.pricesIncludeTax ? 'Includes ' : ''}${tax.name} ${formatRate(BigInt(tax.ratePpm), 'en')}`, money(tax.taxMinor, currency)] as const,
    ),
    ...(paper.taxExempt ? [['Tax exempt', ''] as const] : []),
  ];
  const ahead: readonly (readonly [string, string])[] = [
    ...(paper.depositMinor > 0 ? [['Deposit on approval', money(paper.depositMinor, currency)] as const] : []),
    ...(paper.stages ?? []).map(({ label, amountMinor }) => [label, money(amountMinor, currency)] as const),
  ];
  return (
    <dl className="paper-totals num">
      <Rows rows={rows} />
      <dt className="grand">{isChoosable(paper) ? 'As suggested' : 'Total'}</dt>
      <dd className="grand">{money(paper.totalMinor, currency)}</dd>
      <Rows rows={ahead} />
    </dl>
  );
}

const Rows = ({ rows }: { rows: readonly (readonly [string, string])[] }) =>
  rows.map(([label, amount]) => (
    <div key={label} style={{ display: 'contents' }}>
      <dt>{label}</dt>
      <dd>{amount}</dd>
    </div>
  ));
