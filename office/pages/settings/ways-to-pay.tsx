import { Switch, Textarea } from '@mantine/core';
import { MoneyField } from '../../parts/money-field.tsx';
import { AutopayRulesPart } from './autopay-rules.tsx';
import { CardPayments } from './card-payments.tsx';
import { RefundRules } from './refund-rules.tsx';
import { SectionForm, useSection } from './section-form.tsx';
import type { SectionProps } from './settings.tsx';

export function WaysToPay({ settings }: SectionProps) {
  const form = useSection(settings, 'waysToPay');
  const { value, set, problem } = form;
  return (
    <div className="stack" style={{ gap: '2rem' }}>
      <CardPayments currency={settings.company.currency} />
      <AutopayRulesPart />
      <SectionForm form={form}>
        <Textarea
          label="How to pay"
          description={
            value.gateway === null ? 'Customers see this on the invoice: bank details, where to send a check' : 'For those who pay by check or transfer'
          }
          autosize
          minRows={4}
          maxLength={2000}
          value={value.howToPay}
          error={problem('howToPay')}
          onChange={(event) => set({ howToPay: event.currentTarget.value })}
        />
        <Switch label="Customers may pay a part" checked={value.partPayment} onChange={(event) => set({ partPayment: event.currentTarget.checked })} />
        {value.partPayment && (
          <MoneyField
            label="Smallest part payment"
            maw={200}
            currency={settings.company.currency}
            minor={value.paymentFloorMinor}
            error={problem('paymentFloorMinor')}
            onMinor={(paymentFloorMinor) => paymentFloorMinor !== null && paymentFloorMinor > 0 && set({ paymentFloorMinor })}
          />
        )}
      </SectionForm>
      <RefundRules currency={settings.company.currency} />
    </div>
  );
}
