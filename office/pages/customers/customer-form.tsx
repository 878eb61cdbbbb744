import { Button, Checkbox, Collapse, NumberInput, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { freshId } from '../../api/fresh-id.ts';
import { ApiProblem, sentenceOf } from '../../api/problem.ts';
import type { Customer, CustomerBody, CustomerPatch } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { AddressFields, noAddress } from '../../parts/address-fields.tsx';
import { Form, FormProblem } from '../../parts/form.tsx';
import { MoneyField } from '../../parts/money-field.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { toast } from '../../parts/toast.ts';
import { kinds, languages } from './kinds.ts';

type Fields = Required<Omit<CustomerBody, 'id' | 'contact'>>;
type SetFields = (change: Partial<Fields>) => void;

const blank: Fields = {
  kind: 'residential',
  name: '',
  company: '',
  billingAddress: noAddress,
  language: 'en',
  termsDays: null,
  taxExempt: false,
  taxExemptNote: '',
  poRequired: false,
  twoApproversFromMinor: null,
  notes: '',
};

/** Only the name is needed; the rest can wait until it matters. */
export function NewCustomerForm({ start = '', onDone }: { start?: string; onDone: (customer: Customer) => void }) {
  const { country } = useOffice().business;
  const id = useRef(freshId('customer'));
  const [fields, setFields] = useState<Fields>({ ...blank, name: start, billingAddress: { ...noAddress, country } });
  const [contact, setContact] = useState({ name: '', email: '', phone: '' });
  const [more, setMore] = useState(false);
  const add = useAct('addCustomer', { renew: ['customers', 'settings'], done: onDone, failed: () => true });
  const problems = add.error instanceof ApiProblem ? add.error.fields : {};
  const set: SetFields = (change) => setFields((before) => ({ ...before, ...change }));
  const body = (): CustomerBody => {
    const given = contact.email !== '' || contact.phone !== '' || contact.name !== '';
    return { id: id.current, ...fields, ...(given ? { contact: { ...contact, name: contact.name || fields.name } } : {}) };
  };
  return (
    <Form onSubmit={() => add.mutate({ body: body(), key: id.current })}>
      <KindAndName fields={fields} set={set} problems={problems} />
      <div className="fields">
        {fields.kind !== 'residential' && (
          <TextInput
            className="full"
            label="Contact"
            placeholder="Who receives the invoices"
            value={contact.name}
            onChange={(event) => setContact({ ...contact, name: event.currentTarget.value })}
          />
        )}
        <TextInput
          label="E-mail"
          type="email"
          value={contact.email}
          error={problems['contact.email']}
          onChange={(event) => setContact({ ...contact, email: event.currentTarget.value })}
        />
        <TextInput
          label="Phone"
          type="tel"
          value={contact.phone}
          error={problems['contact.phone']}
          onChange={(event) => setContact({ ...contact, phone: event.currentTarget.value })}
        />
        <AddressFields address={fields.billingAddress} onChange={(billingAddress) => set({ billingAddress })} />
      </div>
      {!more && (
        <div>
          <button type="button" className="text-button" onClick={() => setMore(true)}>
            Language, terms, tax and more
          </button>
        </div>
      )}
      <Collapse expanded={more}>
        <MoreFields fields={fields} set={set} />
      </Collapse>
      {add.isError && Object.keys(problems).length === 0 && (
        <p className="bad small" role="alert">
          {sentenceOf(add.error)}
        </p>
      )}
      <div className="form-foot">
        <Button type="submit" loading={add.isPending}>
          Add customer
        </Button>
      </div>
    </Form>
  );
}

/** All that is known of a customer, to be corrected. */
export function EditCustomerForm({ customer, onDone }: { customer: Customer; onDone: () => void }) {
  const [change, setChange] = useState<CustomerPatch>({});
  const save = useAct('changeCustomer', {
    renew: ['customers', 'invoices'],
    done: () => {
      toast('Saved');
      onDone();
    },
    failed: () => true,
  });
  const problems = save.error instanceof ApiProblem ? save.error.fields : {};
  const fields: Fields = { ...blank, ...customer, ...change };
  const set: SetFields = (next) => setChange((before) => ({ ...before, ...next }));
  return (
    <Form onSubmit={() => save.mutate({ params: { customerId: customer.id }, body: change, version: customer.version })}>
      <KindAndName fields={fields} set={set} problems={problems} />
      <div className="fields">
        <AddressFields legend="Billing address" address={fields.billingAddress} onChange={(billingAddress) => set({ billingAddress })} />
      </div>
      <MoreFields fields={fields} set={set} />
      <FormProblem error={save.error} />
      <div className="form-foot">
        <Button type="submit" loading={save.isPending} disabled={Object.keys(change).length === 0}>
          Save changes
        </Button>
      </div>
    </Form>
  );
}

function KindAndName({ fields, set, problems }: { fields: Fields; set: SetFields; problems: Readonly<Record<string, string>> }) {
  return (
    <>
      <SegmentedControl
        aria-label="Kind of customer"
        data={[...kinds]}
        value={fields.kind}
        onChange={(value) => set({ kind: value as Fields['kind'] })}
        fullWidth
        size="xs"
      />
      <TextInput
        label={fields.kind === 'residential' ? 'Name' : 'Company'}
        required
        withAsterisk={false}
        maxLength={120}
        data-autofocus
        value={fields.name}
        error={problems['name']}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
    </>
  );
}

function MoreFields({ fields, set }: { fields: Fields; set: SetFields }) {
  return (
    <div className="stack">
      <div className="fields">
        <Select
          label="Language of pages and mails"
          data={languages}
          value={fields.language}
          allowDeselect={false}
          onChange={(value) => set({ language: (value ?? 'en') as Fields['language'] })}
        />
        <NumberInput
          label="Days to pay"
          placeholder="As in settings"
          min={0}
          max={365}
          allowDecimal={false}
          value={fields.termsDays ?? ''}
          onChange={(value) => set({ termsDays: typeof value === 'number' ? value : null })}
        />
      </div>
      <Checkbox
        label="Asks for a PO number on every invoice"
        checked={fields.poRequired}
        onChange={(event) => set({ poRequired: event.currentTarget.checked })}
      />
      <TwoApprovers fields={fields} set={set} />
      <Checkbox label="Tax exempt" checked={fields.taxExempt} onChange={(event) => set({ taxExempt: event.currentTarget.checked })} />
      {fields.taxExempt && (
        <TextInput
          label="Exemption certificate"
          value={fields.taxExemptNote}
          maxLength={120}
          onChange={(event) => set({ taxExemptNote: event.currentTarget.value })}
        />
      )}
      <Textarea
        label="Notes"
        description="For the office only"
        autosize
        minRows={2}
        value={fields.notes}
        onChange={(event) => set({ notes: event.currentTarget.value })}
      />
    </div>
  );
}

/** Whether one yes is enough on their side. */
function TwoApprovers({ fields, set }: { fields: Fields; set: SetFields }) {
  const { currency } = useOffice().business;
  const from = fields.twoApproversFromMinor;
  return (
    <>
      <Checkbox
        label="Two people approve estimates"
        description="Two different named persons with the right; the first yes waits for the second."
        checked={from !== null}
        onChange={(event) => set({ twoApproversFromMinor: event.currentTarget.checked ? 0 : null })}
      />
      {from !== null && (
        <MoneyField
          label="From this amount on"
          description="0 for every estimate"
          minor={from}
          currency={currency}
          onMinor={(minor) => set({ twoApproversFromMinor: minor ?? 0 })}
        />
      )}
    </>
  );
}
