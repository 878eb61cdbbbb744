import { publicId } from '../../../core/ids.ts';
import { recordCode } from '../../../core/record-code.ts';
import type { EstimateView } from '../../../domain/estimates/estimate.ts';
import { href } from '../../../routes.ts';
import { Icon } from '../../ui/icon.tsx';
import { momentText, type Reader } from '../../ui/reader.ts';
import type { DecisionFact, EstimateExtras } from './page-data.ts';

/** Who approved, when, how that is known, and the fingerprint under which the record is kept. */
export function Certificate({ reader, view, extras }: Readonly<{ reader: Reader; view: EstimateView; extras: EstimateExtras }>) {
  const { decision } = extras;
  if (view.standing.now !== 'approved' || decision?.kind !== 'approved') return null;
  const { authority, estimate, invoice, record } = reader.w;
  const { business, document } = view.facts;
  const at = { business: business.slug, document: publicId('estimate', document.id), approval: publicId('approval', decision.id) };
  const { first } = decision.further;
  const rows: readonly [string, string][] = [
    [authority.firstBy, first === undefined ? '' : nameOf(reader, first)],
    [authority.firstOn, first === undefined ? '' : momentText(first.at, extras.zone, reader.locale)],
    [estimate.signedBy, nameOf(reader, decision)],
    [authority.insteadOf, decision.further.instead ? authority.away(decision.further.instead.name, reader.day(decision.further.instead.untilOn)) : ''],
    [estimate.signedOn, momentText(decision.at, extras.zone, reader.locale)],
    [estimate.knownBy, knownText(reader, decision)],
    [invoice.total, reader.money(decision.totalMinor)],
    [invoice.poNumber, decision.poNumber],
    [estimate.fingerprint, decision.hash.replace(/(.{8})(?=.)/g, '$1 ')],
    [record.verify.codeLabel, recordCode(BigInt(decision.seq), decision.hash)],
  ];
  return (
    <section data-live="decided">
      <h2>{estimate.certificate}</h2>
      <dl className="kv s">
        {rows
          .filter(([, value]) => value)
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      <nav className="quiet noprint" aria-label={estimate.certificate}>
        <a href={href('approvalPdf', at)}>
          <Icon name="paper" />
          {record.download}
        </a>
        <a href={href('verify', { business: business.slug })}>
          <Icon name="check" />
          {record.verify.title}
        </a>
      </nav>
    </section>
  );
}

function nameOf(reader: Reader, { typedName, recordedName }: Pick<DecisionFact, 'typedName' | 'recordedName'>): string {
  return typedName === recordedName || recordedName === '' ? typedName : reader.w.estimate.signedAs(typedName, recordedName);
}

function knownText(reader: Reader, { identifiedBy, identifiedAs }: DecisionFact): string {
  return reader.w.estimate.known[identifiedBy](identifiedAs);
}
