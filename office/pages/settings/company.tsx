import { Select, Textarea, TextInput } from '@mantine/core';
import { AddressFields } from '../../parts/address-fields.tsx';
import { SectionForm, useSection } from './section-form.tsx';
import type { SectionProps } from './settings.tsx';
import { StorageUse } from './storage.tsx';
import { trades } from './trades.ts';

const zones = Intl.supportedValuesOf('timeZone');

export function Company({ settings }: SectionProps) {
  const form = useSection(settings, 'company');
  const { value, set, problem } = form;
  const text = (name: 'name' | 'legalName' | 'phone' | 'email' | 'website' | 'licenseLine', label: string, description?: string) => (
    <TextInput
      label={label}
      {...(description === undefined ? {} : { description })}
      value={value[name]}
      error={problem(name)}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
    />
  );
  return (
    <div className="stack" style={{ gap: '2rem' }}>
      <SectionForm form={form}>
        <div className="fields">
          {text('name', 'Business', 'As customers know it')}
          {text('legalName', 'Legal name', 'On invoices, if it differs')}
          {text('phone', 'Phone')}
          {text('email', 'E-mail')}
          {text('website', 'Website')}
          {text('licenseLine', 'License', 'Such as TX Master Plumber M-00000')}
          <AddressFields address={value.address} onChange={(address) => set({ address })} />
          <Textarea
            className="full"
            label="Hours"
            autosize
            minRows={1}
            value={value.hours}
            error={problem('hours')}
            onChange={(event) => set({ hours: event.currentTarget.value })}
          />
          <Select
            label="Trade"
            data={trades}
            value={value.trade}
            allowDeselect={false}
            onChange={(trade) => trade && set({ trade: trade as typeof value.trade })}
          />
          <Select
            label="Time zone"
            description="Due dates are days of this place"
            data={zones}
            value={value.timeZone}
            searchable
            allowDeselect={false}
            error={problem('timeZone')}
            onChange={(timeZone) => timeZone && set({ timeZone })}
          />
          <TextInput label="Currency" value={value.currency} readOnly description="Stays as it was at the start" />
          <TextInput label="Address for customers" value={`/${value.slug}`} readOnly description="The front door of your portal" />
        </div>
      </SectionForm>
      <StorageUse />
    </div>
  );
}
