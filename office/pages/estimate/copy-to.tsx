import { Button, MultiSelect } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { propertiesQuery } from '../../api/queries.ts';
import type { Estimate } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Form, FormProblem } from '../../parts/form.tsx';
import { ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { SidePanel } from '../../parts/side-panel.tsx';
import { toast } from '../../parts/toast.ts';

const renew = ['estimates', 'home'];

/** The same estimate for other properties of its customer: drafts, each to be looked at, and the way back. */
export function CopyTo({ estimate, onClose }: { estimate: Estimate; onClose: () => void }) {
  const client = useQueryClient();
  const properties = useQuery(propertiesQuery(estimate.customer.id));
  const [chosen, setChosen] = useState<string[]>([]);
  const copy = useAct('copyEstimate', { renew, failed: () => true });
  const made = copy.data?.items ?? [];
  const undo = async (): Promise<void> => {
    for (const { id } of made) await call('discardEstimate', { params: { estimateId: id } });
    for (const key of renew) void client.invalidateQueries({ queryKey: [key] });
    toast(made.length === 1 ? 'The draft is thrown away' : `${made.length} drafts are thrown away`);
    onClose();
  };
  const others = (properties.data?.items ?? []).filter(({ id, archived }) => id !== estimate.propertyId && !archived);
  return (
    <SidePanel title="Copy to other properties" onClose={onClose}>
      {made.length > 0 ? (
        <Made made={made} titleOf={(id) => others.find((each) => each.id === id)?.title ?? ''} onUndo={undo} onClose={onClose} />
      ) : properties.isPending ? (
        <SkeletonRows rows={3} />
      ) : properties.isError ? (
        <ProblemNote error={properties.error} onRetry={() => void properties.refetch()} />
      ) : others.length === 0 ? (
        <p>{estimate.customer.name} has no other property. Add one on the page of the customer first.</p>
      ) : (
        <Form onSubmit={() => chosen.length > 0 && copy.mutate({ params: { estimateId: estimate.id }, body: { propertyIds: chosen } })}>
          <p className="dim small">One draft for each, with the tax that is usual there. Nothing is sent.</p>
          <MultiSelect
            label="Properties"
            data={others.map(({ id, title }) => ({ value: id, label: title }))}
            value={chosen}
            onChange={setChosen}
            maxValues={50}
            searchable
            data-autofocus
            comboboxProps={{ withinPortal: false }}
          />
          <FormProblem error={copy.error} />
          <div className="row">
            <Button type="submit" loading={copy.isPending} disabled={chosen.length === 0}>
              {chosen.length < 2 ? 'Make 1 draft' : `Make ${chosen.length} drafts`}
            </Button>
            <Button variant="subtle" color="gray" onClick={onClose}>
              Not now
            </Button>
          </div>
        </Form>
      )}
    </SidePanel>
  );
}

type MadeProps = { made: readonly Estimate[]; titleOf: (propertyId: string) => string; onUndo: () => Promise<void>; onClose: () => void };

function Made({ made, titleOf, onUndo, onClose }: MadeProps) {
  const [busy, setBusy] = useState(false);
  return (
    <>
      <p>{made.length === 1 ? 'One draft is made:' : `${made.length} drafts are made:`}</p>
      <ul>
        {made.map(({ id, propertyId }) => (
          <li key={id}>
            <Link to="/estimates/$estimateId/edit" params={{ estimateId: id }} className="link">
              {titleOf(propertyId ?? '')}
            </Link>
          </li>
        ))}
      </ul>
      <div className="row">
        <Button onClick={onClose}>Done</Button>
        <Button
          variant="subtle"
          color="gray"
          loading={busy}
          onClick={() => {
            setBusy(true);
            void onUndo();
          }}
        >
          Throw them away
        </Button>
      </div>
    </>
  );
}
