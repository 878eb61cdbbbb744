import { publicId } from '../../../core/ids.ts';
import type { PartFigures } from '../../../domain/invoices/invoice.ts';
import type { PartFact, PartsFacts } from '../../../outgoing/invoice-facts.ts';
import { href } from '../../../routes.ts';
import { Icon } from '../../ui/icon.tsx';
import type { Reader } from '../../ui/reader.ts';
import { Details } from './details.tsx';
import { Questions } from './history.tsx';
import { InQuestion } from './in-question.tsx';
import { Act, QuietLinks, SeeAll } from './invoice-page.tsx';
import { Lines, Row, visitsAt } from './lines.tsx';
import type { PageExtras, ReaderGrant } from './page-data.ts';

type PartProps = Readonly<{ reader: Reader; facts: PartsFacts; parts: readonly PartFigures[]; extras: PageExtras; grant: ReaderGrant }>;

/** For a person of some of the properties: their sections and subtotals, nothing of the others (rule 29). */
export function PartBody(props: PartProps) {
  const { reader, facts, parts, extras, grant } = props;
  const at = { business: facts.business.slug, document: publicId('invoice', facts.document.id) };
  return (
    <>
      <PartSum {...props} />
      <QuietLinks
        reader={reader}
        facts={facts}
        grant={grant}
        payable={parts.some((part) => part.openMinor > 0n)}
        questionable={parts.some((part) => part.totalMinor > 0n)}
      />
      <div className="cols">
        <div>
          <Lines
            reader={reader}
            facts={facts}
            sectioned={facts.parts.length > 1}
            asked={extras.asked}
            visitOf={grant.preview ? undefined : visitsAt({ business: facts.business.slug, document: publicId('invoice', facts.document.id) }, extras.visits)}
          />
          <div data-live="totals">
            {facts.parts.map((part) => (
              <PartTotals key={part.id} reader={reader} part={part} figures={parts.find((one) => one.id === part.id)} titled={facts.parts.length > 1} />
            ))}
          </div>
        </div>
        <aside>
          <Details reader={reader} facts={facts} />
          <InQuestion reader={reader} extras={extras} grant={grant} at={at} number={facts.document.number} />
          <Questions reader={reader} extras={extras} business={facts.business.name} />
        </aside>
      </div>
      <SeeAll reader={reader} at={at} grant={grant} />
    </>
  );
}

function PartSum({ reader, facts, parts, extras, grant }: PartProps) {
  const { w } = reader;
  const at = { business: facts.business.slug, document: publicId('invoice', facts.document.id) };
  const [only] = parts.length === 1 ? parts : [];
  const [place] = facts.parts;
  const canPay = grant.canPay && extras.online && extras.partPayment && parts.some((part) => part.openMinor > 0n);
  return (
    <div className="sum" data-live="head">
      <div>
        <h1>{w.part.title(facts.document.number)}</h1>
        {only && <p className="big">{reader.money(only.balanceMinor > 0n ? only.balanceMinor : only.totalMinor)}</p>}
        <p className="st">
          <span className="tag">
            <Icon name={only?.balanceMinor === 0n ? 'check' : 'clock'} />
            {only?.balanceMinor === 0n ? w.status.word.paid : w.invoice.dueOn(reader.day(facts.document.dueOn))}
          </span>
        </p>
        <p className="who">
          {place?.title}
          <br />
          <span className="dim">{w.part.lead}</span>
        </p>
      </div>
      {canPay && <Act act={{ label: only ? w.part.pay(reader.money(only.openMinor)) : w.part.chooseProperties, href: href('pay', at), icon: null }} />}
    </div>
  );
}

function PartTotals({ reader, part, figures, titled }: Readonly<{ reader: Reader; part: PartFact; figures: PartFigures | undefined; titled: boolean }>) {
  const { w, money, less } = reader;
  return (
    <dl className="tot">
      {titled && <h3>{part.title}</h3>}
      {part.totalMinor !== part.subtotalMinor && <Row label={w.invoice.subtotal} value={money(part.subtotalMinor)} />}
      {part.discountMinor !== 0n && <Row label={w.invoice.discount} value={less(part.discountMinor)} />}
      {part.taxMinor !== 0n && <Row label={w.invoice.tax} value={money(part.taxMinor)} />}
      <Row label={w.part.total} value={money(part.totalMinor)} strong />
      {figures && figures.paidMinor !== 0n && (
        <>
          <Row label={w.part.paid} value={less(figures.paidMinor)} />
          <Row label={w.part.balance} value={money(figures.balanceMinor)} strong />
        </>
      )}
    </dl>
  );
}
