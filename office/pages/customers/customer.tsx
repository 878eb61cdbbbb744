import './customer.css';
import { Button, Menu } from '@mantine/core';
import IconDots from '@tabler/icons-react/dist/esm/icons/IconDots.mjs';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { customerQuery } from '../../api/queries.ts';
import type { Customer as CustomerFacts } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { addressText } from '../../parts/address-fields.tsx';
import { ButtonLink, MenuLink } from '../../parts/links.tsx';
import { useMoney } from '../../parts/money.tsx';
import { Note, ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { Page, Section } from '../../parts/page.tsx';
import { SidePanel } from '../../parts/side-panel.tsx';
import { toast } from '../../parts/toast.ts';
import { Agreed } from './agreed.tsx';
import { CustomerAutopay } from './customer-autopay.tsx';
import { CustomerFigures } from './customer-figures.tsx';
import { EditCustomerForm } from './customer-form.tsx';
import { CustomerRemindersPart } from './customer-reminders.tsx';
import { CustomerTimeline } from './customer-timeline.tsx';
import { CustomerWork } from './customer-work.tsx';
import { Deposits } from './deposits.tsx';
import { kindLabel, languages } from './kinds.ts';
import { MonthLines } from './month-lines.tsx';
import { OpenItems } from './open-items.tsx';
import { OpeningBalance } from './opening-balance.tsx';
import { People } from './people.tsx';
import { Properties } from './properties.tsx';
import { Shelf } from './shelf.tsx';
import { WriteMessage } from './write-message.tsx';

const route = getRouteApi('/office/customers/$customerId');

export default function Customer() {
  const { customerId } = route.useParams();
  const query = useQuery(customerQuery(customerId));
  const [editing, setEditing] = useState(false);
  const [asking, setAsking] = useState(false);
  const [writing, setWriting] = useState(false);
  const customer = query.data;
  if (query.isError && customer === undefined) {
    return (
      <Page title="Customer">
        <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      </Page>
    );
  }
  return (
    <Page
      title={customer?.name ?? 'Customer'}
      lead={
        customer &&
        [kindLabel(customer.kind), customer.company === customer.name ? '' : customer.company, addressText(customer.billingAddress)]
          .filter((part) => part !== '')
          .join(' · ')
      }
      actions={
        customer &&
        !customer.erased && <Actions customer={customer} onEdit={() => setEditing(true)} onAsk={() => setAsking(true)} onWrite={() => setWriting(true)} />
      }
    >
      {customer === undefined ? (
        <SkeletonRows />
      ) : (
        <>
          {customer.erased ? (
            <ErasedNote customerId={customerId} />
          ) : (
            customer.archived && <Note tone="warn">This customer is archived. Their documents and links keep working.</Note>
          )}
          <CustomerFigures figures={customer.figures} />
          <div className="two">
            <div>
              <OpenItems customerId={customerId} />
              <CustomerWork customerId={customerId} />
              <Deposits customerId={customerId} asking={asking} onAsk={setAsking} />
              {!customer.erased && <Belongings customer={customer} />}
            </div>
            <aside>
              {!customer.erased && (
                <>
                  <Details customer={customer} />
                  <Agreed customerId={customerId} />
                  <CustomerAutopay customerId={customerId} />
                  <CustomerRemindersPart customer={customer} />
                </>
              )}
              <CustomerTimeline customerId={customerId} />
            </aside>
          </div>
          {writing && <WriteMessage customerId={customer.id} onClose={() => setWriting(false)} />}
          {editing && <Editing customer={customer} onClose={() => setEditing(false)} />}
        </>
      )}
    </Page>
  );
}

function Editing({ customer, onClose }: { customer: CustomerFacts; onClose: () => void }) {
  return (
    <SidePanel title="Edit customer" onClose={onClose}>
      <EditCustomerForm customer={customer} onDone={onClose} />
    </SidePanel>
  );
}

/** Where, who, and which papers. */
function Belongings({ customer }: { customer: CustomerFacts }) {
  return (
    <>
      <Properties customer={customer} />
      <People customer={customer} />
      <Shelf customerId={customer.id} />
      <OpeningBalance customerId={customer.id} />
    </>
  );
}

type ActionsProps = { customer: CustomerFacts; onEdit: () => void; onAsk: () => void; onWrite: () => void };

function Actions({ customer, onEdit, onAsk, onWrite }: ActionsProps) {
  const change = useAct('changeCustomer', { renew: ['customers'] });
  const { rights } = useOffice();
  const [month, setMonth] = useState(false);
  const archive = (archived: boolean, version: number): void =>
    change.mutate(
      { params: { customerId: customer.id }, body: { archived }, version },
      { onSuccess: (now) => toast(archived ? `${customer.name} is archived` : `${customer.name} is back`, { undo: () => archive(!archived, now.version) }) },
    );
  return (
    <>
      <ButtonLink to="/invoices/new" search={{ customer: customer.id }} leftSection={<IconPlus size={16} aria-hidden />}>
        New invoice
      </ButtonLink>
      <ButtonLink to="/customers/$customerId/statement" params={{ customerId: customer.id }} variant="default">
        Statement
      </ButtonLink>
      <Menu>
        <Menu.Target>
          <Button variant="default" px={8} aria-label="More about this customer">
            <IconDots size={18} aria-hidden />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={onEdit}>Edit customer</Menu.Item>
          <MenuLink to="/estimates/new" search={{ customer: customer.id }}>
            New estimate
          </MenuLink>
          <MenuLink to="/schedule" search={{ new: customer.id }}>
            New job
          </MenuLink>
          {rights.includes('messages:write') && <Menu.Item onClick={onWrite}>Write a message</Menu.Item>}
          <Menu.Item onClick={onAsk}>Ask for a deposit</Menu.Item>
          <MenuLink to="/payments" search={{ record: customer.id }}>
            Record payment
          </MenuLink>
          <MenuLink to="/invoices" search={{ customer: customer.id }}>
            All invoices
          </MenuLink>
          <MenuLink to="/payments" search={{ customer: customer.id }}>
            All payments
          </MenuLink>
          <Menu.Item onClick={() => setMonth(true)}>Download a month</Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => archive(!customer.archived, customer.version)}>{customer.archived ? 'Bring back' : 'Archive'}</Menu.Item>
          {rights.includes('team:write') && (
            <MenuLink to="/customers/$customerId/erase" params={{ customerId: customer.id }} color="red">
              Erase personal data
            </MenuLink>
          )}
        </Menu.Dropdown>
      </Menu>
      {month && (
        <SidePanel title="Download a month" onClose={() => setMonth(false)}>
          <MonthLines customer={customer} onDone={() => setMonth(false)} />
        </SidePanel>
      )}
    </>
  );
}

