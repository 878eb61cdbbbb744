import type { Icon } from '@tabler/icons-react';
import IconCustomer from '@tabler/icons-react/dist/esm/icons/IconAddressBook.mjs';
import IconProperty from '@tabler/icons-react/dist/esm/icons/IconBuilding.mjs';
import IconJob from '@tabler/icons-react/dist/esm/icons/IconCalendarEvent.mjs';
import IconPayment from '@tabler/icons-react/dist/esm/icons/IconCoin.mjs';
import IconEstimate from '@tabler/icons-react/dist/esm/icons/IconFileDescription.mjs';
import IconPdf from '@tabler/icons-react/dist/esm/icons/IconFileTypePdf.mjs';
import IconItem from '@tabler/icons-react/dist/esm/icons/IconListDetails.mjs';
import IconEdit from '@tabler/icons-react/dist/esm/icons/IconPencil.mjs';
import IconBill from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import IconInvoice from '@tabler/icons-react/dist/esm/icons/IconReceipt.mjs';
import IconSend from '@tabler/icons-react/dist/esm/icons/IconSend.mjs';
import IconPerson from '@tabler/icons-react/dist/esm/icons/IconUser.mjs';
import IconPay from '@tabler/icons-react/dist/esm/icons/IconWallet.mjs';
import type { useNavigate } from '@tanstack/react-router';
import { addressOf } from '../api/client.ts';
import type { Finding } from '../api/types.ts';
import { Money } from '../parts/money.tsx';
import { StatusMark } from '../parts/status-mark.tsx';
import type { Intent } from './intents.ts';
import type { PaletteAct } from './palette-acts.ts';
import type { Recent } from './recent.ts';

export type Row = Readonly<{
  key: string;
  group: string;
  icon: Icon;
  title: string;
  detail: string;
  keys?: string | undefined;
  end?: React.ReactNode;
  open: () => unknown;
}>;
type Navigate = ReturnType<typeof useNavigate>;

const icons: Readonly<Record<Finding['kind'], Icon>> = {
  customer: IconCustomer,
  property: IconProperty,
  person: IconPerson,
  invoice: IconInvoice,
  estimate: IconEstimate,
  job: IconJob,
  payment: IconPayment,
  item: IconItem,
};
const intents: Readonly<Record<Intent, readonly [string, Icon]>> = {
  send: ['Send', IconSend],
  pay: ['Record payment', IconPay],
  bill: ['New invoice for', IconBill],
  pdf: ['PDF of', IconPdf],
  edit: ['Edit', IconEdit],
};

export const actRow = ({ key, group, icon, title, keys, open }: PaletteAct): Row => ({ key, group, icon, title, detail: '', keys, open });

export function recentRow(recent: Recent, navigate: Navigate): Row {
  const { kind, id, customerId, title, detail } = recent;
  const open = () => openThing({ kind, id, customerId }, navigate);
  return { key: `recent ${id}`, group: 'Looked at last', icon: icons[kind], title, detail, open };
}

export function foundRow(finding: Finding, navigate: Navigate): Row {
  const { kind, id, title, detail } = finding;
  return { key: `${kind} ${id}`, group: 'Found', icon: icons[kind], title, detail, end: <End finding={finding} />, open: () => openThing(finding, navigate) };
}

/** The same thing with what somebody said they mean to do with it; null where that makes no sense. */
export function intentRow(intent: Intent, finding: Finding, navigate: Navigate): Row | null {
  const open = openFor(intent, finding, navigate);
  if (open === null) return null;
  const [verb, icon] = intents[intent];
  return {
    ...{ key: `${intent} ${finding.kind} ${finding.id}`, group: 'Do', icon, detail: finding.detail, open },
    title: `${verb} ${finding.title}`,
    end: <End finding={finding} />,
  };
}

function End({ finding }: { finding: Finding }) {
  return (
    <>
      {finding.status !== null && <StatusMark status={finding.status} />}
      {finding.amountMinor !== null && <Money minor={finding.amountMinor} currency={finding.currency ?? undefined} />}
    </>
  );
}

function openThing({ kind, id, customerId }: Pick<Finding, 'kind' | 'id' | 'customerId'>, navigate: Navigate): Promise<void> {
  if (kind === 'invoice') return navigate({ to: '/invoices/$invoiceId', params: { invoiceId: id } });
  if (kind === 'estimate') return navigate({ to: '/estimates/$estimateId', params: { estimateId: id } });
  if (kind === 'job') return navigate({ to: '/jobs/$jobId', params: { jobId: id } });
  if (kind === 'payment') return navigate({ to: '/payments/$paymentId', params: { paymentId: id } });
  if (kind === 'item') return navigate({ to: '/settings/$section', params: { section: 'price-book' } });
  return navigate({ to: '/customers/$customerId', params: { customerId: customerId ?? id } });
}

const settled: ReadonlySet<Finding['status']> = new Set(['paid', 'canceled', 'replaced', 'closed']);

function openFor(intent: Intent, finding: Finding, navigate: Navigate): (() => unknown) | null {
  const { kind, id, status } = finding;
  const customer = kind === 'customer' ? id : finding.customerId;
  if (intent === 'bill') return kind === 'customer' ? () => navigate({ to: '/invoices/new', search: { customer: id } }) : null;
  if (intent === 'pay') {
    if (customer === null || (kind !== 'invoice' && kind !== 'customer') || settled.has(status) || status === 'draft') return null;
    return () => navigate({ to: '/payments', search: { record: customer, ...(kind === 'invoice' ? { invoice: id } : {}) } });
  }
  if (kind !== 'invoice') return null;
  const params = { invoiceId: id };
  if (intent === 'send') return settled.has(status) ? null : () => navigate({ to: '/invoices/$invoiceId/send', params });
  if (intent === 'edit') return status === 'draft' ? () => navigate({ to: '/invoices/$invoiceId/edit', params }) : null;
  return status === 'draft' ? null : () => window.open(addressOf('readPdf', { params }), '_blank', 'noopener');
}
