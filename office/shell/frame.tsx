import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Outlet, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { startLive } from '../api/live.ts';
import { sessionQuery } from '../api/queries.ts';
import { OfficeContext } from '../parts/office-context.ts';
import { useKeptAppearance } from './appearance.ts';
import { BottomBar } from './bottom-bar.tsx';
import { ClosingBar } from './closing-bar.tsx';
import { Gatekeeper } from './gatekeeper.tsx';
import { places } from './places.ts';
import { useRecent } from './recent.ts';
import { usePaletteKey, useShortcuts } from './shortcuts.ts';
import { SideNav } from './side-nav.tsx';
import { useWorkIn } from './switch-business.ts';
import { Tray } from './tray.tsx';

const fetchPanel = () => import('./search-panel.tsx');
const SearchPanel = lazy(fetchPanel);
const ShortcutHelp = lazy(() => import('./shortcut-help.tsx'));

/** Everything around a page: the column, the bar, the keys, the live line. */
export function Frame() {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const client = useQueryClient();
  const navigate = useNavigate();
  const [open, setOpen] = useState<'search' | 'help' | null>(null);
  const businessId = session.business.id;
  useWorkIn(businessId);
  useEffect(() => startLive(client, businessId), [client, businessId]);
  // Fetched before it is asked for: what is typed right after its key must find it there.
  useEffect(() => {
    const soon = setTimeout(() => void fetchPanel().catch(() => undefined), 1_000);
    return () => clearTimeout(soon);
  }, []);
  useRecent(businessId);
  useKeptAppearance(session.theme);
  usePaletteKey(useCallback(() => setOpen('search'), []));
  useShortcuts(
    useMemo(
      () => ({
        n: () => void navigate({ to: '/invoices/new' }),
        q: () => void navigate({ to: '/estimates/new' }),
        '/': () => setOpen('search'),
        '?': () => setOpen('help'),
        ...Object.fromEntries(places.map((place) => [`g ${place.key}`, () => void navigate({ to: place.to })])),
      }),
      [navigate],
    ),
  );
  return (
    <OfficeContext value={session}>
      <div className="shell">
        <header className="shell-skip">
          <a href="#main" className="skip">
            Skip to content
          </a>
        </header>
        <SideNav onSearch={() => setOpen('search')} onHelp={() => setOpen('help')} />
        <main id="main" className="shell-main" tabIndex={-1}>
          <ClosingBar />
          <Outlet />
        </main>
        <BottomBar />
        <Tray />
      </div>
      <Suspense>
        {open === 'search' && <SearchPanel onClose={() => setOpen(null)} onHelp={() => setOpen('help')} />}
        {open === 'help' && <ShortcutHelp onClose={() => setOpen(null)} />}
      </Suspense>
      <Gatekeeper />
    </OfficeContext>
  );
}
