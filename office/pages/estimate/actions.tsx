import { Button, Menu } from '@mantine/core';
import IconDots from '@tabler/icons-react/dist/esm/icons/IconDots.mjs';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { addDays } from '../../../src/core/calendar.ts';
import { addressOf } from '../../api/client.ts';
import type { Estimate } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { DayField } from '../../parts/day-field.tsx';
import { dayText } from '../../parts/days.tsx';
import { Form, FormProblem } from '../../parts/form.tsx';
import { ButtonLink, MenuLink } from '../../parts/links.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { SidePanel } from '../../parts/side-panel.tsx';
import { toast } from '../../parts/toast.ts';
import { printPage } from '../invoices/print-page.ts';
import { MakeInvoice } from './bill.tsx';
import { CopyTo } from './copy-to.tsx';
import { RecordItems, RecordPanel } from './record.tsx';
import type { Recording } from './recording.ts';

const renew = ['estimates', 'home', 'events', 'links'];
type Asking = 'withdraw' | 'extend' | 'copy' | null;

/** What may be done with an issued estimate now: the likely thing as a button, the rest in a menu. */
export function EstimateActions({ estimate }: { estimate: Estimate }) {
  const [asking, setAsking] = useState<Asking>(null);
  const [recording, setRecording] = useState<Recording | null>(null);
  const params = { estimateId: estimate.id };
  const may = (act: Estimate['acts'][number]): boolean => estimate.acts.includes(act);
  const pdf = addressOf('readEstimatePdf', { params });
  return (
    <>
      <Button variant="default" component="a" href={pdf} target="_blank" rel="noreferrer" visibleFrom="sm">
        PDF
      </Button>
      {may('extend') && estimate.status === 'expired' && <Button onClick={() => setAsking('extend')}>Extend</Button>}
      {may('revise') && estimate.nextDraftId === null && estimate.status !== 'withdrawn' && (
        <Revise estimate={estimate} filled={['changes_requested', 'declined'].includes(estimate.status)} />
      )}
      {may('job') && <MakeJob estimate={estimate} />}
      <MakeInvoice estimate={estimate} />
      {(may('send') || may('resend')) && (
        <ButtonLink variant={may('send') ? 'filled' : 'default'} to="/estimates/$estimateId/send" params={params}>
          {may('send') ? 'Send' : 'Send again'}
        </ButtonLink>
      )}
      <Menu>
        <Menu.Target>
          <Button variant="default" px={8} aria-label="More about this estimate">
            <IconDots size={18} aria-hidden />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component="a" href={pdf} download={`${estimate.number ?? 'estimate'}.pdf`}>
            Download PDF
          </Menu.Item>
          <Menu.Item onClick={() => printPage(pdf)}>Print</Menu.Item>
          <ShowItem estimate={estimate} />
          <DepositItem estimate={estimate} />
          <DuplicateItem estimate={estimate} />
          {may('duplicate') && estimate.amends === null && <Menu.Item onClick={() => setAsking('copy')}>Copy to other properties</Menu.Item>}
          <MenuLink to="/estimates" search={{ customer: estimate.customer.id }}>
            All estimates of this customer
          </MenuLink>
          <RecordItems estimate={estimate} onRecord={setRecording} />
          {(may('extend') || may('withdraw')) && <Menu.Divider />}
          {may('extend') && <Menu.Item onClick={() => setAsking('extend')}>Extend</Menu.Item>}
          {may('withdraw') && (
            <Menu.Item color="red" onClick={() => setAsking('withdraw')}>
              Withdraw estimate
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {asking === 'withdraw' && <Withdraw estimate={estimate} onClose={() => setAsking(null)} />}
      {asking === 'copy' && <CopyTo estimate={estimate} onClose={() => setAsking(null)} />}
      {asking === 'extend' && <Extend estimate={estimate} onClose={() => setAsking(null)} />}
      {recording !== null && <RecordPanel estimate={estimate} recording={recording} onClose={() => setRecording(null)} />}
    </>
  );
}

function Revise({ estimate, filled }: { estimate: Estimate; filled: boolean }) {
  const navigate = useNavigate();
  const revise = useAct('reviseEstimate', {
    renew: ['estimates'],
    done: (draft) => navigate({ to: '/estimates/$estimateId/edit', params: { estimateId: draft.id } }),
  });
  return (
    <Button variant={filled ? 'filled' : 'default'} loading={revise.isPending} onClick={() => revise.mutate({ params: { estimateId: estimate.id } })}>
      Revise
    </Button>
  );
}

function MakeJob({ estimate }: { estimate: Estimate }) {
  const navigate = useNavigate();
  const make = useAct('makeJobOfEstimate', {
    renew: ['estimates', 'jobs', 'customers'],
    done: (job) => navigate({ to: '/jobs/$jobId', params: { jobId: job.id } }),
  });
  return (
    <Button loading={make.isPending} onClick={() => make.mutate({ params: { estimateId: estimate.id } })}>
      Turn into job
    </Button>
  );
}

function DepositItem({ estimate }: { estimate: Estimate }) {
  const ask = useAct('askEstimateDeposit', { renew: [...renew, 'invoices'], done: () => toast('The deposit is asked for') });
  const due = estimate.standing.depositMinor ?? 0;
  if (!estimate.acts.includes('invoice') || due === 0 || estimate.depositInvoice !== null) return null;
  return <Menu.Item onClick={() => ask.mutate({ params: { estimateId: estimate.id } })}>Ask for the deposit</Menu.Item>;
}

function ShowItem({ estimate }: { estimate: Estimate }) {
  const show = useAct('showEstimate', { renew, done: () => toast('Your customer can see it in the portal now') });
  if (!estimate.acts.includes('show')) return null;
  return <Menu.Item onClick={() => show.mutate({ params: { estimateId: estimate.id } })}>Show in portal</Menu.Item>;
}

function DuplicateItem({ estimate }: { estimate: Estimate }) {
  const navigate = useNavigate();
  const duplicate = useAct('duplicateEstimate', {
    renew: ['estimates'],
    done: (copy) => navigate({ to: '/estimates/$estimateId/edit', params: { estimateId: copy.id } }),
  });
  if (!estimate.acts.includes('duplicate')) return null;
  return <Menu.Item onClick={() => duplicate.mutate({ params: { estimateId: estimate.id } })}>Duplicate</Menu.Item>;
}

function Withdraw({ estimate, onClose }: { estimate: Estimate; onClose: () => void }) {
  const act = useAct('withdrawEstimate', {
    renew,
    done: () => {
      onClose();
      toast(`${estimate.number} is withdrawn`);
    },
  });
  return (
    <Confirm
      title={`Withdraw ${estimate.number}?`}
      act={`Withdraw ${estimate.number}`}
      keep="Keep it"
      danger
      busy={act.isPending}
      reason={{ label: 'Why', placeholder: 'The customer reads this' }}
      onAct={(reason) => act.mutate({ params: { estimateId: estimate.id }, body: { reason } })}
      onClose={onClose}
    >
      It stays readable as withdrawn, and nobody can approve it any more. You can still write a new version under the same number.
    </Confirm>
  );
}

function Extend({ estimate, onClose }: { estimate: Estimate; onClose: () => void }) {
  const { today } = useOffice();
  const last = estimate.validUntil ?? today;
  const least = addDays(last > today ? last : today, 1);
  const [day, setDay] = useState<string | null>(addDays(least, 13));
  const act = useAct('extendEstimate', {
    renew,
    done: (now) => {
      onClose();
      toast(`Valid until ${dayText(now.validUntil ?? '')}`);
    },
    failed: () => true,
  });
  return (
    <SidePanel title={`Extend ${estimate.number}`} onClose={onClose}>
      <Form onSubmit={() => day !== null && act.mutate({ params: { estimateId: estimate.id }, body: { validUntil: day } })}>
        <p className="dim small">
          {last < today ? 'It was' : 'It is'} valid until {dayText(last)}. The content stays as it is; links keep working.
        </p>
        <DayField label="Valid until" day={day} minDate={least} onDay={setDay} data-autofocus popoverProps={{ withinPortal: false }} />
        <FormProblem error={act.error} />
        <div className="row">
          <Button type="submit" loading={act.isPending} disabled={day === null}>
            {day === null ? 'Extend' : `Extend to ${dayText(day)}`}
          </Button>
          <Button variant="subtle" color="gray" onClick={onClose}>
            Not now
          </Button>
        </div>
      </Form>
    </SidePanel>
  );
}
