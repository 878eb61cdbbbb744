import '../pages/field/field.css';
import IconToday from '@tabler/icons-react/dist/esm/icons/IconCalendar.mjs';
import IconNew from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import IconWork from '@tabler/icons-react/dist/esm/icons/IconReceipt.mjs';
import IconMe from '@tabler/icons-react/dist/esm/icons/IconUserCircle.mjs';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { sessionQuery } from '../api/queries.ts';
import { useFieldWords } from '../pages/field/words.ts';
import { OfficeContext } from '../parts/office-context.ts';
import { useKeptAppearance } from './appearance.ts';
import { Gatekeeper } from './gatekeeper.tsx';
import { useWorkIn } from './switch-business.ts';

/** Around the crew's pages: four doors under the thumb, nothing else. */
export function CrewFrame() {
  const { data: session } = useSuspenseQuery(sessionQuery);
  useWorkIn(session.business.id);
  useKeptAppearance(session.theme);
  return (
    <OfficeContext value={session}>
      <div className="field-shell" lang={session.staff.language === 'es' ? 'es' : 'en'}>
        <main id="main" tabIndex={-1}>
          <Outlet />
        </main>
        <Doors />
      </div>
      <Gatekeeper />
    </OfficeContext>
  );
}

function Doors() {
  const words = useFieldWords();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const doors = [
    { to: '/field', label: words.today, icon: IconToday, at: path === '/field' },
    { to: '/field/new', label: words.newInvoice, icon: IconNew, at: path === '/field/new' },
    { to: '/field/work', label: words.myWork, icon: IconWork, at: path.startsWith('/field/work') },
    { to: '/field/me', label: words.me, icon: IconMe, at: path === '/field/me' || path === '/field/devices' },
  ] as const;
  return (
    <nav className="field-bar" aria-label={words.today}>
      {doors.map((door) => (
        <Link key={door.to} to={door.to} activeOptions={{ exact: true }} className="field-door" aria-current={door.at ? 'page' : undefined}>
          <door.icon size={24} stroke={1.75} aria-hidden />
          <span>{door.label}</span>
        </Link>
      ))}
    </nav>
  );
}
