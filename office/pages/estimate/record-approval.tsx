import { Button, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { isWithin } from '../../../src/core/authority.ts';
import { textLimits } from '../../../src/core/limits.ts';
import { chosenQuery } from '../../api/estimate-queries.ts';
import { ApiProblem } from '../../api/problem.ts';
import { propertyQuery } from '../../api/queries.ts';
import type { ChosenSums, Estimate, EstimatePaper, Person } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Form, FormProblem } from '../../parts/form.tsx';
import { useMoney } from '../../parts/money.tsx';
import { Note } from '../../parts/notes.tsx';
import { toast } from '../../parts/toast.ts';
import { ChoiceFields } from './choice-fields.tsx';
import { choicesOf, concerned, limitOf, type Picked, suggestedOf, toOffice } from './recording.ts';
import { WhoFields } from './who-fields.tsx';

type Props = { estimate: Estimate; people: readonly Person[]; onClose: () => void };

/** A yes given by phone or on paper: who gave it, to what, for how much. */
export function RecordApproval({ estimate, people, onClose }: Props) {
  const signers = concerned(people, estimate.propertyId).filter(({ sharedMailbox }) => !sharedMailbox);
  if (signers.length > 0) return <ApprovalForm estimate={estimate} people={signers} onClose={onClose} />;
  return (
    <p>
      An approval is the word of one named person, and{' '}
      <Link to="/customers/$customerId" params={{ customerId: estimate.customer.id }} className="link">
        {estimate.customer.name}
      </Link>{' '}
      has nobody who sees this estimate. Add the person under People first.
    </p>
  );
}

function doneText({ status, standing }: Estimate, number: string): string {
  if (status === 'approved') return `${number} is approved`;
  if (standing.firstApproval !== null) return `The first of two: ${number} waits for a second person`;
  return `Kept as a recommendation: ${number} waits for someone who may approve it`;
}

type Fields = { personId: string | null; typedName: string; poNumber: string; reason: string };

/** Whom it waits for, else the only one there is. */
function startOf({ standing, paper }: Estimate, people: readonly Person[]): Fields {
  const first = people.find(({ id }) => id === standing.waitingFor?.id) ?? (people.length === 1 ? people[0] : undefined);
  return { personId: first?.id ?? null, typedName: first?.name ?? '', poNumber: paper?.poNumber ?? '', reason: '' };
}

/** What the choices come to, as the API adds it up; `settled` once that is the answer to what is picked now. */
function useSums(estimateId: string, lines: EstimatePaper['lines'], picked: Picked) {
  const [asked] = useDebouncedValue(picked, 200);
  const choices = choicesOf(lines, asked);
  const query = useQuery({ ...chosenQuery(estimateId, choices ?? {}), enabled: choices !== null });
  const settled = asked === picked && choices !== null && query.isSuccess && !query.isPlaceholderData;
  return { sums: query.data, settled, choices, error: choices === null ? null : query.error };
}

