import type { ReactNode } from 'react';
import { publicId } from '../../../core/ids.ts';
import { formatQuantity, formatRate, formatUnitPrice } from '../../../core/money-format.ts';
import { depositLabel } from '../../../outgoing/charge-words.ts';
import type { DocumentFact, InvoiceFacts, LineFact, PartFact } from '../../../outgoing/invoice-facts.ts';
import { discountLabel } from '../../../outgoing/pdf/line-rows.ts';
import { href, type Params } from '../../../routes.ts';
import type { Reader } from '../../ui/reader.ts';
import type { AskedCharge } from './page-data.ts';

type Lined = Readonly<{ document: DocumentFact; parts: readonly PartFact[]; lines: readonly LineFact[] }>;

type VisitOf = (lineId: string) => string | null;
type LinesProps = Readonly<{ reader: Reader; facts: Lined; sectioned: boolean; asked: readonly AskedCharge[]; visitOf?: VisitOf | undefined }>;

/** Where the page of the visit stands that a line was done on. */
export function visitsAt(at: Params<'document'>, visits: Readonly<Record<string, string>>): VisitOf {
  return (lineId) => {
    const visit = visits[lineId];
    return visit === undefined ? null : href('documentVisit', { ...at, visit: publicId('visit', visit) });
  };
}

/** All lines, under their property where there is more than one. No line is ever left out. */
export function Lines({ reader, facts, sectioned, asked, visitOf }: LinesProps) {
  const { w } = reader;
  if (!sectioned) {
    return (
      <section>
        <h2>{w.invoice.lines}</h2>
        {facts.lines.map((line) => (
          <Line
            key={line.id}
            reader={reader}
            line={line}
            document={facts.document}
            visit={visitOf?.(line.id) ?? null}
            asked={asked.find((each) => each.lineId === line.id && each.ending === null)}
          />
        ))}
      </section>
    );
  }
  return (
    <section>
      <h2>{w.invoice.lines}</h2>
      {facts.parts.map((part) => (
        <div className="grp" key={part.id}>
          <header>
            <h3>{part.title || w.invoice.notTiedToProperty}</h3>
            {part.address && <small>{part.address}</small>}
          </header>
          {facts.lines
            .filter((line) => line.partId === part.id)
            .map((line) => (
              <Line
                key={line.id}
                reader={reader}
                line={line}
                document={facts.document}
                visit={visitOf?.(line.id) ?? null}
                asked={asked.find((each) => each.lineId === line.id && each.ending === null)}
              />
            ))}
          <p className="sub">
            <span>{w.invoice.subtotal}</span>
            <span className="n">{reader.money(part.subtotalMinor)}</span>
          </p>
        </div>
      ))}
    </section>
  );
}

type LineProps = Readonly<{ reader: Reader; line: LineFact; document: DocumentFact; asked: AskedCharge | undefined; visit: string | null }>;

function Line({ reader, line, document, asked, visit }: LineProps) {
  const { locale } = reader;
  const price = formatUnitPrice(line.unitPriceMilli, document.currency, locale, { homeCurrency: document.homeCurrency });
  const amount = [formatQuantity(line.quantityMilli, locale), line.unit].filter(Boolean).join('\u00a0');
  return (
    <div className="line">
      <b>{line.name}</b>
      <span className="n">{reader.money(line.netMinor)}</span>
      <small>{[line.serviceOn && reader.day(line.serviceOn), `${amount} × ${price}`].filter(Boolean).join(' · ')}</small>
      {visit && (
        <small>
          <a href={visit}>{reader.w.visits.line}</a>
        </small>
      )}
      {line.description && <small className="ps">{line.description}</small>}
      {line.discountMinor !== 0n && (
        <small>
          {discountLabel(line.discount, locale)}: {reader.less(line.discountMinor)}
        </small>
      )}
      {asked && <small className="strong">{reader.w.questioned.inQuestion(reader.money(asked.amountMinor))}</small>}
    </div>
  );
}

