import './job.css';
import { Button, FileButton, Menu, Textarea } from '@mantine/core';
import IconDots from '@tabler/icons-react/dist/esm/icons/IconDots.mjs';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { addressOf, call } from '../../api/client.ts';
import type { Visit } from '../../api/types.ts';
import { visitQuery } from '../../api/work-queries.ts';
import { useAct } from '../../parts/act.ts';
import { addressText } from '../../parts/address-fields.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { dayText } from '../../parts/days.tsx';
import { Form } from '../../parts/form.tsx';
import { ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { SidePanel } from '../../parts/side-panel.tsx';
import { toastProblem } from '../../parts/toast.ts';
import { VisitMark, windowText } from '../../parts/work-mark.tsx';
import { fieldsOf, VisitForm } from './visit-form.tsx';

const renew = ['visits', 'jobs', 'events'];

/** One visit beside whatever is on screen: what it is, how it goes, and moving it. */
export function VisitPanel({ visitId, onClose, withJob = false }: { visitId: string; onClose: () => void; withJob?: boolean }) {
  const query = useQuery(visitQuery(visitId));
  const [moving, setMoving] = useState(false);
  const visit = query.data;
  return (
    <SidePanel title={visit?.title ?? 'Visit'} onClose={onClose}>
      {visit === undefined ? (
        query.isError ? (
          <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <SkeletonRows rows={5} />
        )
      ) : moving ? (
        <Moving visit={visit} onDone={() => setMoving(false)} />
      ) : (
        <Shown visit={visit} withJob={withJob} onMove={() => setMoving(true)} />
      )}
    </SidePanel>
  );
}

function Moving({ visit, onDone }: { visit: Visit; onDone: () => void }) {
  const act = useAct('changeVisit', { renew, done: onDone, failed: () => true });
  return (
    <VisitForm
      start={fieldsOf(visit)}
      act="Save changes"
      busy={act.isPending}
      error={act.error}
      onAct={(body) => act.mutate({ params: { visitId: visit.id }, version: visit.version, body })}
      onClose={onDone}
    />
  );
}

function Shown({ visit, withJob, onMove }: { visit: Visit; withJob: boolean; onMove: () => void }) {
  const address = addressText(visit.address);
  const facts: readonly (readonly [string, React.ReactNode])[] = [
    ['When', `${dayText(visit.day)} · ${windowText(visit)}`],
    ['Who', visit.crew.length === 0 ? 'Nobody yet' : visit.crew.map(({ name }) => name).join(', ')],
    ['Where', [visit.place, address].filter((part, at, all) => part !== '' && all.indexOf(part) === at).join(' · ')],
    ['Access', visit.accessNotes],
    ['For the crew', visit.crewNotes],
    ['For the customer', visit.customerNote],
    ['Contact', [visit.contact.name, visit.contact.phone].filter(Boolean).join(' · ')],
    ['What was done', visit.doneNote],
    ['Why', visit.reason],
  ];
  return (
    <div className="stack">
      <p className="row wrap">
        <VisitMark state={visit.state} />
        <span className="dim small">{visit.shown ? 'The customer sees it' : 'Hidden from the customer'}</span>
      </p>
      {withJob && (
        <p>
          <Link to="/jobs/$jobId" params={{ jobId: visit.jobId }} className="link">
            Job {visit.jobNumber}
          </Link>{' '}
          ·{' '}
          <Link to="/customers/$customerId" params={{ customerId: visit.customer.id }} className="link">
            {visit.customer.name}
          </Link>
        </p>
      )}
      <dl className="visit-facts">
        {facts
          .filter(([, value]) => value !== '')
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd style={{ whiteSpace: 'pre-line' }}>{value}</dd>
            </div>
          ))}
      </dl>
      {visit.invoice && (
        <p className="small">
          Billed by{' '}
          <Link to="/invoices/$invoiceId" params={{ invoiceId: visit.invoice.id }} className="link num">
            {visit.invoice.number ?? 'a draft'}
          </Link>
        </p>
      )}
      <Photos visit={visit} />
      <Acts visit={visit} onMove={onMove} />
    </div>
  );
}

