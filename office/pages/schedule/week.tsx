import { addDays, daysBetween, formatDay } from '../../../src/core/calendar.ts';
import type { VisitRow } from '../../api/types.ts';
import { VisitMark, visitWord, windowText } from '../../parts/work-mark.tsx';

const aSunday = '2026-01-04';

/** Weeks begin on Sunday, as on the calendars here. */
export const weekStart = (day: string): string => addDays(day, -(((daysBetween(aSunday, day) % 7) + 7) % 7));
export const weekDays = (from: string): string[] => Array.from({ length: 7 }, (_, at) => addDays(from, at));

const names = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const nameOf = (day: string): string => names[daysBetween(weekStart(day), day)] ?? '';

type Open = (visitId: string) => void;
type Row = Readonly<{ key: string; name: string; visits: readonly VisitRow[] }>;

/** One row for what nobody makes yet, then one per colleague who makes something. A visit of two stands in both rows. */
function rowsOf(visits: readonly VisitRow[], staff: readonly Readonly<{ id: string; name: string }>[]): Row[] {
  const known = new Map(staff.map(({ id, name }) => [id, name]));
  for (const { crew } of visits) for (const { id, name } of crew) known.set(id, name);
  const rows = [...known].map(([key, name]) => ({ key, name, visits: visits.filter(({ crew }) => crew.some(({ id }) => id === key)) }));
  const nobody = { key: '', name: 'Nobody yet', visits: visits.filter(({ crew }) => crew.length === 0) };
  return [nobody, ...rows.filter((row) => row.visits.length > 0).sort((a, b) => a.name.localeCompare(b.name))].filter(
    (row) => row.key !== '' || row.visits.length > 0,
  );
}

type Grid = { days: readonly string[]; today: string; visits: readonly VisitRow[]; staff: readonly Readonly<{ id: string; name: string }>[]; onOpen: Open };

export function WeekGrid({ days, today, visits, staff, onOpen }: Grid) {
  return (
    <table className="week only-desk" aria-label="Visits of the week by crew">
      <thead>
        <tr>
          <th scope="col">Crew</th>
          {days.map((day) => (
            <th key={day} scope="col" data-today={day === today || undefined}>
              {nameOf(day)} <span className="num">{Number(day.slice(8))}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rowsOf(visits, staff).map((row) => (
          <tr key={row.key} data-nobody={row.key === '' || undefined}>
            <th scope="row">{row.name}</th>
            {days.map((day) => (
              <td key={day} data-today={day === today || undefined}>
                {row.visits
                  .filter((visit) => visit.day === day)
                  .map((visit) => (
                    <VisitCard key={visit.id} visit={visit} onOpen={onOpen} />
                  ))}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function VisitCard({ visit, onOpen }: { visit: VisitRow; onOpen: Open }) {
  return (
    <button type="button" className="visit-card" data-state={visit.state} onClick={() => onOpen(visit.id)}>
      <span className="num small">{windowText(visit)}</span>
      <span className="strong">{visit.customer.name}</span>
      <span className="dim small">{[visit.place, visit.title].filter(Boolean).join(' · ')}</span>
      {visit.state !== 'planned' && <span className="small visit-state">{visitWord(visit.state)}</span>}
    </button>
  );
}

/** On a phone: day by day. */
export function DayList({ days, today, visits, onOpen }: Omit<Grid, 'staff'>) {
  return (
    <div className="only-phone">
      {days.map((day) => {
        const own = visits.filter((visit) => visit.day === day);
        return (
          <section key={day} className="day" data-today={day === today || undefined}>
            <h3>
              {nameOf(day)}, {formatDay(day, 'en').replace(/, \d{4}$/, '')}
              {day === today && <span className="dim"> · today</span>}
            </h3>
            {own.length === 0 ? (
              <p className="dim small">Nothing planned</p>
            ) : (
              own.map((visit) => (
                <button key={visit.id} type="button" className="visit-card" data-state={visit.state} onClick={() => onOpen(visit.id)}>
                  <span className="spread">
                    <span className="num small">{windowText(visit)}</span>
                    <VisitMark state={visit.state} />
                  </span>
                  <span className="strong">{visit.customer.name}</span>
                  <span className="dim small">
                    {[visit.place, visit.title, visit.crew.map(({ name }) => name).join(', ') || 'nobody yet'].filter(Boolean).join(' · ')}
                  </span>
                </button>
              ))
            )}
          </section>
        );
      })}
    </div>
  );
}
