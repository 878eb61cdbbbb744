import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { freshId } from '../../api/fresh-id.ts';
import { customerQuery, propertiesQuery } from '../../api/queries.ts';
import type { Job } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Form, FormProblem } from '../../parts/form.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { CustomerPick } from '../editor/customer-pick.tsx';
import { emptyLine, LineFields, type WorkLine } from './line-fields.tsx';

type Words = { title: string; crewNotes: string; customerNotes: string; poNumber: string };
const blank: Words = { title: '', crewNotes: '', customerNotes: '', poNumber: '' };

function WordFields({ words, onWords }: { words: Words; onWords: (change: Partial<Words>) => void }) {
  return (
    <>
      <TextInput
        label="What is to be done"
        required
        maxLength={120}
        value={words.title}
        data-autofocus
        onChange={(event) => onWords({ title: event.currentTarget.value })}
      />
      <Textarea
        label="Notes for the crew"
        autosize
        minRows={2}
        maxLength={4000}
        value={words.crewNotes}
        onChange={(event) => onWords({ crewNotes: event.currentTarget.value })}
      />
      <Textarea
        label="Notes for the customer"
        description="They read it with each visit"
        autosize
        minRows={2}
        maxLength={4000}
        value={words.customerNotes}
        onChange={(event) => onWords({ customerNotes: event.currentTarget.value })}
      />
      <TextInput label="PO number" maxLength={60} value={words.poNumber} onChange={(event) => onWords({ poNumber: event.currentTarget.value })} />
    </>
  );
}

export function EditJobForm({ job, onDone }: { job: Job; onDone: () => void }) {
  const [words, setWords] = useState<Words>({ title: job.title, crewNotes: job.crewNotes, customerNotes: job.customerNotes, poNumber: job.poNumber });
  const act = useAct('changeJob', { renew: ['jobs', 'visits', 'events'], done: onDone, failed: () => true });
  return (
    <Form onSubmit={() => act.mutate({ params: { jobId: job.id }, version: job.version, body: words })}>
      <WordFields words={words} onWords={(change) => setWords((before) => ({ ...before, ...change }))} />
      <FormProblem error={act.error} />
      <div className="row">
        <Button type="submit" loading={act.isPending} disabled={words.title.trim() === ''}>
          Save changes
        </Button>
        <Button variant="subtle" color="gray" onClick={onDone}>
          Not now
        </Button>
      </div>
    </Form>
  );
}

/** For whom, where and what: from there a visit is planned. */
export function NewJobForm({ customerId, onClose }: { customerId: string | undefined; onClose: () => void }) {
  const [picked, setPicked] = useState(customerId);
  if (picked === undefined) return <CustomerPick busy={false} onPick={({ id }) => setPicked(id)} />;
  return <JobFor customerId={picked} onClose={onClose} />;
}

function JobFor({ customerId, onClose }: { customerId: string; onClose: () => void }) {
  const navigate = useNavigate();
  const { business } = useOffice();
  const id = useRef(freshId('job'));
  const customer = useQuery(customerQuery(customerId));
  const properties = useQuery(propertiesQuery(customerId));
  const [propertyId, setPropertyId] = useState<string | null>(null);
  const [words, setWords] = useState(blank);
  const [lines, setLines] = useState<readonly WorkLine[]>([emptyLine(freshId('line'))]);
  const act = useAct('createJob', {
    renew: ['jobs', 'events', 'customers'],
    done: (job) => navigate({ to: '/jobs/$jobId', params: { jobId: job.id } }),
    failed: () => true,
  });
  const places = (properties.data?.items ?? []).map(({ id: value, title }) => ({ value, label: title }));
  const send = (): void =>
    act.mutate({ body: { id: id.current, customerId, propertyId, ...words, lines: lines.filter(({ name }) => name.trim() !== '') }, key: id.current });
  return (
    <Form onSubmit={send}>
      <p className="strong">{customer.data?.name ?? '…'}</p>
      {places.length > 0 && (
        <Select label="Property" placeholder="None in particular" data={places} value={propertyId} searchable clearable onChange={setPropertyId} />
      )}
      <WordFields words={words} onWords={(change) => setWords((before) => ({ ...before, ...change }))} />
      <p className="small strong">Work list</p>
      <LineFields lines={lines} currency={business.currency} onLines={setLines} />
      <FormProblem error={act.error} />
      <div className="row">
        <Button type="submit" loading={act.isPending} disabled={words.title.trim() === ''}>
          Create job
        </Button>
        <Button variant="subtle" color="gray" onClick={onClose}>
          Not now
        </Button>
      </div>
    </Form>
  );
}
