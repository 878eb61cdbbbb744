import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { chargeRulesQuery, customerChargesQuery } from '../../api/queries.ts';
import type { CustomerCharges, EarlyDiscount, LateFee } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { EarlyFields, firstEarly, firstLateFee, LateFeeFields, RulePick, useRuleWords } from '../../parts/charge-rules.tsx';
import { FormProblem } from '../../parts/form.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { Section } from '../../parts/page.tsx';
import { SidePanel } from '../../parts/side-panel.tsx';
import { toast } from '../../parts/toast.ts';

/** What was agreed with this customer about paying late and early, where it is not as usual. */
export function Agreed({ customerId }: { customerId: string }) {
  const { business } = useOffice();
  const words = useRuleWords(business.currency);
  const usual = useQuery(chargeRulesQuery).data;
  const agreed = useQuery(customerChargesQuery(customerId)).data;
  const [editing, setEditing] = useState(false);
  if (usual === undefined || agreed === undefined) return null;
  const late = agreed.lateFee === null ? usual.lateFee : agreed.lateFee === 'off' ? null : agreed.lateFee;
  const early = agreed.earlyDiscount === null ? usual.earlyDiscount : agreed.earlyDiscount === 'off' ? null : agreed.earlyDiscount;
  const own = (value: unknown): string => (value === null ? ' (as usual)' : '');
  return (
    <Section
      title="Paying late and early"
      id="agreed"
      actions={
        <Button size="xs" variant="default" onClick={() => setEditing(true)}>
          Change
        </Button>
      }
    >
      <dl className="facts">
        <div className="fact">
          <dt>Late</dt>
          <dd>
            {words.late(late)}
            <span className="dim">{own(agreed.lateFee)}</span>
          </dd>
        </div>
        <div className="fact">
          <dt>Early</dt>
          <dd>
            {words.early(early)}
            <span className="dim">{own(agreed.earlyDiscount)}</span>
          </dd>
        </div>
      </dl>
      {editing && (
        <SidePanel title="Paying late and early" onClose={() => setEditing(false)}>
          <AgreedForm
            customerId={customerId}
            agreed={agreed}
            usual={{ late: words.late(usual.lateFee), early: words.early(usual.earlyDiscount) }}
            onDone={() => setEditing(false)}
          />
        </SidePanel>
      )}
    </Section>
  );
}

type FormProps = { customerId: string; agreed: CustomerCharges; usual: { late: string; early: string }; onDone: () => void };

function AgreedForm({ customerId, agreed, usual, onDone }: FormProps) {
  const { business } = useOffice();
  const [late, setLate] = useState<LateFee | 'off' | 'usual'>(agreed.lateFee ?? 'usual');
  const [early, setEarly] = useState<EarlyDiscount | 'off' | 'usual'>(agreed.earlyDiscount ?? 'usual');
  const save = useAct('changeCustomerCharges', {
    renew: ['customers'],
    done: () => {
      onDone();
      toast('Saved. New invoices follow it.');
    },
    failed: () => true,
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        const body = { lateFee: late === 'usual' ? null : late, earlyDiscount: early === 'usual' ? null : early };
        save.mutate({ params: { customerId }, body, version: agreed.version });
      }}
    >
      <RulePick label="Paying late" usual={usual.late} none="No late fee" own="Their own late fee" first={firstLateFee} value={late} onValue={setLate}>
        {(rule) => <LateFeeFields rule={rule} currency={business.currency} onRule={setLate} />}
      </RulePick>
      <RulePick label="Paying early" usual={usual.early} none="No discount" own="Their own discount" first={firstEarly} value={early} onValue={setEarly}>
        {(rule) => <EarlyFields rule={rule} onRule={setEarly} />}
      </RulePick>
      <p className="dim small">Invoices that are issued keep what they say.</p>
      <FormProblem error={save.error} />
      <div className="form-foot">
        <Button type="submit" loading={save.isPending}>
          Save changes
        </Button>
      </div>
    </form>
  );
}