function ErasedNote({ customerId }: { customerId: string }) {
  const { rights } = useOffice();
  return (
    <div className="erased-note">
      <Note>
        The personal data of this customer was erased. Issued invoices and payments stay.{' '}
        {rights.includes('team:write') && (
          <Link to="/customers/$customerId/erase" params={{ customerId }} className="link">
            See when and by whom
          </Link>
        )}
      </Note>
    </div>
  );
}

function Details({ customer }: { customer: CustomerFacts }) {
  const money = useMoney();
  const twoOf = (from: number | null): string =>
    from === null ? '' : from === 0 ? 'Two people approve every estimate' : `Two people approve from ${money(from)} on`;
  const facts = [
    ['Language', languages.find(({ value }) => value === customer.language)?.label ?? ''],
    ['Days to pay', customer.termsDays === null ? 'As in settings' : String(customer.termsDays)],
    ['Tax', customer.taxExempt ? `Exempt${customer.taxExemptNote === '' ? '' : `, ${customer.taxExemptNote}`}` : ''],
    ['Approving', twoOf(customer.twoApproversFromMinor)],
    ['PO number', customer.poRequired ? 'Asked for on every invoice' : ''],
    ['Notes', customer.notes],
  ].filter(([, value]) => value !== '');
  return (
    <Section title="Details" id="details">
      <dl className="facts">
        {facts.map(([label, value]) => (
          <div key={label} className="fact">
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
