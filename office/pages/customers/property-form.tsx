import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { freshId } from '../../api/fresh-id.ts';
import { ApiProblem } from '../../api/problem.ts';
import { taxRatesQuery } from '../../api/queries.ts';
import type { Property } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { AddressFields, noAddress } from '../../parts/address-fields.tsx';
import { Form, FormProblem } from '../../parts/form.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { toast } from '../../parts/toast.ts';

type Fields = Pick<Property, 'code' | 'name' | 'unit' | 'address' | 'accessNotes' | 'taxRateId'>;

export function PropertyForm({ customerId, property, onDone }: { customerId: string; property: Property | null; onDone: (property: Property) => void }) {
  const { country } = useOffice().business;
  const id = useRef(freshId('property'));
  const [fields, setFields] = useState<Fields>(
    property ?? { code: '', name: '', unit: '', address: { ...noAddress, country }, accessNotes: '', taxRateId: null },
  );
  const options = { renew: ['customers'], done: onDone, failed: () => true };
  const add = useAct('addProperty', options);
  const change = useAct('changeProperty', options);
  const act = property === null ? add : change;
  const problems = act.error instanceof ApiProblem ? act.error.fields : {};
  const body: Fields = {
    code: fields.code,
    name: fields.name,
    unit: fields.unit,
    address: fields.address,
    accessNotes: fields.accessNotes,
    taxRateId: fields.taxRateId,
  };
  const save = (): void => {
    if (property === null) add.mutate({ params: { customerId }, body: { id: id.current, ...body }, key: id.current });
    else change.mutate({ params: { propertyId: property.id }, body, version: property.version });
  };
  return (
    <Form onSubmit={() => save()}>
      <PropertyFields fields={fields} set={setFields} problems={problems} />
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

type FieldsProps = { fields: Fields; set: (fields: Fields) => void; problems: Readonly<Record<string, string>> };

function PropertyFields({ fields, set: setFields, problems }: FieldsProps) {
  const rates = useQuery(taxRatesQuery);
  const text = (name: 'code' | 'name' | 'unit', label: string, max: number) => (
    <TextInput
      label={label}
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
        description="For the office and crew only"
        autosize
        minRows={2}
        value={fields.accessNotes}
        onChange={(event) => setFields({ ...fields, accessNotes: event.currentTarget.value })}
      />
    </div>
  );
}
