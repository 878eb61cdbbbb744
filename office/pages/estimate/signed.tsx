import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { formatQuantity } from '../../../src/core/money-format.ts';
import { approvalEvidenceQuery, approvalsQuery } from '../../api/estimate-queries.ts';
import type { Estimate } from '../../api/types.ts';
import { useMoney } from '../../parts/money.tsx';
import { signedLines } from './recording.ts';

/** Under what was offered: what of it was signed, as the record holds it. */
export function Signed({ estimate }: { estimate: Estimate }) {
  const money = useMoney();
  const { currency, standing } = estimate;
  const approvals = useInfiniteQuery(approvalsQuery(estimate.id));
  const id = approvals.data?.pages.flatMap(({ items }) => items).find(({ kind }) => kind === 'approved')?.id;
  const evidence = useQuery({ ...approvalEvidenceQuery(id ?? ''), enabled: id !== undefined });
  if (standing.chosenMinor === null) return null;
  const lines = evidence.data ? signedLines(evidence.data.facts) : [];
  return (
    <div className="signed">
      <p className="strong">Signed: {money(standing.chosenMinor, currency)} of what was chosen</p>
      <ul>
        {lines.map(({ id: lineId, name, quantityMilli, netMinor }) => (
          <li key={lineId}>
            <span>
              {quantityMilli !== 1000 && `${formatQuantity(BigInt(quantityMilli), 'en')} × `}
              {name}
            </span>
            <span className="num">{money(netMinor, currency)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
