import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import type { EstimateRow } from '../../api/types.ts';
import { Day, fromToday, Moment } from '../../parts/days.tsx';
import { EstimateMark } from '../../parts/estimate-mark.tsx';
import { useListKeys } from '../../parts/list-keys.ts';
import { Money } from '../../parts/money.tsx';
import { useOffice } from '../../parts/office-context.ts';

/** Where a row of a list leads: a draft to its editor, the rest to their page. */
export const estimateLink = ({ id, status }: Pick<EstimateRow, 'id' | 'status'>) =>
  status === 'draft'
    ? ({ to: '/estimates/$estimateId/edit', params: { estimateId: id } } as const)
    : ({ to: '/estimates/$estimateId', params: { estimateId: id } } as const);

/** E-1004 · version 2 */
export const numberText = ({ number, revision }: Pick<EstimateRow, 'number' | 'revision'>): string =>
  number === null ? 'Draft' : revision > 1 ? `${number} R${revision}` : number;

/** A draft of a change order has no number of its own yet: it names what it changes. */
const draftText = ({ revision, amends }: Pick<EstimateRow, 'revision' | 'amends'>): string =>
  revision > 1 ? `Draft R${revision}` : amends === null ? 'Draft' : `Draft for ${amends.number}`;

/** Rows of estimates and drafts, the same wherever they stand. */
export function EstimateTable({ rows, withCustomer = true }: { rows: readonly EstimateRow[]; withCustomer?: boolean }) {
  const list = useRef<HTMLTableElement>(null);
  useListKeys(list);
  return (
    <table className="list" ref={list}>
      <thead>
        <tr>
          <th>Number</th>
          {withCustomer && <th>Customer</th>}
          <th>Status</th>
          <th className="only-roomy">Date</th>
          <th>Valid until</th>
          <th className="end">Total</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} row={row} withCustomer={withCustomer} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row, withCustomer }: { row: EstimateRow; withCustomer: boolean }) {
  const link = estimateLink(row);
  const amount = row.standing.chosenMinor ?? row.standing.totalMinor;
  return (
    <tr>
      <td className="only-desk num">
        <Link {...link} className="row-link strong" data-id={row.id}>
          {row.number === null ? <span className="dim">{draftText(row)}</span> : numberText(row)}
        </Link>
      </td>
      <td className={`clip w34 ${withCustomer ? '' : 'only-phone'}`}>
        <span className="only-desk">{row.customer.name}</span>
        <Link {...link} className="only-phone strong clip">
          {withCustomer ? row.customer.name : numberText(row)}
        </Link>
        {row.poNumber !== '' && <span className="dim small only-desk"> · {/^po\b/i.test(row.poNumber) ? row.poNumber : `PO ${row.poNumber}`}</span>}
        {row.amends !== null && <span className="dim small only-desk"> · change order</span>}
        <span className="second only-phone num">
          {withCustomer && `${numberText(row)} · `}
          <Day day={row.listedOn} />
        </span>
      </td>
      <td className="only-desk">
        <span className="row" style={{ gap: '0.5rem' }}>
          <EstimateMark status={row.status} standing={row.standing} />
          <Beside row={row} />
        </span>
      </td>
      <td className="only-desk only-roomy dim">
        <Day day={row.listedOn} />
      </td>
      <td className="only-desk">
        <ValidUntil row={row} />
      </td>
      <td className="end">
        <Money minor={amount} currency={row.currency} className="only-desk" />
        <Money minor={amount} currency={row.currency} className="only-phone strong" />
        <span className="only-phone">
          <EstimateMark status={row.status} />
        </span>
      </td>
    </tr>
  );
}

/** What makes a status more than its word. */
export function Beside({ row }: { row: Pick<EstimateRow, 'status' | 'delivery' | 'openedAt' | 'sentAt' | 'standing'> }) {
  const { status, standing } = row;
  if (row.delivery === 'bounced') return <span className="small bad">mail came back</span>;
  if (status !== 'sent') return null;
  if (standing.approvalWithdrawnAt !== null) return <span className="small warn">approval withdrawn</span>;
  if (standing.firstApproval !== null) return <span className="small dim">approved first by {standing.firstApproval.by}</span>;
  if (standing.recommendedAt !== null) return <span className="small dim">recommended by {standing.recommendedBy}</span>;
  if (row.openedAt !== null) {
    return (
      <span className="small dim">
        opened <Moment at={row.openedAt} />
      </span>
    );
  }
  return <span className="small dim">{row.sentAt === null ? 'not sent' : 'not opened yet'}</span>;
}

export function ValidUntil({ row }: { row: Pick<EstimateRow, 'status' | 'validUntil' | 'standing'> }) {
  const { today } = useOffice();
  if (row.validUntil === null) return null;
  const waits = row.status === 'sent' || row.status === 'expired';
  const soon = row.standing.daysLeft !== null && row.standing.daysLeft <= 7;
  return (
    <span className={`num ${waits ? '' : 'dim'}`}>
      <Day day={row.validUntil} />
      {waits && <span className={`small ${row.status === 'expired' ? 'bad' : soon ? 'warn' : 'dim'}`}> · {fromToday(row.validUntil, today)}</span>}
    </span>
  );
}
