import { Menu, VisuallyHidden } from '@mantine/core';
import IconAuto from '@tabler/icons-react/dist/esm/icons/IconDeviceDesktop.mjs';
import IconSignOut from '@tabler/icons-react/dist/esm/icons/IconLogout.mjs';
import IconMoon from '@tabler/icons-react/dist/esm/icons/IconMoon.mjs';
import IconSun from '@tabler/icons-react/dist/esm/icons/IconSun.mjs';
import { useQueryClient } from '@tanstack/react-query';
import { initials } from '../../src/core/text.ts';
import { call } from '../api/client.ts';
import { useOffice } from '../parts/office-context.ts';
import { useAppearance } from './appearance.ts';
import { LiveMark } from './live-mark.tsx';

export function useSignOut(): () => void {
  const client = useQueryClient();
  return () => {
    const leave = (): void => {
      client.clear();
      window.location.assign('/office/sign-in');
    };
    call('signOut', {}).then(leave, leave);
  };
}

const schemes = [
  ['light', 'Light', IconSun],
  ['dark', 'Dark', IconMoon],
  ['auto', 'As the device', IconAuto],
] as const;

export function ThemeItems() {
  const [theme, setTheme] = useAppearance();
  return schemes.map(([scheme, label, Sign]) => (
    <Menu.Item
      key={scheme}
      role="menuitemradio"
      aria-checked={theme === scheme}
      data-chosen={theme === scheme || undefined}
      leftSection={<Sign size={16} aria-hidden />}
      onClick={() => setTheme(scheme)}
    >
      {label}
    </Menu.Item>
  ));
}

/** Who is signed in, how it looks, and the way out. */
export function UserMenu() {
  const { staff } = useOffice();
  const signOut = useSignOut();
  return (
    <Menu position="top-start" width={220}>
      <Menu.Target>
        <button type="button" className="side-place side-user">
          <span className="avatar" aria-hidden>
            {initials(staff.name)}
          </span>
          <span className="grow clip">
            {staff.name}
            <VisuallyHidden>: appearance and sign out</VisuallyHidden>
          </span>
          <LiveMark />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{staff.email}</Menu.Label>
        <ThemeItems />
        <Menu.Divider />
        <Menu.Item leftSection={<IconSignOut size={16} aria-hidden />} onClick={signOut}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
