import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiProblem } from '../../api/problem.ts';
import { peopleQuery, propertiesQuery } from '../../api/queries.ts';
import type { Person } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Form, FormProblem } from '../../parts/form.tsx';
import { Note, ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { SidePanel } from '../../parts/side-panel.tsx';
import { toast } from '../../parts/toast.ts';

/** Begins a conversation with one person of the customer, who is told by mail. */
export function WriteMessage({ customerId, onClose }: { customerId: string; onClose: () => void }) {
  const people = useQuery(peopleQuery(customerId));
  const readers = (people.data?.items ?? []).filter(({ rights, email }) => rights.canView && email !== '');
  return (
    <SidePanel title="Write a message" onClose={onClose}>
      {people.isPending ? (
        <SkeletonRows rows={3} />
      ) : people.isError ? (
        <ProblemNote error={people.error} onRetry={() => void people.refetch()} />
      ) : readers.length === 0 ? (
        <Note>Nobody of this customer has an e-mail address and may look at the account. Add a person first.</Note>
      ) : (
        <MessageForm customerId={customerId} readers={readers} />
      )}
    </SidePanel>
  );
}

/** The properties this person sees, and whether the account as a whole is theirs to read too. */
function usePlaces(customerId: string, person: Person | undefined) {
  const properties = useQuery(propertiesQuery(customerId));
  const allowed = person?.rights.propertyIds ?? null;
  return { whole: allowed === null, places: (properties.data?.items ?? []).filter(({ id }) => allowed === null || allowed.includes(id)) };
}

type WordsProps = { subject: string; body: string; onSubject: (text: string) => void; onBody: (text: string) => void; problem: string | undefined };

function Words({ subject, body, onSubject, onBody, problem }: WordsProps) {
  return (
    <>
      <TextInput label="Subject" required maxLength={120} value={subject} onChange={(event) => onSubject(event.currentTarget.value)} error={problem} />
      <Textarea
        label="Message"
        required
        autosize
        minRows={5}
        maxRows={14}
        maxLength={4000}
        value={body}
        onChange={(event) => onBody(event.currentTarget.value)}
      />
    </>
  );
}

function MessageForm({ customerId, readers }: { customerId: string; readers: readonly Person[] }) {
  const navigate = useNavigate();
  const [personId, setPersonId] = useState(readers[0]?.id ?? '');
  const [propertyId, setPropertyId] = useState<string | null>(null);
  const [subject, setSubject] = useState('');
  const [body, setBody] = useState('');
  const { whole, places } = usePlaces(
    customerId,
    readers.find(({ id }) => id === personId),
  );
  const about = whole || propertyId !== null ? propertyId : (places[0]?.id ?? null);
  const start = useAct('startThread', {
    renew: ['threads', 'customers'],
    done: (thread) => {
      toast('Sent; they are told by mail');
      void navigate({ to: '/inbox', search: { show: 'answered', thread: thread.id } });
    },
    failed: () => undefined,
  });
  const problems = start.error instanceof ApiProblem ? start.error.fields : {};
  return (
    <Form onSubmit={() => start.mutate({ body: { customerId, personId, propertyId: about, subject: subject.trim(), body: body.trim() } })}>
      <div className="fields">
        <Select
          label="To"
          data={readers.map(({ id, name, email }) => ({ value: id, label: `${name} · ${email}` }))}
          value={personId}
          onChange={(id) => {
            setPersonId(id ?? personId);
            setPropertyId(null);
          }}
          allowDeselect={false}
          error={problems['personId']}
        />
        {places.length > 0 && (
          <Select
            label="About"
            description="People of your customer who see this can read it too."
            placeholder="The account as a whole"
            data={places.map(({ id, name, code }) => ({ value: id, label: [name, code].filter(Boolean).join(' · ') }))}
            value={about}
            onChange={setPropertyId}
            clearable={whole}
            searchable
          />
        )}
        <Words subject={subject} body={body} onSubject={setSubject} onBody={setBody} problem={problems['subject']} />
      </div>
      <FormProblem error={start.error} />
      <div className="form-foot">
        <Button type="submit" loading={start.isPending} disabled={subject.trim() === '' || body.trim() === ''}>
          Send message
        </Button>
      </div>
    </Form>
  );
}
