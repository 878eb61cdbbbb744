import './more.css';
import { Menu } from '@mantine/core';
import IconChevron from '@tabler/icons-react/dist/esm/icons/IconChevronRight.mjs';
import { Link, type LinkProps } from '@tanstack/react-router';
import { useOffice } from '../../parts/office-context.ts';
import { Page, Section } from '../../parts/page.tsx';
import { Monogram } from '../../shell/business-switcher.tsx';
import { LiveMark } from '../../shell/live-mark.tsx';
import { useSwitchBusiness } from '../../shell/switch-business.ts';
import { ThemeItems, useSignOut } from '../../shell/user-menu.tsx';

/** On a phone: everything that has no door of its own. */
export default function More() {
  const { business, businesses, staff, outbox } = useOffice();
  const switchTo = useSwitchBusiness();
  const signOut = useSignOut();
  const doors: readonly (readonly [string, LinkProps])[] = [
    ['Inbox', { to: '/inbox' }],
    ['Estimates', { to: '/estimates' }],
    ['Payments', { to: '/payments' }],
    ['Schedule', { to: '/schedule' }],
    ['Reports', { to: '/reports' }],
    ['Import', { to: '/import' }],
    ['Export', { to: '/settings/$section', params: { section: 'export' } }],
    ['Settings', { to: '/settings' }],
    ...(outbox || business.demo ? [['Mailbox', { to: '/mailbox' }] as const] : []),
  ];
  return (
    <Page title="More" width="narrow" lead={`${staff.name} · ${staff.email}`}>
      <ul className="card more">
        {doors.map(([label, link]) => (
          <li key={label}>
            <Link className="more-row" {...link}>
              <span className="grow">{label}</span>
              <IconChevron size={16} aria-hidden className="dim" />
            </Link>
          </li>
        ))}
      </ul>
      {businesses.length > 1 && (
        <Section title="Your businesses" id="businesses">
          <ul className="card more">
            {businesses.map((other) => (
              <li key={other.id}>
                <button type="button" className="more-row" aria-current={other.id === business.id ? 'true' : undefined} onClick={() => switchTo(other.id)}>
                  <Monogram name={other.name} color={other.brandColor} logoUrl={other.logoUrl} size={26} />
                  <span className="grow clip">{other.name}</span>
                  {other.id === business.id && <span className="dim small">open now</span>}
                </button>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <div className="row">
        <Menu position="bottom-start">
          <Menu.Target>
            <button type="button" className="text-button">
              Appearance
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            <ThemeItems />
          </Menu.Dropdown>
        </Menu>
        <button type="button" className="text-button" onClick={signOut}>
          Sign out
        </button>
        <LiveMark />
      </div>
    </Page>
  );
}
