import { Button, Menu } from '@mantine/core';
import IconDots from '@tabler/icons-react/dist/esm/icons/IconDots.mjs';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { addressOf } from '../../api/client.ts';
import type { Invoice } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { ButtonLink, MenuLink } from '../../parts/links.tsx';
import { paperName } from '../../parts/paper-name.ts';
import { toast } from '../../parts/toast.ts';
import { printPage } from '../invoices/print-page.ts';
import { CreditNote } from './credit-note.tsx';
import { PlanInstallments } from './installments.tsx';
import { ReleaseRetainage } from './release-retainage.tsx';
import { ReopenItem, WriteOff } from './write-off.tsx';

const renew = ['invoices', 'home', 'customers', 'events', 'links'];

/** What may be done with an issued invoice now: the one likely thing as a button, the rest in a menu. */
export function InvoiceActions({ invoice }: { invoice: Invoice }) {
  const [asking, setAsking] = useState<'void' | 'replace' | 'close' | 'credit' | 'installments' | 'release' | null>(null);
  const params = { invoiceId: invoice.id };
  const may = (act: Invoice['acts'][number]): boolean => invoice.acts.includes(act);
  const canSend = may('send') || may('resend');
  const pdf = addressOf('readPdf', { params });
  return (
    <>
      <Button variant="default" component="a" href={pdf} target="_blank" rel="noreferrer" visibleFrom="sm">
        PDF
      </Button>
      {may('record_payment') && invoice.customer && (
        <ButtonLink variant={canSend ? 'default' : 'filled'} to="/payments" search={{ record: invoice.customer.id, invoice: invoice.id }}>
          Record payment
        </ButtonLink>
      )}
      {canSend && (
        <ButtonLink variant={invoice.standing.balanceMinor > 0 ? 'filled' : 'default'} to="/invoices/$invoiceId/send" params={params}>
          {invoice.sentAt === null ? 'Send' : 'Send again'}
        </ButtonLink>
      )}
      <Menu>
        <Menu.Target>
          <Button variant="default" px={8} aria-label="More about this invoice">
            <IconDots size={18} aria-hidden />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <MenuLink to="/invoices/$invoiceId/preview" params={params}>
            Open as customer
          </MenuLink>
          <Menu.Item component="a" href={pdf} download={`${invoice.number ?? 'invoice'}.pdf`}>
            Download PDF
          </Menu.Item>
          <Menu.Item onClick={() => printPage(pdf)}>Print</Menu.Item>
          <ShowItem invoice={invoice} />
          <DuplicateItem invoice={invoice} />
          <InstallmentsItem invoice={invoice} onAsk={() => setAsking('installments')} />
          <ReleaseItem invoice={invoice} onAsk={() => setAsking('release')} />
          {(may('replace') || may('void') || may('close') || may('reopen') || may('credit')) && <Menu.Divider />}
          {may('credit') && <Menu.Item onClick={() => setAsking('credit')}>Credit note</Menu.Item>}
          {may('close') && <Menu.Item onClick={() => setAsking('close')}>Write off</Menu.Item>}
          {may('reopen') && <ReopenItem invoice={invoice} />}
          {may('replace') && <Menu.Item onClick={() => setAsking('replace')}>Correct and replace</Menu.Item>}
          {may('void') && (
            <Menu.Item color="red" onClick={() => setAsking('void')}>
              {cancelWords(invoice)}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {asking === 'void' && <VoidInvoice invoice={invoice} onClose={() => setAsking(null)} />}
      {asking === 'credit' && <CreditNote invoice={invoice} onClose={() => setAsking(null)} />}
      {asking === 'release' && <ReleaseRetainage invoice={invoice} onClose={() => setAsking(null)} />}
      {asking === 'installments' && <PlanInstallments invoice={invoice} onClose={() => setAsking(null)} />}
      {asking === 'close' && <WriteOff invoice={invoice} onClose={() => setAsking(null)} />}
      {asking === 'replace' && <ReplaceInvoice invoice={invoice} onClose={() => setAsking(null)} />}
    </>
  );
}

const cancelWords = ({ purpose }: Invoice): string => ({ bill: 'Cancel invoice', deposit: 'Cancel deposit request', late_fee: 'Waive late fee' })[purpose];

function ShowItem({ invoice }: { invoice: Invoice }) {
  const show = useAct('showInvoice', { renew, done: () => toast('Your customer can see it in the portal now') });
  if (invoice.shown || !invoice.acts.includes('show')) return null;
  return <Menu.Item onClick={() => show.mutate({ params: { invoiceId: invoice.id } })}>Show in portal</Menu.Item>;
}

function ReleaseItem({ invoice, onAsk }: { invoice: Invoice; onAsk: () => void }) {
  if (invoice.standing.heldBackMinor === 0 || invoice.acts.length === 0) return null;
  return <Menu.Item onClick={onAsk}>Release retainage</Menu.Item>;
}

function InstallmentsItem({ invoice, onAsk }: { invoice: Invoice; onAsk: () => void }) {
  if (!invoice.acts.includes('installments')) return null;
  return <Menu.Item onClick={onAsk}>{invoice.standing.installments ? 'Change installments' : 'Pay in installments'}</Menu.Item>;
}

function DuplicateItem({ invoice }: { invoice: Invoice }) {
  const navigate = useNavigate();
  const duplicate = useAct('duplicateInvoice', {
    renew: ['invoices'],
    done: (copy) => navigate({ to: '/invoices/$invoiceId/edit', params: { invoiceId: copy.id } }),
  });
  return <Menu.Item onClick={() => duplicate.mutate({ params: { invoiceId: invoice.id } })}>Duplicate</Menu.Item>;
}

function VoidInvoice({ invoice, onClose }: { invoice: Invoice; onClose: () => void }) {
  const act = useAct('voidInvoice', {
    renew,
    done: () => {
      onClose();
      toast(invoice.purpose === 'late_fee' ? `Late fee ${invoice.number} is waived` : `${paperName(invoice)} ${invoice.number} is canceled`);
    },
  });
  return (
    <Confirm
      title={`${cancelWords(invoice)} ${invoice.number}?`}
      act={`${cancelWords(invoice)} ${invoice.number}`}
      keep="Keep it"
      danger
      busy={act.isPending}
      reason={{ label: 'Why', placeholder: 'The customer reads this' }}
      onAct={(reason) => act.mutate({ params: { invoiceId: invoice.id }, body: { reason } })}
      onClose={onClose}
    >
      It stays readable as canceled and nothing is owed on it. Its number is never used again.
    </Confirm>
  );
}

function ReplaceInvoice({ invoice, onClose }: { invoice: Invoice; onClose: () => void }) {
  const navigate = useNavigate();
  const act = useAct('replaceInvoice', {
    renew: ['invoices'],
    done: (draft) => navigate({ to: '/invoices/$invoiceId/edit', params: { invoiceId: draft.id } }),
  });
  return (
    <Confirm
      title={`Correct invoice ${invoice.number}?`}
      act="Begin the correction"
      busy={act.isPending}
      reason={{ label: 'What was wrong', placeholder: 'Wrong hours' }}
      onAct={(reason) => act.mutate({ params: { invoiceId: invoice.id }, body: { reason } })}
      onClose={onClose}
    >
      You get a draft with the same lines. When you send it, {invoice.number} is canceled and its links open the new one. Until then nothing changes for your
      customer.
    </Confirm>
  );
}
