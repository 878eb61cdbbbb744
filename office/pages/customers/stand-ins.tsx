import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { approvesUpTo } from '../../../src/core/authority.ts';
import { ApiProblem } from '../../api/problem.ts';
import { standInsQuery } from '../../api/queries.ts';
import type { Customer, Person } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { DayField } from '../../parts/day-field.tsx';
import { dayText } from '../../parts/days.tsx';
import { Form, FormProblem } from '../../parts/form.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { SidePanel } from '../../parts/side-panel.tsx';
import { toast } from '../../parts/toast.ts';

const renew = ['customers', 'estimates', 'events'];

/** Under the people: who approves in whose place, with the way to say so and to end it. Absent where nobody has a limit. */
export function StandIns({ customer, people }: { customer: Customer; people: readonly Person[] }) {
  const rows = useQuery(standInsQuery(customer.id)).data?.items ?? [];
  const [naming, setNaming] = useState(false);
  const end = useAct('endStandIn', { renew, done: (now) => toast(`${now.standIn.name} no longer approves in place of ${now.person.name}`) });
  const named = people.filter(({ sharedMailbox }) => !sharedMailbox);
  const away = named.filter((person) => approves(person, customer.kind));
  if (rows.length === 0 && (away.length === 0 || named.length < 2)) return null;
  return (
    <div className="stand-ins">
      {rows.map((row) => (
        <p key={row.id} className="small">
          {row.standIn.name} approves in place of {row.person.name}, {dayText(row.fromOn)} – {dayText(row.untilOn)}{' '}
          <button type="button" className="text-button" onClick={() => end.mutate({ params: { standInId: row.id } })}>
            End it now
          </button>
        </p>
      ))}
      {away.length > 0 && named.length > 1 && (
        <button type="button" className="text-button small" onClick={() => setNaming(true)}>
          Somebody is away
        </button>
      )}
      {naming && (
        <SidePanel title="While somebody is away" onClose={() => setNaming(false)}>
          <NameForm customer={customer} away={away} named={named} onDone={() => setNaming(false)} />
        </SidePanel>
      )}
    </div>
  );
}

function approves({ rights }: Person, customerKind: string): boolean {
  const { propertyIds, canManage, approveLimitMinor } = rights;
  const at = { nteMinor: null, owns: false, customerKind };
  return approvesUpTo({ ...at, whole: propertyIds === null, canManage, limitMinor: BigInt(approveLimitMinor) }) !== 0n;
}

type Props = { customer: Customer; away: readonly Person[]; named: readonly Person[]; onDone: () => void };

function NameForm({ customer, away, named, onDone }: Props) {
  const { today } = useOffice();
  const [personId, setPersonId] = useState<string | null>(away.length === 1 ? (away[0]?.id ?? null) : null);
  const [standInId, setStandInId] = useState<string | null>(null);
  const [fromOn, setFromOn] = useState<string | null>(today);
  const [untilOn, setUntilOn] = useState<string | null>(null);
  const act = useAct('nameStandIn', {
    renew,
    done: (now) => {
      onDone();
      toast(`${now.standIn.name} approves in place of ${now.person.name} until ${dayText(now.untilOn)}`);
    },
    failed: () => true,
  });
  const problems = act.error instanceof ApiProblem ? act.error.fields : {};
  const optionsOf = (people: readonly Person[]) => people.map(({ id, name, email }) => ({ value: id, label: name || email }));
  const ready = personId !== null && standInId !== null && fromOn !== null && untilOn !== null;
  return (
    <Form onSubmit={() => ready && act.mutate({ params: { customerId: customer.id }, body: { personId, standInId, fromOn, untilOn } })}>
      <p className="dim small">What would wait for the one goes to the other, up to the same limit and never more. Both records name both.</p>
      <Select label="Who is away" data={optionsOf(away)} value={personId} comboboxProps={{ withinPortal: false }} onChange={setPersonId} data-autofocus />
      <Select
        label="Who approves in their place"
        data={optionsOf(named.filter(({ id }) => id !== personId))}
        value={standInId}
        error={problems['standInId']}
        comboboxProps={{ withinPortal: false }}
        onChange={setStandInId}
      />
      <DayField label="First day" day={fromOn} minDate={today} onDay={setFromOn} error={problems['fromOn']} popoverProps={{ withinPortal: false }} />
      <DayField
        label="Last day"
        day={untilOn}
        minDate={fromOn ?? today}
        onDay={setUntilOn}
        error={problems['untilOn']}
        popoverProps={{ withinPortal: false }}
      />
      <FormProblem error={act.error} />
      <div className="row">
        <Button type="submit" loading={act.isPending} disabled={!ready}>
          Save
        </Button>
        <Button variant="subtle" color="gray" onClick={onDone}>
          Not now
        </Button>
      </div>
    </Form>
  );
}
