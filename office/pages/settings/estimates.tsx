import { NumberInput, Select, Switch, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { estimateRulesQuery } from '../../api/estimate-queries.ts';
import { ApiProblem } from '../../api/problem.ts';
import type { EstimateRules, EstimateRulesPatch } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { MoneyField } from '../../parts/money-field.tsx';
import { ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { toast } from '../../parts/toast.ts';
import { SectionForm } from './section-form.tsx';
import type { SectionProps } from './settings.tsx';

const words = [
  { value: 'estimate', label: 'Estimate' },
  { value: 'quote', label: 'Quote' },
  { value: 'proposal', label: 'Proposal' },
];
const usualThreshold = 100_000;

/** What is usual for estimates. Those that are issued keep what they say. */
export function Estimates({ settings }: SectionProps) {
  const query = useQuery(estimateRulesQuery);
  if (query.data === undefined) return query.isError ? <ProblemNote error={query.error} onRetry={() => void query.refetch()} /> : <SkeletonRows rows={5} />;
  return <RulesForm rules={query.data} currency={settings.company.currency} />;
}

function RulesForm({ rules, currency }: { rules: EstimateRules; currency: string }) {
  const [change, setChange] = useState<EstimateRulesPatch>({});
  const save = useAct('changeEstimateRules', {
    done: (now, _, client) => {
      client.setQueryData(estimateRulesQuery.queryKey, now);
      setChange({});
      toast('Saved');
    },
    failed: (error) => error instanceof ApiProblem,
  });
  const value = { ...rules, ...change };
  const set = (next: EstimateRulesPatch): void => setChange((before) => ({ ...before, ...next }));
  const days = (name: 'validDays' | 'remindDays' | 'undoHours', label: string, description: string, [min, max]: readonly [number, number]) => (
    <NumberInput
      label={label}
      description={description}
      maw={280}
      min={min}
      max={max}
      clampBehavior="blur"
      allowDecimal={false}
      value={value[name]}
      onChange={(typed) => typeof typed === 'number' && set({ [name]: typed })}
    />
  );
  const form = { dirty: Object.keys(change).length > 0, undo: () => setChange({}), submit: () => save.mutate({ body: change }), save };
  return (
    <SectionForm form={form}>
      <Select
        label="What your customers read"
        description="On the page, in mails and on the PDF of new ones"
        maw={280}
        data={words}
        value={value.word}
        allowDeselect={false}
        onChange={(word) => set({ word: (word ?? 'estimate') as EstimateRules['word'] })}
      />
      {days('validDays', 'Valid for', 'Days after it is sent, unless you choose a day', [1, 365])}
      {days('remindDays', 'Remind before it expires', 'Days before its last day; 0 for never', [0, 30])}
      <Textarea
        label="Terms"
        description="On new estimates, accepted with the approval"
        autosize
        minRows={3}
        maxRows={14}
        maxLength={10_000}
        value={value.terms}
        onChange={(event) => set({ terms: event.currentTarget.value })}
      />
      {days('undoHours', 'An approval can be taken back for', 'Hours, and only until you begin; 0 for not at all', [0, 720])}
      <Switch
        label="Ask for a code above an amount"
        description="Mailed to the recorded address before approving. Commercial customers and people with a limit are always asked"
        checked={value.codeThresholdMinor !== null}
        onChange={(event) => set({ codeThresholdMinor: event.currentTarget.checked ? (rules.codeThresholdMinor ?? usualThreshold) : null })}
      />
      {value.codeThresholdMinor !== null && (
        <MoneyField
          label="Above"
          maw={200}
          currency={currency}
          minor={value.codeThresholdMinor}
          onMinor={(codeThresholdMinor) => codeThresholdMinor !== null && set({ codeThresholdMinor })}
        />
      )}
    </SectionForm>
  );
}
