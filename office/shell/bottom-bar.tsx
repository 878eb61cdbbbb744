import IconCustomers from '@tabler/icons-react/dist/esm/icons/IconAddressBook.mjs';
import IconMore from '@tabler/icons-react/dist/esm/icons/IconDots.mjs';
import IconHome from '@tabler/icons-react/dist/esm/icons/IconHome.mjs';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import IconInvoices from '@tabler/icons-react/dist/esm/icons/IconReceipt.mjs';
import { Link, useRouterState } from '@tanstack/react-router';

const doors = [
  { to: '/', label: 'Home', icon: IconHome, at: /^\/$/ },
  { to: '/invoices', label: 'Invoices', icon: IconInvoices, at: /^\/invoices(?!\/new)/ },
  { to: '/invoices/new', label: 'New', icon: IconPlus, at: /^\/invoices\/new/ },
  { to: '/customers', label: 'Customers', icon: IconCustomers, at: /^\/customers/ },
  { to: '/more', label: 'More', icon: IconMore, at: /^\/(more|inbox|estimates|payments|schedule|jobs|settings|import|mailbox)/ },
] as const;

/** On a phone: five doors under the thumb. */
export function BottomBar() {
  const path = useRouterState({ select: (state) => state.location.pathname });
  return (
    <nav className="shell-bottom" aria-label="Office">
      {doors.map((door) => (
        <Link
          key={door.to}
          to={door.to}
          activeOptions={{ exact: true }}
          className="door"
          data-new={door.to === '/invoices/new' || undefined}
          aria-current={door.at.test(path) ? 'page' : undefined}
        >
          <door.icon size={22} stroke={1.75} aria-hidden />
          <span>{door.label}</span>
        </Link>
      ))}
    </nav>
  );
}
