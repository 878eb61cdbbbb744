import { NumberInput, Switch, Textarea } from '@mantine/core';
import { MoneyField } from '../../parts/money-field.tsx';
import { AutopayRulesPart } from './autopay-rules.tsx';
import { CardPayments } from './card-payments.tsx';
import { RefundRules } from './refund-rules.tsx';
import { SectionForm, useSection } from './section-form.tsx';
import type { SectionProps } from './settings.tsx';
import { WayFees } from './way-fees.tsx';

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
        <Tips form={form} />
        <WayFees form={form} currency={settings.company.currency} />
      </SectionForm>
      <RefundRules currency={settings.company.currency} />
    </div>
  );
}

const places = ['First suggestion', 'Second', 'Third'] as const;

/** Off at first. A tip is only ever offered where a residential customer pays a whole invoice. */
function Tips({ form: { value, set, problem } }: { form: ReturnType<typeof useSection<'waysToPay'>> }) {
  const percent = { min: 1, max: 100, suffix: '%', allowDecimal: false, clampBehavior: 'strict', w: 150 } as const;
  return (
    <>
      <Switch
        label="Customers may add a tip"
        description="Offered to residential customers who pay a whole invoice online, never by autopay. A tip is not part of the invoice, its tax or a balance."
        checked={value.tips}
        onChange={(event) => set({ tips: event.currentTarget.checked })}
      />
      {value.tips && (
        <div className="row wrap" style={{ alignItems: 'flex-end', gap: '1rem' }}>
          {value.tipPercents.map((each, at) => (
            <NumberInput
              key={places[at]}
              {...percent}
              label={places[at]}
              value={each}
              error={at === 0 && problem('tipPercents')}
              onChange={(now) => set({ tipPercents: value.tipPercents.map((before, other) => (other === at ? Number(now) : before)) })}
            />
          ))}
          <NumberInput
            {...percent}
            label="Largest tip"
            value={value.tipCapPercent}
            error={problem('tipCapPercent')}
            onChange={(now) => set({ tipCapPercent: Number(now) })}
          />
        </div>
      )}
    </>
  );
}
