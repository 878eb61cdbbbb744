import { Button, Checkbox, MultiSelect, Select, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { call } from '../../api/client.ts';
import { freshId } from '../../api/fresh-id.ts';
import { ApiProblem } from '../../api/problem.ts';
import { propertiesQuery } from '../../api/queries.ts';
import type { Customer, Person, PersonBody, Rights } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { Form, FormProblem } from '../../parts/form.tsx';
import { MoneyField } from '../../parts/money-field.tsx';
import { Note } from '../../parts/notes.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { toast } from '../../parts/toast.ts';
import { languages } from './kinds.ts';

const usual: Rights = { propertyIds: null, canView: true, canAsk: true, canPay: true, canManage: false, approveLimitMinor: 0, bills: true };
type Fields = { name: string; email: string; phone: string; language: Person['language']; sharedMailbox: boolean };

export function PersonForm({ customer, person, onDone }: { customer: Customer; person: Person | null; onDone: (person?: Person) => void }) {
  const client = useQueryClient();
  const id = useRef(freshId('person'));
  const [fields, setFields] = useState<Fields>(person ?? { name: '', email: '', phone: '', language: customer.language, sharedMailbox: false });
  const [rights, setRights] = useState<Rights>(person?.rights ?? usual);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const [removing, setRemoving] = useState(false);
  const problems = problem instanceof ApiProblem ? problem.fields : {};
  const set = (change: Partial<Fields>): void => setFields((before) => ({ ...before, ...change }));
  const save = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      const saved = await savePerson(customer.id, person, id.current, fields, rights);
      for (const key of ['customers', 'people', 'links']) void client.invalidateQueries({ queryKey: [key] });
      onDone(saved);
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  return (
    <Form onSubmit={() => save()}>
      {person?.bouncedAt && <Note tone="bad">Mail to this address came back. Correct the address to send again.</Note>}
      <PersonFields fields={fields} set={set} problems={problems} />
      <RightsFields customer={customer} rights={rights} onChange={setRights} />
      <FormProblem error={problem} />
      <div className="form-foot">
        <Button type="submit" loading={busy}>
          {person === null ? 'Add person' : 'Save changes'}
        </Button>
        {person !== null && (
          <Button variant="subtle" color="red" onClick={() => setRemoving(true)}>
            Remove
          </Button>
        )}
      </div>
      {removing && person !== null && <RemovePerson customer={customer} person={person} onClose={() => setRemoving(false)} onDone={() => onDone()} />}
    </Form>
  );
}

type FieldsProps = { fields: Fields; set: (change: Partial<Fields>) => void; problems: Readonly<Record<string, string>> };

function PersonFields({ fields, set, problems }: FieldsProps) {
  return (
    <>
      <div className="fields">
        <TextInput
          className="full"
          label="Name"
          required
          withAsterisk={false}
          data-autofocus
          value={fields.name}
          error={problems['name']}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <TextInput
          className="full"
          label="E-mail"
          type="email"
          value={fields.email}
          error={problems['email']}
          onChange={(event) => set({ email: event.currentTarget.value })}
        />
        <TextInput label="Phone" type="tel" value={fields.phone} error={problems['phone']} onChange={(event) => set({ phone: event.currentTarget.value })} />
        <Select
          label="Language"
          data={languages}
          value={fields.language}
          allowDeselect={false}
          onChange={(value) => set({ language: (value ?? 'en') as Fields['language'] })}
        />
      </div>
      <Checkbox
        label="Shared mailbox"
        description="One address, several people: may view, ask and pay, not approve"
        checked={fields.sharedMailbox}
        onChange={(event) => set({ sharedMailbox: event.currentTarget.checked })}
      />
    </>
  );
}

async function savePerson(customerId: string, person: Person | null, id: string, fields: Fields, rights: Rights): Promise<Person> {
  const { name, email, phone, language, sharedMailbox } = fields;
  const body: PersonBody = { name, email, phone, language, sharedMailbox };
  if (person === null) return call('addPerson', { params: { customerId }, body: { id, ...body, rights }, key: id });
  const params = { customerId, personId: person.id };
  const changed = (Object.keys(body) as (keyof Fields)[]).some((key) => fields[key] !== person[key]);
  const saved = changed ? await call('changePerson', { params, body, version: person.version }) : person;
  return JSON.stringify(rights) === JSON.stringify(person.rights) ? saved : call('setRights', { params, body: rights });
}

function RightsFields({ customer, rights, onChange }: { customer: Customer; rights: Rights; onChange: (rights: Rights) => void }) {
  const { currency } = useOffice().business;
  const properties = useQuery(propertiesQuery(customer.id));
  const list = properties.data?.items ?? [];
  const box = (name: 'bills' | 'canAsk' | 'canPay' | 'canManage', label: string) => (
    <Checkbox label={label} checked={rights[name]} onChange={(event) => onChange({ ...rights, [name]: event.currentTarget.checked })} />
  );
  return (
    <fieldset className="fieldset stack" style={{ gap: '0.625rem' }}>
      <legend>May</legend>
      {box('bills', 'Receive invoices by mail')}
      {box('canPay', 'Pay')}
      {box('canAsk', 'Ask questions')}
      {box('canManage', 'Manage the people of this customer')}
      {list.length > 0 && (
        <MultiSelect
          label="Which properties"
          placeholder={rights.propertyIds === null ? 'All properties, also later ones' : ''}
          description="Nobody chosen here sees anything of the other properties"
          data={list.map((property) => ({ value: property.id, label: property.title }))}
          value={rights.propertyIds ?? []}
          searchable
          clearable
          onChange={(ids) => onChange({ ...rights, propertyIds: ids.length === 0 ? null : ids })}
        />
      )}
      <MoneyField
        label="Approves up to"
        description="0 approves nothing"
        currency={currency}
        minor={rights.approveLimitMinor}
        onMinor={(minor) => minor !== null && minor >= 0 && onChange({ ...rights, approveLimitMinor: minor })}
      />
    </fieldset>
  );
}

function RemovePerson({ customer, person, onClose, onDone }: { customer: Customer; person: Person; onClose: () => void; onDone: () => void }) {
  const remove = useAct('removePerson', {
    renew: ['customers', 'people', 'links'],
    done: () => {
      toast(`${person.name} is removed`);
      onDone();
    },
  });
  return (
    <Confirm
      title={`Remove ${person.name}?`}
      act={`Remove ${person.name}`}
      keep="Keep"
      danger
      busy={remove.isPending}
      onAct={() => remove.mutate({ params: { customerId: customer.id, personId: person.id } })}
      onClose={onClose}
    >
      Every link mailed to {person.email === '' ? 'them' : person.email} ends at once. What they did stays on the timelines.
    </Confirm>
  );
}
