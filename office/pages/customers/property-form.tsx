import { Button, Checkbox, NativeSelect, Select, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { freshId } from '../../api/fresh-id.ts';
import { ApiProblem } from '../../api/problem.ts';
import { peopleQuery, taxRatesQuery } from '../../api/queries.ts';
import type { Property } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { AddressFields, noAddress } from '../../parts/address-fields.tsx';
import { Form, FormProblem } from '../../parts/form.tsx';
import { MoneyField } from '../../parts/money-field.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { toast } from '../../parts/toast.ts';

type Fields = Pick<
  Property,
  | 'code'
  | 'name'
  | 'unit'
  | 'address'
  | 'ownerName'
  | 'ownerPersonId'
  | 'costCode'
  | 'accessNotes'
  | 'accessNotesShown'
  | 'nteMinor'
  | 'poRequired'
  | 'taxRateId'
>;

const fresh: Omit<Fields, 'address'> = {
  ...{ code: '', name: '', unit: '', ownerName: '', ownerPersonId: null, costCode: '', accessNotes: '', accessNotesShown: true },
  ...{ nteMinor: null, poRequired: null, taxRateId: null },
};

export function PropertyForm({ customerId, property, onDone }: { customerId: string; property: Property | null; onDone: (property: Property) => void }) {
  const { country } = useOffice().business;
  const id = useRef(freshId('property'));
  const [fields, setFields] = useState<Fields>(property ?? { ...fresh, address: { ...noAddress, country } });
  const options = { renew: ['customers'], done: onDone, failed: () => true };
  const add = useAct('addProperty', options);
  const change = useAct('changeProperty', options);
  const act = property === null ? add : change;
  const problems = act.error instanceof ApiProblem ? act.error.fields : {};
  const { code, name, unit, address, ownerName, ownerPersonId, costCode, accessNotes, accessNotesShown, nteMinor, poRequired, taxRateId } = fields;
  const body: Fields = { code, name, unit, address, ownerName, ownerPersonId, costCode, accessNotes, accessNotesShown, nteMinor, poRequired, taxRateId };
  const save = (): void => {
    if (property === null) add.mutate({ params: { customerId }, body: { id: id.current, ...body }, key: id.current });
    else change.mutate({ params: { propertyId: property.id }, body, version: property.version });
  };
  return (
    <Form onSubmit={() => save()}>
      <PropertyFields customerId={customerId} fields={fields} set={setFields} problems={problems} />
      <FormProblem error={act.error} />
      <div className="form-foot">
        <Button type="submit" loading={act.isPending}>
          {property === null ? 'Add property' : 'Save changes'}
        </Button>
        {property !== null && !property.archived && (
          <Button
            variant="subtle"
            color="gray"
            onClick={() =>
              change.mutate(
                { params: { propertyId: property.id }, body: { archived: true }, version: property.version },
                { onSuccess: () => toast(`${property.title} is archived`) },
              )
            }
          >
            Archive
          </Button>
        )}
      </div>
    </Form>
  );
}

type FieldsProps = { customerId: string; fields: Fields; set: (fields: Fields) => void; problems: Readonly<Record<string, string>> };

function PropertyFields({ customerId, fields, set: setFields, problems }: FieldsProps) {
  const rates = useQuery(taxRatesQuery);
  const text = (name: 'code' | 'name' | 'unit' | 'costCode', label: string, max: number, description?: string) => (
    <TextInput
      label={label}
      description={description}
      maxLength={max}
      value={fields[name]}
      error={problems[name]}
      onChange={(event) => setFields({ ...fields, [name]: event.currentTarget.value })}
    />
  );
  return (
    <div className="fields">
      {text('name', 'Name', 120)}
      {text('code', 'Code', 40)}
      <AddressFields address={fields.address} onChange={(address) => setFields({ ...fields, address })} />
      {text('unit', 'Unit', 40)}
      {text('costCode', 'Cost code', 40, 'What the customer books its costs under')}
      <OwnerFields customerId={customerId} fields={fields} set={setFields} problems={problems} />
      <Select
        label="Tax rate"
        description="For work here, before the rate of the item"
        placeholder="As in settings"
        clearable
        data={(rates.data?.items ?? []).map((rate) => ({ value: rate.id, label: rate.name }))}
        value={fields.taxRateId}
        onChange={(taxRateId) => setFields({ ...fields, taxRateId })}
      />
      <Textarea
        className="full"
        label="Access notes"
        description="For the office and crew"
        autosize
        minRows={2}
        value={fields.accessNotes}
        onChange={(event) => setFields({ ...fields, accessNotes: event.currentTarget.value })}
      />
      <Checkbox
        className="full"
        label="The customer’s people see the access notes too"
        checked={fields.accessNotesShown}
        onChange={(event) => setFields({ ...fields, accessNotesShown: event.currentTarget.checked })}
      />
    </div>
  );
}

/** Whose it is, and what follows for approving. */
function OwnerFields({ customerId, fields, set, problems }: FieldsProps) {
  const people = useQuery(peopleQuery(customerId)).data?.items ?? [];
  const { currency } = useOffice().business;
  const rule = fields.poRequired === null ? '' : fields.poRequired ? 'yes' : 'no';
  return (
    <>
      <TextInput
        label="Owner"
        maxLength={120}
        value={fields.ownerName}
        error={problems['ownerName']}
        onChange={(event) => set({ ...fields, ownerName: event.currentTarget.value })}
      />
      {people.length > 0 && (
        <Select
          label="Owner among the people"
          placeholder="Nobody of them"
          clearable
          data={people.map((person) => ({ value: person.id, label: person.name }))}
          value={fields.ownerPersonId}
          onChange={(ownerPersonId) => {
            const ownerName = fields.ownerName || (people.find(({ id }) => id === ownerPersonId)?.name ?? '');
            set({ ...fields, ownerPersonId, ownerName });
          }}
        />
      )}
      <MoneyField
        label="Approved on site up to"
        description="Above it whoever looks after this property only recommends. Empty: their own limit"
        currency={currency}
        minor={fields.nteMinor}
        error={problems['nteMinor']}
        onMinor={(nteMinor) => (nteMinor === null || nteMinor >= 0) && set({ ...fields, nteMinor })}
      />
      <NativeSelect
        label="PO number to approve"
        data={[
          { value: '', label: 'As the customer' },
          { value: 'yes', label: 'Asked for' },
          { value: 'no', label: 'Not asked for' },
        ]}
        value={rule}
        onChange={(event) => {
          const picked = event.currentTarget.value;
          set({ ...fields, poRequired: picked === '' ? null : picked === 'yes' });
        }}
      />
    </>
  );
}