/** Subtotal to balance, and what the balance is made of when it is more than one thing. */
export function Totals({ reader, facts }: Readonly<{ reader: Reader; facts: InvoiceFacts }>) {
  const { w, money, less } = reader;
  const text = w.invoice;
  const plain = facts.discountMinor === 0n && facts.taxes.length === 0;
  return (
    <dl className="tot">
      {!plain && <Row label={text.subtotal} value={money(facts.subtotalMinor)} />}
      {facts.discountMinor !== 0n && <Row label={discountLabel(facts.discount, reader.locale)} value={less(facts.discountMinor)} />}
      <Taxes reader={reader} facts={facts} />
      <Row label={text.total} value={money(facts.totalMinor)} strong />
      {facts.credits.map((credit) => (
        <Row key={credit.id} label={`${text.creditNote} ${credit.number}`} value={less(credit.amountMinor)} />
      ))}
      {(facts.paidMinor !== 0n || facts.creditedMinor !== 0n) && <PaidAndLeft reader={reader} facts={facts} />}
      <Figures reader={reader} facts={facts} />
    </dl>
  );
}

function Taxes({ reader, facts }: Readonly<{ reader: Reader; facts: InvoiceFacts }>) {
  const { w, money, locale } = reader;
  if (facts.taxExempt) return <Row label={w.invoice.taxExempt} value={money(0n)} />;
  return facts.taxes.map((tax) => {
    const key = `${tax.name} ${tax.ratePpm}`;
    const rate = formatRate(tax.ratePpm, locale);
    const label = facts.pricesIncludeTax ? w.invoice.includedTax(tax.name, rate) : w.invoice.taxOn(tax.name, rate);
    return [
      <Row key={key} label={label} value={money(tax.taxMinor)} />,
      ...tax.components.map((component) => (
        <Row
          key={`${key} ${component.name}`}
          label={w.invoice.taxOn(component.name, formatRate(component.ratePpm, locale))}
          value={money(component.taxMinor)}
          part
        />
      )),
    ];
  });
}

function PaidAndLeft({ reader, facts }: Readonly<{ reader: Reader; facts: InvoiceFacts }>) {
  const { w, money, less } = reader;
  return (
    <>
      <Credited reader={reader} facts={facts} />
      {facts.paidMinor !== 0n && <Row label={w.invoice.paid} value={less(facts.paidMinor)} />}
      <Row label={w.invoice.balance} value={money(facts.standing.balanceMinor)} strong />
    </>
  );
}

/** Deposits applied, each by its number while all were applied as it was issued, and what was granted for paying early. */
function Credited({ reader, facts }: Readonly<{ reader: Reader; facts: InvoiceFacts }>) {
  const { w, less } = reader;
  const { depositMinor = 0n, discountedMinor = 0n } = facts;
  return (
    <>
      {depositMinor !== 0n && <Row label={depositLabel(w, facts)} value={less(depositMinor)} />}
      {discountedMinor !== 0n && <Row label={w.charges.early} value={less(discountedMinor)} />}
    </>
  );
}

function Figures({ reader, facts }: Readonly<{ reader: Reader; facts: InvoiceFacts }>) {
  const { w, money } = reader;
  const { standing } = facts;
  if (standing.balanceMinor === standing.dueNowMinor) return null;
  const figures: readonly [string, bigint][] = [
    [w.invoice.dueNow, standing.dueNowMinor],
    [w.invoice.dueLater, standing.dueLaterMinor],
    [w.invoice.onItsWay, standing.onItsWayMinor],
    [w.invoice.inQuestion, standing.inQuestionMinor],
    [w.invoice.heldBack, standing.heldBackMinor],
  ];
  return figures.filter(([, minor]) => minor !== 0n).map(([label, minor]) => <Row key={label} label={label} value={money(minor)} part />);
}

export function Row({ label, value, strong, part }: Readonly<{ label: ReactNode; value: string; strong?: boolean; part?: boolean }>) {
  return (
    <div className={strong ? 't' : part ? 'o' : undefined}>
      <dt>{label}</dt>
      <dd className="n">{value}</dd>
    </div>
  );
}
