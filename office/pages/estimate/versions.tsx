import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { estimateChangesQuery } from '../../api/estimate-queries.ts';
import type { Estimate, EstimateChange } from '../../api/types.ts';
import { Day, dayText } from '../../parts/days.tsx';
import { EstimateMark, type EstimateStatus } from '../../parts/estimate-mark.tsx';
import { useMoney } from '../../parts/money.tsx';
import { ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Section } from '../../parts/page.tsx';

/** Every version under the number, and what is different between one and the one before. */
export function Versions({ estimate }: { estimate: Estimate }) {
  const money = useMoney();
  const { versions } = estimate;
  if (versions.length < 2) return null;
  return (
    <Section title="Versions" id="versions">
      <ol className="versions">
        {versions.toReversed().map((version, at, all) => {
          const before = all[at + 1];
          return (
            <li key={version.id} aria-current={version.id === estimate.id ? 'true' : undefined}>
              <div className="row wrap">
                <Link to="/estimates/$estimateId" params={{ estimateId: version.id }} className="link strong num">
                  R{version.revision}
                </Link>
                <span className="dim">
                  <Day day={version.issuedOn} />
                </span>
                <EstimateMark status={version.status as EstimateStatus} />
                <span className="grow" />
                <span className="num">{money(version.totalMinor, estimate.currency)}</span>
              </div>
              {before !== undefined && <Changes to={version.id} from={before.id} open={at === 0} revision={before.revision} currency={estimate.currency} />}
            </li>
          );
        })}
      </ol>
    </Section>
  );
}

type ChangesProps = { to: string; from: string; open: boolean; revision: number; currency: string };

function Changes({ to, from, open: first, revision, currency }: ChangesProps) {
  const money = useMoney();
  const [open, setOpen] = useState(first);
  const query = useQuery({ ...estimateChangesQuery(to, from), enabled: open });
  return (
    <>
      <button type="button" className="text-button small" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? `Different from R${revision}:` : `What is different from R${revision}`}
      </button>
      {open &&
        (query.isError ? (
          <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
        ) : query.data === undefined ? (
          <SkeletonRows rows={2} />
        ) : query.data.items.length === 0 ? (
          <p className="dim small">Nothing the customer reads.</p>
        ) : (
          <ul className="changes small">
            {query.data.items.map((change) => (
              <li key={JSON.stringify(change)}>{changeText(change, (minor) => money(minor, currency))}</li>
            ))}
          </ul>
        ))}
    </>
  );
}

const names = {
  discount: 'Discount',
  tax: 'Tax',
  total: 'Total',
  po_number: 'PO number',
  terms: 'Terms',
  message: 'Message',
  scope: 'Scope of work',
  exclusions: 'What is not included',
};
const shortest = 60;

function changeText(change: EstimateChange, money: (minor: number) => string): string {
  switch (change.what) {
    case 'line_added':
      return `Added: ${change.name}, ${money(change.amountMinor)}`;
    case 'line_removed':
      return `Removed: ${change.name}, ${money(change.amountMinor)}`;
    case 'line_changed':
      return change.fromMinor === change.toMinor
        ? `Changed: ${change.name} (${change.fields.join(', ').replaceAll('_', ' ')})`
        : `Changed: ${change.name}, ${money(change.fromMinor)} → ${money(change.toMinor)}`;
    case 'discount':
    case 'tax':
    case 'total':
      return `${names[change.what]}: ${money(change.fromMinor)} → ${money(change.toMinor)}`;
    case 'valid_until':
      return `Valid until: ${dayText(change.from)} → ${dayText(change.to)}`;
    default:
      if (change.from.length + change.to.length > shortest) return `${names[change.what]} changed`;
      return `${names[change.what]}: ${change.from === '' ? 'nothing' : change.from} → ${change.to === '' ? 'nothing' : change.to}`;
  }
}
