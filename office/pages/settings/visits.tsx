import { Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { visitRulesQuery } from '../../api/work-queries.ts';
import { useAct } from '../../parts/act.ts';
import { ProblemNote, SkeletonRows } from '../../parts/notes.tsx';

/** What customers see of visits. */
export function Visits() {
  const query = useQuery(visitRulesQuery);
  const change = useAct('changeVisitRules', { done: (rules, _, client) => client.setQueryData(visitRulesQuery.queryKey, rules) });
  const rules = query.data;
  if (rules === undefined) return query.isError ? <ProblemNote error={query.error} onRetry={() => void query.refetch()} /> : <SkeletonRows rows={2} />;
  return (
    <div className="stack">
      <Switch
        label="Customers see visits once they are planned"
        description="Each visit can be shown or hidden by itself; those planned already stay as they are"
        checked={rules.shown}
        onChange={(event) => change.mutate({ body: { shown: event.currentTarget.checked } })}
      />
      <Switch
        label="With the first names of those who come"
        checked={rules.crewNamed}
        onChange={(event) => change.mutate({ body: { crewNamed: event.currentTarget.checked } })}
      />
    </div>
  );
}
