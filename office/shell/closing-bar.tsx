import './closing-bar.css';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { closingQuery } from '../api/queries.ts';
import { dayText } from '../parts/days.tsx';
import { Note } from '../parts/notes.tsx';
import { useOffice } from '../parts/office-context.ts';

/** On every page of a business that is closing: until when, and the way to stop it. */
export function ClosingBar() {
  const { rights } = useOffice();
  const { data } = useQuery({ ...closingQuery, enabled: rights.includes('settings:read') });
  if (!data?.closing) return null;
  return (
    <div className="closing-bar">
      <Note tone="warn">
        This business is closing. Until {dayText(data.closing.endsOn)} it can be read and exported, nothing else.{' '}
        <Link to="/settings/$section" params={{ section: 'close' }} className="link">
          See or stop it
        </Link>
      </Note>
    </div>
  );
}
