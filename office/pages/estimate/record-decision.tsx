import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { textLimits } from '../../../src/core/limits.ts';
import { ApiProblem } from '../../api/problem.ts';
import type { Estimate, Person } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Form, FormProblem } from '../../parts/form.tsx';
import { toast } from '../../parts/toast.ts';
import { concerned, type Recording, toOffice, type Who } from './recording.ts';
import { WhoFields } from './who-fields.tsx';

type Decision = Exclude<Recording, 'approval'>;
type Words = Readonly<{ act: string; does: string; reason: string; reasonNeeded: boolean; done: (number: string) => string }>;

const words: Readonly<Record<Decision, Words>> = {
  decline: {
    act: 'Record the decline',
    does: 'It counts as declined, and can no longer be approved. You can still write a new version under the same number.',
    reason: 'Why',
    reasonNeeded: false,
    done: (number) => `${number} is declined`,
  },
  changes: {
    act: 'Record the changes asked for',
    does: 'It waits for a new version of yours, and cannot be approved as it is.',
    reason: 'What should be different',
    reasonNeeded: true,
    done: (number) => `Changes to ${number} are recorded`,
  },
  undo: {
    act: 'Undo the approval',
    does: 'The estimate waits for your customer again and a deposit not paid yet is canceled; the record of the approval stays, with one of this beside it.',
    reason: 'Why',
    reasonNeeded: true,
    done: (number) => `${number} waits for your customer again`,
  },
};

type Props = { estimate: Estimate; decision: Decision; people: readonly Person[]; onClose: () => void };

/** A no, a wish or a yes taken back, as the customer said it. */
export function RecordDecision({ estimate, decision, people, onClose }: Props) {
  const { act: label, does, reason: why, reasonNeeded, done } = words[decision];
  const [who, setWho] = useState<Who>({ personId: null, typedName: '' });
  const [reason, setReason] = useState('');
  const options = {
    renew: ['estimates', 'home', 'events', 'links'],
    done: () => {
      onClose();
      toast(done(estimate.number ?? ''));
    },
    failed: () => true,
  };
  const acts = {
    decline: useAct('declineEstimate', options),
    changes: useAct('requestEstimateChanges', options),
    undo: useAct('undoEstimateApproval', options),
  };
  const act = acts[decision];
  const problems = act.error instanceof ApiProblem ? act.error.fields : {};
  const missing = reasonNeeded && reason.trim() === '';
  const submit = (): void => {
    if (missing || act.isPending) return;
    act.mutate({ params: { estimateId: estimate.id }, body: { personId: who.personId, typedName: who.typedName.trim(), reason: reason.trim() } });
  };
  return (
    <Form onSubmit={submit}>
      <p>{does}</p>
      <WhoFields people={concerned(people, estimate.propertyId)} who={who} onWho={setWho} named={false} problems={problems} />
      <Textarea
        label={why}
        placeholder="As they said it"
        required={reasonNeeded}
        autosize
        minRows={2}
        maxLength={textLimits.reason}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <FormProblem error={toOffice(act.error)} />
      <div className="row wrap">
        <Button type="submit" color={decision === 'undo' ? 'red' : 'pine'} loading={act.isPending} disabled={missing}>
          {label}
        </Button>
        <Button variant="subtle" color="gray" onClick={onClose}>
          Not now
        </Button>
      </div>
    </Form>
  );
}
