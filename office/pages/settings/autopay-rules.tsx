import { Select, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { autopayRulesQuery } from '../../api/queries.ts';
import type { AutopayRulesPatch } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Section } from '../../parts/page.tsx';
import { toast } from '../../parts/toast.ts';

/** Whether customers may let bills be paid by themselves, and how long before a payment they are told. */
export function AutopayRulesPart() {
  const query = useQuery(autopayRulesQuery);
  const change = useAct('changeAutopayRules', {
    done: (now, _, client) => {
      client.setQueryData(autopayRulesQuery.queryKey, now);
      toast('Saved');
    },
  });
  if (query.isError) return <ProblemNote error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <SkeletonRows rows={2} />;
  const { allowed, noticeDays, version } = query.data;
  const set = (body: AutopayRulesPatch): void => change.mutate({ body, version });
  return (
    <Section title="Autopay" id="autopay">
      <div className="stack">
        <Switch
          label="Customers may turn on autopay"
          description="Each of them agrees to it signed in, with a limit of their own. You can stop it for one, never turn it on."
          checked={allowed}
          disabled={change.isPending}
          onChange={() => set({ allowed: !allowed })}
        />
        <Select
          label="They are told before each payment"
          maw="16rem"
          allowDeselect={false}
          disabled={!allowed || change.isPending}
          data={[1, 2, 3, 5, 7, 14].map((days) => ({ value: String(days), label: days === 1 ? '1 day before' : `${days} days before` }))}
          value={String(noticeDays)}
          onChange={(value) => set({ noticeDays: Number(value) })}
        />
      </div>
    </Section>
  );
}
