import IconEstimate from '@tabler/icons-react/dist/esm/icons/IconFilePlus.mjs';
import IconHelp from '@tabler/icons-react/dist/esm/icons/IconHelpCircle.mjs';
import IconMail from '@tabler/icons-react/dist/esm/icons/IconMail.mjs';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import IconSearch from '@tabler/icons-react/dist/esm/icons/IconSearch.mjs';
import { useQuery } from '@tanstack/react-query';
import { Link, useRouterState } from '@tanstack/react-router';
import { homeQuery } from '../api/queries.ts';
import { useOffice } from '../parts/office-context.ts';
import { BusinessSwitcher } from './business-switcher.tsx';
import { isAt, places } from './places.ts';
import { UserMenu } from './user-menu.tsx';

/** The left column: whose books, where to go, who is at the desk. */
export function SideNav({ onSearch, onHelp }: { onSearch: () => void; onHelp: () => void }) {
  const path = useRouterState({ select: (state) => state.location.pathname });
  const { outbox, business } = useOffice();
  const needs = useQuery({ ...homeQuery, select: (home) => home.needsYou.filter((need) => need.kind === 'question').length });
  return (
    <nav className="shell-side" aria-label="Office">
      <BusinessSwitcher />
      <div className="side-tools">
        <Link to="/invoices/new" activeOptions={{ exact: true }} className="side-new" aria-keyshortcuts="n">
          <IconPlus size={16} aria-hidden />
          <span>New invoice</span>
          <kbd>n</kbd>
        </Link>
        <Link to="/estimates/new" activeOptions={{ exact: true }} className="side-search" aria-keyshortcuts="q">
          <IconEstimate size={16} aria-hidden />
          <span>New estimate</span>
          <kbd>q</kbd>
        </Link>
        <button type="button" className="side-search" onClick={onSearch} aria-keyshortcuts="/ Control+K Meta+K">
          <IconSearch size={16} aria-hidden />
          <span>Search</span>
          <kbd>/</kbd>
        </button>
      </div>
      <ul className="side-places">
        {places.map((place) => (
          <li key={place.to}>
            <Link to={place.to} className="side-place" activeOptions={{ exact: true }} aria-current={isAt(path, place) ? 'page' : undefined}>
              <place.icon size={17} stroke={1.75} aria-hidden />
              <span className="grow">{place.label}</span>
              {place.to === '/inbox' && (needs.data ?? 0) > 0 && <span className="side-count num">{needs.data}</span>}
            </Link>
          </li>
        ))}
        {(outbox || business.demo) && (
          <li>
            <Link to="/mailbox" className="side-place" activeOptions={{ exact: true }} aria-current={path.startsWith('/mailbox') ? 'page' : undefined}>
              <IconMail size={17} stroke={1.75} aria-hidden />
              <span className="grow">Mailbox</span>
            </Link>
          </li>
        )}
      </ul>
      <div className="side-foot">
        <button type="button" className="side-place" onClick={onHelp} aria-keyshortcuts="?">
          <IconHelp size={17} stroke={1.75} aria-hidden />
          <span className="grow">Keyboard</span>
          <kbd>?</kbd>
        </button>
        <UserMenu />
      </div>
    </nav>
  );
}
