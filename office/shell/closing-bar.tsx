import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { closingQuery } from '../api/queries.ts';
import { Moment } from '../parts/days.tsx';
import { Note } from '../parts/notes.tsx';
import { useOffice } from '../parts/office-context.ts';

/** On every page of a business that is closing: until when, and the way to stop it. */
export function ClosingBar() {
  const { rights } = useOffice();
  const { data } = useQuery({ ...closingQuery, enabled: rights.includes('settings:read') });
  if (!data?.closing) return null;
  return (
    <Note tone="warn">
      This business is closing. It can only be read and exported until <Moment at={data.closing.endsAt} />.{' '}
      <Link to="/settings/$section" params={{ section: 'close' }}>
        See or stop it
      </Link>
    </Note>
  );
}
