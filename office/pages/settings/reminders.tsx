import './reminders.css';
import { Button, NativeSelect, NumberInput, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { isProblemCode } from '../../api/problem.ts';
import { reminderReachQuery, reminderRulesQuery } from '../../api/queries.ts';
import type { ReminderReach, ReminderRules, ReminderRulesPatch } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { hourText } from '../../parts/days.tsx';
import { Note, ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Section } from '../../parts/page.tsx';
import { counted } from '../../parts/reminder-words.ts';
import { toast } from '../../parts/toast.ts';
import { Plan } from './reminder-plan.tsx';
import { Steps } from './reminder-steps.tsx';
import { SwitchOn } from './reminder-switch.tsx';
import { SectionForm } from './section-form.tsx';

const hours = Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: hourText(hour) }));

/** Who is reminded of what, when, in which words, and who gets what in the next two weeks. */
export function Reminders() {
  const rules = useQuery(reminderRulesQuery);
  const reach = useQuery(reminderReachQuery);
  if (rules.data === undefined || reach.data === undefined) {
    const failed = [rules, reach].find(({ isError }) => isError);
    return failed ? <ProblemNote error={failed.error} onRetry={() => void failed.refetch()} /> : <SkeletonRows rows={6} />;
  }
  return (
    <div className="reminders">
      <State rules={rules.data} reach={reach.data} />
      <RulesForm rules={rules.data} />
      <History reach={reach.data} rules={rules.data} />
      <Plan version={rules.data.version} active={rules.data.active} />
    </div>
  );
}

function State({ rules, reach }: { rules: ReminderRules; reach: ReminderReach }) {
  const [asking, setAsking] = useState(false);
  const change = useAct('changeReminderRules', { renew: ['reminders'] });
  const off = (): void => change.mutate({ body: { active: false }, version: rules.version }, { onSuccess: () => toast('Reminders are off') });
  return (
    <>
      <Note tone={rules.active ? 'good' : 'neutral'}>
        <p>
          {rules.active ? 'Reminders leave by themselves.' : 'Reminders are off. Nothing leaves by itself.'} {counted(reach.own.invoices, 'open invoice')} of{' '}
          {counted(reach.own.customers, 'customer')}, {reach.own.lateInvoices.toLocaleString('en-US')} of them late.
        </p>
        <Button size="xs" mt="xs" variant={rules.active ? 'default' : 'filled'} loading={change.isPending} onClick={rules.active ? off : () => setAsking(true)}>
          {rules.active ? 'Turn reminders off' : 'Turn reminders on'}
        </Button>
      </Note>
      {asking && (
        <SwitchOn
          title="Turn reminders on"
          act="Turn reminders on"
          reach={reach.own}
          busy={change.isPending}
          onAct={(lateToo) =>
            change.mutate(
              { body: { active: true, lateToo }, version: rules.version },
              {
                onSuccess: () => {
                  setAsking(false);
                  toast('Reminders are on');
                },
              },
            )
          }
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

function RulesForm({ rules }: { rules: ReminderRules }) {
  const [change, setChange] = useState<ReminderRulesPatch>({});
  const save = useAct('changeReminderRules', {
    renew: ['reminders'],
    done: (now, _, client) => {
      client.setQueryData(reminderRulesQuery.queryKey, now);
      setChange({});
      toast('Saved');
    },
    failed: (error) => {
      if (isProblemCode(error, 'stale_version')) toast('Someone else changed this meanwhile. Reload to see it.', { tone: 'bad' });
      return true;
    },
  });
  const value = { ...rules, ...change };
  const set = (next: ReminderRulesPatch): void => setChange((before) => ({ ...before, ...next }));
  const form = {
    dirty: Object.keys(change).length > 0,
    undo: () => setChange({}),
    submit: () => save.mutate({ body: change, version: rules.version }),
    save,
  };
  return (
    <SectionForm form={form}>
      <Steps steps={value.steps} onSteps={(steps) => set({ steps })} />
      <div className="row wrap reminder-when">
        <NativeSelect label="Sent at" data={hours} value={String(value.sendHour)} onChange={(event) => set({ sendHour: Number(event.currentTarget.value) })} />
        <NumberInput
          label="At most for one invoice"
          w={170}
          min={1}
          max={20}
          allowDecimal={false}
          value={value.mostPerInvoice}
          onChange={(most) => typeof most === 'number' && set({ mostPerInvoice: most })}
        />
      </div>
      <Switch
        label="Monday to Friday only"
        description="A reminder before the due day moves to the Friday, one after it to the Monday"
        checked={value.weekdaysOnly}
        onChange={(event) => set({ weekdaysOnly: event.currentTarget.checked })}
      />
      <p className="dim small">
        Several overdue invoices of one customer go in one mail. Nothing is sent within 24 hours of a payment, a question or another reminder, nor for money
        that is on its way or in question.
      </p>
    </SectionForm>
  );
}

/** Imported customers and invoices are left out until the office says so (rule 2). */
function History({ reach, rules }: { reach: ReminderReach; rules: ReminderRules }) {
  const [asking, setAsking] = useState(false);
  const on = useAct('remindHistory', {
    renew: ['reminders', 'customers'],
    done: () => {
      setAsking(false);
      toast('Imported invoices are reminded of too');
    },
  });
  if (reach.history.invoices === 0 && reach.customersOff === 0) return null;
  return (
    <Section title="Left out" id="left-out">
      <p>
        {counted(reach.history.invoices, 'open invoice')} of {counted(reach.history.customers, 'customer')} {reach.history.invoices === 1 ? 'was' : 'were'}{' '}
        imported or switched off, so nobody is reminded of {reach.history.invoices === 1 ? 'it' : 'them'}.
        {reach.customersOff > 0 && ` Reminders are off for ${counted(reach.customersOff, 'customer')}; the switch is on the page of each.`}
      </p>
      {!rules.history && (
        <Button variant="default" size="xs" onClick={() => setAsking(true)}>
          Remind all of them too
        </Button>
      )}
      {asking && (
        <SwitchOn
          title="Remind imported customers too"
          act={`Remind of ${counted(reach.history.invoices, 'invoice')}`}
          reach={reach.history}
          busy={on.isPending}
          onAct={(lateToo) => on.mutate({ body: { lateToo } })}
          onClose={() => setAsking(false)}
        />
      )}
    </Section>
  );
}
