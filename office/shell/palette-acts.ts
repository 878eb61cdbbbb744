import type { Icon } from '@tabler/icons-react';
import IconJob from '@tabler/icons-react/dist/esm/icons/IconCalendarPlus.mjs';
import IconAuto from '@tabler/icons-react/dist/esm/icons/IconDeviceDesktop.mjs';
import IconEstimate from '@tabler/icons-react/dist/esm/icons/IconFileDescription.mjs';
import IconImport from '@tabler/icons-react/dist/esm/icons/IconFileImport.mjs';
import IconHelp from '@tabler/icons-react/dist/esm/icons/IconKeyboard.mjs';
import IconSignOut from '@tabler/icons-react/dist/esm/icons/IconLogout.mjs';
import IconMail from '@tabler/icons-react/dist/esm/icons/IconMail.mjs';
import IconMoon from '@tabler/icons-react/dist/esm/icons/IconMoon.mjs';
import IconInvoice from '@tabler/icons-react/dist/esm/icons/IconReceipt.mjs';
import IconSettings from '@tabler/icons-react/dist/esm/icons/IconSettings.mjs';
import IconSun from '@tabler/icons-react/dist/esm/icons/IconSun.mjs';
import IconSwitch from '@tabler/icons-react/dist/esm/icons/IconSwitchHorizontal.mjs';
import IconYou from '@tabler/icons-react/dist/esm/icons/IconUserCircle.mjs';
import IconCustomer from '@tabler/icons-react/dist/esm/icons/IconUserPlus.mjs';
import IconPay from '@tabler/icons-react/dist/esm/icons/IconWallet.mjs';
import { useNavigate } from '@tanstack/react-router';
import { sectionIndex } from '../pages/settings/section-index.ts';
import { useOffice } from '../parts/office-context.ts';
import { type Theme, useAppearance } from './appearance.ts';
import { places } from './places.ts';
import { useSwitchBusiness } from './switch-business.ts';
import { useSignOut } from './user-menu.tsx';

/** Something that can be done from anywhere. `words` are other names people have for it; `often` shows it before anything is typed. */
export type PaletteAct = Readonly<{
  key: string;
  group: 'Do' | 'Go to' | 'Settings';
  icon: Icon;
  title: string;
  words: string;
  keys?: string;
  often?: boolean;
  open: () => unknown;
}>;

const looks: Readonly<Record<Theme, readonly [string, Icon]>> = {
  light: ['Light theme', IconSun],
  dark: ['Dark theme', IconMoon],
  auto: ['Theme as the device', IconAuto],
};

/** Everything this person may do or go to, in the order of the day. */
export function usePaletteActs(onHelp: () => void): readonly PaletteAct[] {
  const navigate = useNavigate();
  const { rights, business, businesses, outbox } = useOffice();
  const [theme, setTheme] = useAppearance();
  const switchTo = useSwitchBusiness();
  const signOut = useSignOut();
  const may = (right: string, act: PaletteAct): readonly PaletteAct[] => (rights.includes(right) ? [act] : []);
  const act = (icon: Icon, title: string, words: string, open: () => unknown, more: Pick<PaletteAct, 'keys' | 'often'> = {}): PaletteAct => ({
    ...{ key: title, group: 'Do', icon, title, words, open },
    ...more,
  });
  return [
    ...may(
      'invoices:write',
      act(IconInvoice, 'New invoice', 'write create bill add', () => navigate({ to: '/invoices/new' }), { keys: 'n', often: true }),
    ),
    ...may(
      'estimates:write',
      act(IconEstimate, 'New estimate', 'write create quote proposal add', () => navigate({ to: '/estimates/new' }), { keys: 'q', often: true }),
    ),
    ...may(
      'customers:write',
      act(IconCustomer, 'New customer', 'add create client', () => navigate({ to: '/customers', search: { new: 'yes' } }), { often: true }),
    ),
    ...may(
      'jobs:write',
      act(IconJob, 'New job', 'visit work schedule plan add', () => navigate({ to: '/schedule', search: { new: 'yes' } }), { often: true }),
    ),
    ...may(
      'payments:write',
      act(IconPay, 'Record payment', 'check cash paid add', () => navigate({ to: '/payments', search: { record: 'new' } }), { often: true }),
    ),
    ...may(
      'imports:write',
      act(IconImport, 'Import a file', 'csv upload quickbooks customers invoices', () => navigate({ to: '/import' })),
    ),
    ...(['light', 'dark', 'auto'] as const)
      .filter((one) => one !== theme)
      .map((one) => act(looks[one][1], looks[one][0], 'appearance mode color scheme', () => setTheme(one))),
    act(IconHelp, 'Keyboard shortcuts', 'keys help list', onHelp, { keys: '?' }),
    ...businesses
      .filter(({ id }) => id !== business.id)
      .map((other) => act(IconSwitch, `Work in ${other.name}`, 'switch business change', () => switchTo(other.id))),
    act(IconSignOut, 'Sign out', 'log out leave', signOut),
    ...places.map((place) => ({
      ...{ key: place.to, group: 'Go to' as const, icon: place.icon, title: place.label, words: '', keys: `g ${place.key}`, often: true },
      open: () => navigate({ to: place.to }),
    })),
    {
      key: '/you',
      group: 'Go to',
      icon: IconYou,
      title: 'Your sign-in',
      words: 'passkey password devices sessions security',
      open: () => navigate({ to: '/you' }),
    },
    ...(outbox || business.demo
      ? [{ key: '/mailbox', group: 'Go to' as const, icon: IconMail, title: 'Mailbox', words: 'mails sent', open: () => navigate({ to: '/mailbox' }) }]
      : []),
    ...sectionIndex.map(({ key, label, words }) => ({
      ...{ key: `settings ${key}`, group: 'Settings' as const, icon: IconSettings, title: label, words: `settings ${words}` },
      open: () => navigate({ to: '/settings/$section', params: { section: key } }),
    })),
  ];
}
