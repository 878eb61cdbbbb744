import { Button, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { refundRulesQuery } from '../../api/queries.ts';
import { useAct } from '../../parts/act.ts';
import { Form, FormProblem } from '../../parts/form.tsx';
import { MoneyField } from '../../parts/money-field.tsx';
import { ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { toast } from '../../parts/toast.ts';

const usualMinor = 50_000;

/** From which amount on somebody else has to approve a refund. Changing it asks for a fresh proof, as a refund does. */
export function RefundRules({ currency }: { currency: string }) {
  const query = useQuery(refundRulesQuery);
  const [changed, setChanged] = useState<number | null | undefined>(undefined);
  const save = useAct('changeRefundRules', {
    done: (now, _, client) => {
      client.setQueryData(refundRulesQuery.queryKey, now);
      setChanged(undefined);
      toast('Saved');
    },
    failed: () => true,
  });
  if (query.data === undefined) return query.isError ? <ProblemNote error={query.error} onRetry={() => void query.refetch()} /> : <SkeletonRows rows={2} />;
  const value = changed === undefined ? query.data.limitMinor : changed;
  return (
    <Form onSubmit={() => save.mutate({ body: { limitMinor: value } })}>
      <Switch
        label="Large refunds need a second person"
        description="Where two people here may refund; alone, a fresh code and a notice by mail"
        checked={value !== null}
        onChange={(event) => setChanged(event.currentTarget.checked ? usualMinor : null)}
      />
      {value !== null && <MoneyField label="From" maw={200} currency={currency} minor={value} onMinor={(minor) => minor !== null && setChanged(minor)} />}
      <FormProblem error={save.error} />
      {changed !== undefined && changed !== query.data.limitMinor && (
        <div className="row">
          <Button type="submit" loading={save.isPending}>
            Save
          </Button>
          <Button variant="subtle" color="gray" onClick={() => setChanged(undefined)}>
            Undo
          </Button>
        </div>
      )}
    </Form>
  );
}