function Photos({ visit }: { visit: Visit }) {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const params = { visitId: visit.id };
  const add = async (files: readonly File[]): Promise<void> => {
    setBusy(true);
    for (const file of files) await call('addVisitPhoto', { params, query: { name: file.name.slice(0, 120) }, body: file }).catch(toastProblem);
    setBusy(false);
    await client.invalidateQueries({ queryKey: ['visits'] });
  };
  return (
    <div>
      <ul className="visit-photos">
        {visit.files.map((file) => {
          const href = addressOf('readVisitPhoto', { params: { ...params, fileId: file.id } });
          return (
            <li key={file.id}>
              <a href={href} target="_blank" rel="noreferrer">
                <img src={href} alt={file.name} loading="lazy" />
              </a>
            </li>
          );
        })}
      </ul>
      <FileButton multiple accept="image/jpeg,image/png,image/webp" onChange={(files) => void add(files)}>
        {(props) => (
          <Button {...props} variant="default" size="xs" loading={busy}>
            Add photos
          </Button>
        )}
      </FileButton>
    </div>
  );
}

type Ending = 'skip' | 'cancel' | null;

function Acts({ visit, onMove }: { visit: Visit; onMove: () => void }) {
  const [finishing, setFinishing] = useState(false);
  const [ending, setEnding] = useState<Ending>(null);
  const params = { visitId: visit.id };
  const may = (act: Visit['acts'][number]): boolean => visit.acts.includes(act);
  const setOff = useAct('setOffForVisit', { renew });
  const start = useAct('startVisit', { renew });
  const reopen = useAct('reopenVisit', { renew });
  if (finishing) return <Finishing visit={visit} onDone={() => setFinishing(false)} />;
  return (
    <div className="row wrap">
      {may('start') && (
        <Button loading={start.isPending} onClick={() => start.mutate({ params })}>
          Start
        </Button>
      )}
      {may('finish') && (
        <Button variant={may('start') ? 'default' : 'filled'} onClick={() => setFinishing(true)}>
          Finish
        </Button>
      )}
      {may('change') && (
        <Button variant="default" onClick={onMove}>
          Move or assign
        </Button>
      )}
      {may('reopen') && (
        <Button variant="default" loading={reopen.isPending} onClick={() => reopen.mutate({ params })}>
          Plan it again
        </Button>
      )}
      {(may('set_off') || may('skip') || may('cancel')) && (
        <Menu>
          <Menu.Target>
            <Button variant="default" px={8} aria-label="More about this visit">
              <IconDots size={18} aria-hidden />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {may('set_off') && <Menu.Item onClick={() => setOff.mutate({ params })}>On the way</Menu.Item>}
            {may('skip') && <Menu.Item onClick={() => setEnding('skip')}>Skip this visit</Menu.Item>}
            {may('cancel') && (
              <Menu.Item color="red" onClick={() => setEnding('cancel')}>
                Cancel visit
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
      {ending !== null && <End visit={visit} how={ending} onClose={() => setEnding(null)} />}
    </div>
  );
}

function Finishing({ visit, onDone }: { visit: Visit; onDone: () => void }) {
  const [note, setNote] = useState('');
  const act = useAct('finishVisit', { renew, done: onDone });
  return (
    <Form onSubmit={() => act.mutate({ params: { visitId: visit.id }, body: { note } })}>
      <Textarea
        label="What was done"
        description="The customer reads this"
        autosize
        minRows={3}
        maxLength={4000}
        value={note}
        data-autofocus
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <div className="row">
        <Button type="submit" loading={act.isPending}>
          Finish visit
        </Button>
        <Button variant="subtle" color="gray" onClick={onDone}>
          Not now
        </Button>
      </div>
    </Form>
  );
}

function End({ visit, how, onClose }: { visit: Visit; how: 'skip' | 'cancel'; onClose: () => void }) {
  const act = useAct(how === 'skip' ? 'skipVisit' : 'cancelVisit', { renew, done: onClose });
  const words = how === 'skip' ? 'Skip' : 'Cancel';
  return (
    <Confirm
      title={`${words} the visit on ${dayText(visit.day)}?`}
      act={`${words} visit`}
      keep="Keep it"
      danger={how === 'cancel'}
      busy={act.isPending}
      reason={{ label: 'Why', placeholder: 'The customer reads this', required: false }}
      onAct={(reason) => act.mutate({ params: { visitId: visit.id }, body: { reason } })}
      onClose={onClose}
    >
      {visit.shown ? 'The customer sees that nobody comes, also in their calendar.' : 'The customer was not told of it.'}
    </Confirm>
  );
}
