import { Checkbox } from '@mantine/core';
import IconPaperPlane from '@tabler/icons-react/dist/esm/icons/IconEye.mjs';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import { scheduledQuery } from '../../api/queries.ts';
import type { InvoiceRow, ScheduledInvoice } from '../../api/types.ts';
import { Day, dayText, fromToday, hourText } from '../../parts/days.tsx';
import { useListKeys } from '../../parts/list-keys.ts';
import { Money, useMoney } from '../../parts/money.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { StatusMark } from '../../parts/status-mark.tsx';
import type { Chosen } from './chosen.ts';

/** Rows of invoices and drafts, the same wherever they stand. */
export function InvoiceTable({ rows, chosen, withCustomer = true }: { rows: readonly InvoiceRow[]; chosen?: Chosen; withCustomer?: boolean }) {
  const list = useRef<HTMLTableElement>(null);
  useListKeys(list, chosen ? { choose: chosen.toggle } : {});
  const all = rows.length > 0 && rows.every((row) => chosen?.has(row.id));
  const ids = rows.map((row) => row.id);
  return (
    <table className="list" ref={list}>
      <thead>
        <tr>
          {chosen && (
            <th className="list-pick">
              <Checkbox
                size="xs"
                aria-label="Choose all rows shown"
                checked={all}
                indeterminate={!all && chosen.count > 0}
                onChange={() => chosen.set(all ? [] : ids)}
              />
            </th>
          )}
          <th>Number</th>
          {withCustomer && <th>Customer</th>}
          <th>Status</th>
          <th className="only-roomy">Date</th>
          <th>Due</th>
          <th className="end">Total</th>
          <th className="end">Balance</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} row={row} chosen={chosen} ids={ids} withCustomer={withCustomer} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row, chosen, ids, withCustomer }: { row: InvoiceRow; chosen: Chosen | undefined; ids: readonly string[]; withCustomer: boolean }) {
  const name = row.customer?.name ?? 'No customer yet';
  const picked = chosen?.has(row.id) ?? false;
  const link =
    row.status === 'draft'
      ? ({ to: '/invoices/$invoiceId/edit', params: { invoiceId: row.id } } as const)
      : ({ to: '/invoices/$invoiceId', params: { invoiceId: row.id } } as const);
  return (
    <tr data-chosen={picked || undefined}>
      {chosen && (
        <td className="list-pick">
          <Checkbox
            size="xs"
            aria-label={`Choose ${row.number ?? 'draft'} for ${name}`}
            checked={picked}
            onChange={({ nativeEvent }) => chosen.toggle(row.id, isRange(nativeEvent) ? ids : undefined)}
          />
        </td>
      )}
      <td className="only-desk num">
        <Link {...link} className="row-link strong" data-id={row.id}>
          {row.number ?? <span className="dim">Draft</span>}
        </Link>
        {row.purpose === 'late_fee' && <span className="second">Late fee</span>}
        {row.purpose === 'deposit' && <span className="second">Deposit</span>}
      </td>
      {withCustomer && (
        <td className="clip w34">
          <span className="only-desk">{name}</span>
          <Link {...link} className="only-phone strong clip">
            {name}
          </Link>
          {row.poNumber !== '' && <span className="dim small only-desk"> · {/^po\b/i.test(row.poNumber) ? row.poNumber : `PO ${row.poNumber}`}</span>}
          <span className="second only-phone num">
            {row.number ?? 'Draft'} · <Day day={row.listedOn} />
          </span>
        </td>
      )}
      {!withCustomer && (
        <td className="only-phone">
          <Link {...link} className="strong num">
            {row.number ?? 'Draft'}
          </Link>
          <span className="second">
            <Day day={row.listedOn} />
          </span>
        </td>
      )}
      <td className="only-desk">
        <Standing row={row} />
      </td>
      <td className="only-desk only-roomy dim">
        <Day day={row.listedOn} />
      </td>
      <td className="only-desk">
        <Due row={row} />
      </td>
      <td className="end only-desk">
        <Money minor={row.totalMinor} currency={row.currency} />
      </td>
      <td className="end">
        <Money minor={row.balanceMinor} currency={row.currency} dimZero className="only-desk" />
        <Money minor={row.balanceMinor > 0 ? row.balanceMinor : row.totalMinor} currency={row.currency} className="only-phone strong" />
        <span className="only-phone">
          <StatusMark status={row.status} />
        </span>
      </td>
    </tr>
  );
}

const isRange = (event: Event): boolean => 'shiftKey' in event && event.shiftKey === true;

/** The status word, and what makes it more than that. */
function Standing({ row }: { row: InvoiceRow }) {
  const money = useMoney();
  const { data } = useQuery({ ...scheduledQuery, enabled: row.status === 'scheduled' });
  const beside = waitOf(data?.items.find(({ invoiceId }) => invoiceId === row.id)) ?? besideOf(row, money);
  return (
    <span className="row" style={{ gap: '0.5rem' }}>
      <StatusMark status={row.status} />
      {beside !== null ? (
        <span className={`small ${beside.bad ? 'bad' : 'dim'}`}>{beside.text}</span>
      ) : (
        row.openedAt !== null && row.balanceMinor > 0 && <IconPaperPlane size={14} stroke={1.75} className="dim" aria-label="Opened by the customer" />
      )}
    </span>
  );
}

function waitOf(schedule: ScheduledInvoice | undefined): { text: string; bad?: boolean } | null {
  if (schedule === undefined) return null;
  if (schedule.failure !== null) return { text: 'could not leave', bad: true };
  return { text: `${dayText(schedule.sendOn)}, ${hourText(schedule.sendHour)}` };
}

function besideOf(row: InvoiceRow, money: (minor: number, currency?: string) => string): { text: string; bad?: boolean } | null {
  if (row.delivery === 'bounced') return { text: 'mail came back', bad: true };
  if (row.needs.includes('question')) return { text: 'question' };
  if (row.inQuestionMinor > 0) return { text: `${money(row.inQuestionMinor, row.currency)} in question` };
  if (row.onItsWayMinor > 0 && row.status !== 'processing') return { text: `${money(row.onItsWayMinor, row.currency)} on its way` };
  if (row.needs.includes('not_sent')) return { text: 'not sent' };
  return null;
}

function Due({ row }: { row: InvoiceRow }) {
  const { today } = useOffice();
  if (row.dueOn === null) return null;
  const owed = row.balanceMinor > 0 && row.status !== 'draft';
  return (
    <span className={`num ${owed ? '' : 'dim'}`}>
      <Day day={row.dueOn} />
      {owed && (
        <span className={`small ${row.status === 'overdue' ? 'bad' : 'dim'}`}>
          {' '}
          · {row.status === 'overdue' ? `${row.daysLate} ${row.daysLate === 1 ? 'day' : 'days'} late` : fromToday(row.dueOn, today)}
        </span>
      )}
    </span>
  );
}
