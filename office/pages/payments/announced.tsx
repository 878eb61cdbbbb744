import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { announcementsQuery } from '../../api/queries.ts';
import type { Announcement } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Day } from '../../parts/days.tsx';
import { methodTitle } from '../../parts/method-words.ts';
import { Money } from '../../parts/money.tsx';
import { Section } from '../../parts/page.tsx';
import { toast } from '../../parts/toast.ts';

/** Checks and transfers customers told us about, waiting to be matched with what arrives. */
export function Announced({ onMatch }: { onMatch: (announcement: Announcement) => void }) {
  const { data } = useQuery(announcementsQuery);
  const rows = data?.items ?? [];
  if (rows.length === 0) return null;
  return (
    <Section
      title={
        <>
          To match <span className="dim num">{rows.length}</span>
        </>
      }
      id="to-match"
    >
      <table className="list">
        <tbody>
          {rows.map((row) => (
            <Row key={row.id} row={row} onMatch={() => onMatch(row)} />
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function Row({ row, onMatch }: { row: Announcement; onMatch: () => void }) {
  const end = useAct('endAnnouncement', { renew: ['payments', 'invoices', 'home'], done: () => toast('No longer expected') });
  return (
    <tr>
      <td className="clip w40">
        <Link to="/customers/$customerId" params={{ customerId: row.customer.id }} className="strong">
          {row.customer.name}
        </Link>
        <span className="second">
          {row.alreadyPaid ? 'says it is paid' : 'says it is coming'}: {methodTitle(row.method).toLowerCase()} for{' '}
          <Link to="/invoices/$invoiceId" params={{ invoiceId: row.invoiceId }} className="link num">
            {row.invoiceNumber}
          </Link>
          {row.note !== '' && `, “${row.note}”`}
        </span>
      </td>
      <td className="only-desk dim">
        by <Day day={row.expectedOn} />
      </td>
      <td className="end">
        <Money minor={row.amountMinor} currency={row.currency} />
      </td>
      <td className="end" style={{ width: '1%', whiteSpace: 'nowrap' }}>
        <Button size="compact-sm" variant="default" onClick={onMatch}>
          It arrived
        </Button>
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          visibleFrom="sm"
          loading={end.isPending}
          onClick={() => end.mutate({ params: { announcementId: row.id } })}
        >
          Not coming
        </Button>
      </td>
    </tr>
  );
}
