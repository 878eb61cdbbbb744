import type { Icon } from '@tabler/icons-react';
import IconCustomers from '@tabler/icons-react/dist/esm/icons/IconAddressBook.mjs';
import IconSchedule from '@tabler/icons-react/dist/esm/icons/IconCalendarEvent.mjs';
import IconReports from '@tabler/icons-react/dist/esm/icons/IconChartBar.mjs';
import IconPayments from '@tabler/icons-react/dist/esm/icons/IconCoin.mjs';
import IconEstimates from '@tabler/icons-react/dist/esm/icons/IconFileDescription.mjs';
import IconHome from '@tabler/icons-react/dist/esm/icons/IconHome.mjs';
import IconInbox from '@tabler/icons-react/dist/esm/icons/IconInbox.mjs';
import IconInvoices from '@tabler/icons-react/dist/esm/icons/IconReceipt.mjs';
import IconSettings from '@tabler/icons-react/dist/esm/icons/IconSettings.mjs';

export type Place = {
  to: '/' | '/inbox' | '/customers' | '/estimates' | '/invoices' | '/payments' | '/schedule' | '/reports' | '/settings';
  label: string;
  icon: Icon;
  key: string;
  at: string;
};

/** The rooms of the office, in the order of the day. `at`: what its addresses begin with. */
export const places: readonly Place[] = [
  { to: '/', label: 'Home', icon: IconHome, key: 'h', at: '/' },
  { to: '/inbox', label: 'Inbox', icon: IconInbox, key: 'b', at: '/inbox' },
  { to: '/customers', label: 'Customers', icon: IconCustomers, key: 'c', at: '/customers' },
  { to: '/estimates', label: 'Estimates', icon: IconEstimates, key: 'e', at: '/estimates' },
  { to: '/invoices', label: 'Invoices', icon: IconInvoices, key: 'i', at: '/invoices' },
  { to: '/payments', label: 'Payments', icon: IconPayments, key: 'p', at: '/payments' },
  { to: '/schedule', label: 'Schedule', icon: IconSchedule, key: 'd', at: '/schedule' },
  { to: '/reports', label: 'Reports', icon: IconReports, key: 'r', at: '/reports' },
  { to: '/settings', label: 'Settings', icon: IconSettings, key: 's', at: '/settings' },
];

export function isAt(path: string, place: Place): boolean {
  return place.at === '/' ? path === '/' : path === place.at || path.startsWith(`${place.at}/`);
}