function ApprovalForm({ estimate, people, onClose }: Props) {
  const money = useMoney();
  const { currency, number, customer } = estimate;
  const lines = estimate.paper?.lines ?? [];
  const [form, setForm] = useState(() => startOf(estimate, people));
  const [picked, setPicked] = useState(() => suggestedOf(lines));
  const property = useQuery({ ...propertyQuery(estimate.propertyId ?? ''), enabled: estimate.propertyId !== null });
  const { sums, settled, choices, error } = useSums(estimate.id, lines, picked);
  const act = useAct('approveEstimate', {
    renew: ['estimates', 'home', 'events', 'links'],
    done: (now) => {
      onClose();
      toast(doneText(now, number ?? ''));
    },
    failed: () => true,
  });
  const problems = act.error instanceof ApiProblem ? act.error.fields : {};
  const set = (change: Partial<Fields>): void => setForm((before) => ({ ...before, ...change }));
  const { personId, typedName } = form;
  const person = people.find(({ id }) => id === personId);
  const limit = person === undefined ? null : limitOf(person, customer.kind, property.data ?? null);
  const above = sums !== undefined && !isWithin(limit, BigInt(sums.totalMinor));
  const ready = settled && sums !== undefined && choices !== null && personId !== null && typedName.trim() !== '';
  const submit = (): void => {
    if (!ready || act.isPending) return;
    const said = above ? { reason: form.reason.trim() } : { poNumber: form.poNumber.trim() };
    act.mutate({ params: { estimateId: estimate.id }, body: { personId, typedName: typedName.trim(), choices, totalMinor: sums.totalMinor, ...said } });
  };
  return (
    <Form onSubmit={submit}>
      <p className="dim small">For a yes given by phone or on paper. The record says that you wrote it down, and the person is told by mail.</p>
      <WhoFields people={people} who={form} onWho={set} named problems={problems} />
      <ChoiceFields lines={lines} currency={currency} picked={picked} onPicked={setPicked} />
      <Total sums={sums} currency={currency} />
      {!above && sums !== undefined && <OfTwo estimate={estimate} totalMinor={sums.totalMinor} />}
      {above && person !== undefined && <Above name={person.name} limit={limit} currency={currency} />}
      {above ? (
        <Reason value={form.reason} onReason={(reason) => set({ reason })} />
      ) : (
        <TextInput
          label="PO number"
          required={customer.poRequired}
          maxLength={textLimits.poNumber}
          autoComplete="off"
          value={form.poNumber}
          error={problems['poNumber'] === undefined ? undefined : 'This customer asks for one.'}
          onChange={(event) => set({ poNumber: event.currentTarget.value })}
        />
      )}
      <FormProblem error={toOffice(act.error ?? error)} />
      <div className="row wrap">
        <Button type="submit" loading={act.isPending} disabled={!ready}>
          {above ? 'Record recommendation' : 'Record approval'}
          {sums && ` of ${money(sums.totalMinor, currency)}`}
        </Button>
        <Button variant="subtle" color="gray" onClick={onClose}>
          Not now
        </Button>
      </div>
    </Form>
  );
}

function Total({ sums, currency }: { sums: ChosenSums | undefined; currency: string }) {
  const money = useMoney();
  return (
    <p role="status" aria-label="What it comes to">
      {sums === undefined ? (
        'Adding it up …'
      ) : (
        <>
          <span className="strong num">{money(sums.totalMinor, currency)}</span>
          {sums.taxMinor !== 0 && `, of it ${money(sums.taxMinor, currency)} tax`}
          {sums.depositMinor > 0 && ` · deposit ${money(sums.depositMinor, currency)}`}
        </>
      )}
    </p>
  );
}

/** Where two people approve: that it is so, and who was the first. */
function OfTwo({ estimate: { standing, customer }, totalMinor }: { estimate: Estimate; totalMinor: number }) {
  const from = customer.twoApproversFromMinor;
  if (from === null || totalMinor < from) return null;
  const first = standing.firstApproval;
  return (
    <Note>
      Two people of this customer approve.{' '}
      {first === null ? 'The first yes waits for the second.' : `${first.by} approved first; another person’s yes to the same choices approves it.`}
    </Note>
  );
}

function Above({ name, limit, currency }: { name: string; limit: bigint | null; currency: string }) {
  const money = useMoney();
  return (
    <Note tone="warn">
      {limit === null || limit === 0n
        ? `${name} may not approve this alone.`
        : `This is above what ${name} may approve alone (${money(Number(limit), currency)}).`}{' '}
      It is kept as a recommendation, and waits for someone who may.
    </Note>
  );
}

function Reason({ value, onReason }: { value: string; onReason: (reason: string) => void }) {
  return (
    <Textarea
      label="Why they recommend it"
      autosize
      minRows={2}
      maxLength={textLimits.reason}
      value={value}
      onChange={(event) => onReason(event.currentTarget.value)}
    />
  );
}
