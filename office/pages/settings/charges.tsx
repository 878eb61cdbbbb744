import { Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiProblem, isProblemCode } from '../../api/problem.ts';
import { chargeRulesQuery } from '../../api/queries.ts';
import type { ChargeRules, ChargeRulesPatch } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { EarlyFields, firstEarly, firstLateFee, LateFeeFields, RulePick, useRuleWords } from '../../parts/charge-rules.tsx';
import { ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { toast } from '../../parts/toast.ts';
import { SectionForm } from './section-form.tsx';
import type { SectionProps } from './settings.tsx';

/** What the business usually agrees for paying late and early. Invoices keep what they were issued with. */
export function Charges({ settings }: SectionProps) {
  const query = useQuery(chargeRulesQuery);
  if (query.data === undefined) return query.isError ? <ProblemNote error={query.error} onRetry={() => void query.refetch()} /> : <SkeletonRows rows={5} />;
  return <RulesForm rules={query.data} currency={settings.company.currency} />;
}

function RulesForm({ rules, currency }: { rules: ChargeRules; currency: string }) {
  const [change, setChange] = useState<ChargeRulesPatch>({});
  const words = useRuleWords(currency);
  const save = useAct('changeChargeRules', {
    done: (now, _, client) => {
      client.setQueryData(chargeRulesQuery.queryKey, now);
      setChange({});
      toast('Saved');
    },
    failed: (error, _input) => {
      if (isProblemCode(error, 'stale_version')) toast('Someone else changed this meanwhile. Reload to see it.', { tone: 'bad' });
      return error instanceof ApiProblem;
    },
  });
  const value = { ...rules, ...change };
  const set = (next: ChargeRulesPatch): void => setChange((before) => ({ ...before, ...next }));
  const form = {
    dirty: Object.keys(change).length > 0,
    undo: () => setChange({}),
    submit: () => save.mutate({ body: change, version: rules.version }),
    save,
  };
  return (
    <SectionForm form={form}>
      <RulePick
        label="Paying late"
        none="No late fee"
        own="A late fee"
        first={firstLateFee}
        value={value.lateFee ?? 'off'}
        onValue={(lateFee) => set({ lateFee: typeof lateFee === 'object' ? lateFee : null })}
      >
        {(rule) => <LateFeeFields rule={rule} currency={currency} onRule={(lateFee) => set({ lateFee })} />}
      </RulePick>
      {value.lateFee !== null && (
        <>
          <p className="dim small">
            New invoices say: {words.late(value.lateFee)}. A fee is an invoice of its own, of what is overdue then; never on money that is on its way, announced
            or in question.
          </p>
          <Switch
            label="Send late fees by themselves"
            description="Otherwise each waits as a draft for you to look at"
            checked={value.sendFees}
            onChange={(event) => set({ sendFees: event.currentTarget.checked })}
          />
        </>
      )}
      <RulePick
        label="Paying early"
        none="No discount for paying early"
        own="A discount for paying early"
        first={firstEarly}
        value={value.earlyDiscount ?? 'off'}
        onValue={(early) => set({ earlyDiscount: typeof early === 'object' ? early : null })}
      >
        {(rule) => <EarlyFields rule={rule} onRule={(earlyDiscount) => set({ earlyDiscount })} />}
      </RulePick>
      <p className="dim small">This is for new invoices. A customer or a single invoice can have its own; what is issued keeps what it says.</p>
    </SectionForm>
  );
}
