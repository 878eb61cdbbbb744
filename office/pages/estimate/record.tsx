import { Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { peopleQuery } from '../../api/queries.ts';
import type { Estimate } from '../../api/types.ts';
import { ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { SidePanel } from '../../parts/side-panel.tsx';
import { RecordApproval } from './record-approval.tsx';
import { RecordDecision } from './record-decision.tsx';
import { type Recording, recordable } from './recording.ts';

const labels: Readonly<Record<Recording, string>> = {
  approval: 'Record an approval',
  decline: 'Record a decline',
  changes: 'Record changes asked for',
  undo: 'Undo the approval',
};

/** What a customer may say by phone now, in the menu of the estimate. */
export function RecordItems({ estimate, onRecord }: { estimate: Estimate; onRecord: (recording: Recording) => void }) {
  const recordings = recordable(estimate);
  return (
    <>
      {recordings.length > 0 && <Menu.Divider />}
      {recordings.map((recording) => (
        <Menu.Item key={recording} onClick={() => onRecord(recording)}>
          {labels[recording]}
        </Menu.Item>
      ))}
    </>
  );
}

/** Beside the page; what was typed stays until it is recorded or closed. */
export function RecordPanel({ estimate, recording, onClose }: { estimate: Estimate; recording: Recording; onClose: () => void }) {
  const people = useQuery(peopleQuery(estimate.customer.id));
  return (
    <SidePanel title={`${labels[recording]}: ${estimate.number}`} onClose={onClose}>
      {people.data === undefined ? (
        people.isError ? (
          <ProblemNote error={people.error} onRetry={() => void people.refetch()} />
        ) : (
          <SkeletonRows rows={4} />
        )
      ) : recording === 'approval' ? (
        <RecordApproval estimate={estimate} people={people.data.items} onClose={onClose} />
      ) : (
        <RecordDecision estimate={estimate} decision={recording} people={people.data.items} onClose={onClose} />
      )}
    </SidePanel>
  );
}
