import { contractWith } from '../../../core/contract.ts';
import { publicId } from '../../../core/ids.ts';
import type { EstimateView } from '../../../domain/estimates/estimate.ts';
import { href } from '../../../routes.ts';
import type { Reader } from '../../ui/reader.ts';
import { Note } from '../invoice/banner.tsx';
import { Row } from '../invoice/lines.tsx';
import type { ReaderGrant } from '../invoice/page-data.ts';
import type { Choosing } from './choices.ts';
import { EstimateTag } from './status.tsx';

type Shown = Readonly<{ reader: Reader; view: EstimateView }>;

/** What was agreed, the changes approved since, and what it comes to; of a change order that waits, what it would come to. */
export function ContractFigures({ reader, view, choosing }: Shown & Readonly<{ choosing: Choosing }>) {
  const { contract, facts, standing } = view;
  if (contract === null || !contract.stands) return null;
  const { changeOrder: w } = reader.w;
  const changes = facts.document.amends !== null;
  if (!changes && contract.changeCount === 0 && contract.billedMinor === 0n) return null;
  const waits = changes && standing.state === 'sent';
  const { totalMinor } = choosing.made.totals;
  return (
    <section>
      <h2>{w.contract}</h2>
      <dl className="tot">
        {(!waits || contract.changeCount > 0) && <Row label={w.original} value={reader.money(contract.originalMinor)} />}
        {contract.changeCount > 0 && <Row label={w.approvedChanges(contract.changeCount)} value={reader.money(contract.changesMinor)} />}
        <Row label={waits ? w.before : w.contract} value={reader.money(contract.contractMinor)} strong={!waits} />
        {waits && <Row label={w.thisChange} value={reader.money(totalMinor)} />}
        {waits && <Row label={w.after} value={reader.money(contractWith(contract.contractMinor, totalMinor))} strong />}
        {!waits && contract.billedMinor !== 0n && <Row label={w.billed} value={reader.money(contract.billedMinor)} />}
        {!waits && contract.billedMinor !== 0n && <Row label={w.left} value={reader.money(contract.leftMinor)} />}
      </dl>
    </section>
  );
}

/** The change orders of an estimate that the reader may see, each with where it stands. A link to one paper opens no other. */
export function ChangeOrders({ reader, view, grant }: Shown & Readonly<{ grant: ReaderGrant }>) {
  const { business, document } = view.facts;
  const others = view.changeOrders.filter(({ id, number }) => id !== document.id && number !== null);
  if (others.length === 0) return null;
  return (
    <section>
      <h2>{reader.w.changeOrder.title}</h2>
      <ul className="rows">
        {others.map((each) => (
          <li key={each.id}>
            {grant.sentTo === null && !grant.preview ? (
              <a className="row" href={href('document', { business: business.slug, document: publicId('estimate', each.id) })}>
                {reader.w.estimate.title('change_order', each.number ?? '', each.revision)}
              </a>
            ) : (
              <span>{reader.w.estimate.title('change_order', each.number ?? '', each.revision)}</span>
            )}
            <b className="n">{reader.money(each.chosenMinor ?? each.totalMinor)}</b>
            <small>
              <EstimateTag reader={reader} standing={{ now: each.now, waitingFor: null, recommendedAt: null, firstApproval: null }} personId={null} />
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Under the title of a change order: what it changes; and that it waits in vain while that is not approved. */
export function Amends({ reader, view, grant }: Shown & Readonly<{ grant: ReaderGrant }>) {
  const { contract, facts } = view;
  const { amends } = facts.document;
  if (amends === null) return null;
  const { changeOrder: w } = reader.w;
  const at = { business: facts.business.slug, document: publicId('estimate', contract?.estimateId ?? facts.document.id) };
  const open = contract !== null && grant.sentTo === null && !grant.preview;
  return <p className="who">{open ? <a href={href('document', at)}>{w.changes(amends)}</a> : w.changes(amends)}</p>;
}

export function NotStanding({ reader, view }: Shown) {
  const { contract, facts, standing } = view;
  if (facts.document.amends === null || contract === null || contract.stands || standing.now !== 'sent') return null;
  return (
    <Note icon="alert" hot>
      <p>{reader.w.changeOrder.notStanding(contract.number)}</p>
    </Note>
  );
}
