import { Radio, Stack } from '@mantine/core';
import { formatRate } from '../../../src/core/money-format.ts';
import { wayLimits } from '../../../src/core/way-fee.ts';
import { RateField } from '../../parts/charge-rules.tsx';
import { useMoney } from '../../parts/money.tsx';
import { MoneyField } from '../../parts/money-field.tsx';
import { Note } from '../../parts/notes.tsx';
import type { useSection } from './section-form.tsx';

type Part = { form: ReturnType<typeof useSection<'waysToPay'>>; currency: string };

/** Off at first. Customers see the exact amount of each way before they choose; nothing of it is ever part of an invoice. */
export function WayFees({ form, currency }: Part) {
  const { value, set, problem } = form;
  return (
    <>
      <Radio.Group
        label="Do ways to pay online differ in cost?"
        description="Customers see the exact amount of each way before they choose. Autopay always charges the amount of the bill."
        value={value.wayRule}
        error={problem('wayRule')}
        onChange={(wayRule) => (wayRule === 'none' || wayRule === 'card_fee' || wayRule === 'bank_saving') && set({ wayRule })}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="none" label="No, every way costs the same" />
          <Radio value="card_fee" label="Paying by card adds a card fee" />
          <Radio value="bank_saving" label="Paying from a bank account saves a little" />
        </Stack>
      </Radio.Group>
      {value.wayRule === 'card_fee' && <CardFee form={form} currency={currency} />}
      {value.wayRule === 'bank_saving' && (
        <RateField
          label="Saving, percent of what is paid"
          shown
          w={220}
          least={1}
          most={Number(wayLimits.bankSavingPpm)}
          ratePpm={value.bankSavingPpm}
          onRate={(bankSavingPpm) => set({ bankSavingPpm })}
        />
      )}
    </>
  );
}

function CardFee({ form: { value, set, problem }, currency }: Part) {
  const money = useMoney();
  return (
    <div className="stack" style={{ gap: '0.75rem' }}>
      <Note tone="warn">
        Know your local law first. Some places forbid a card fee, or fees on debit cards, or cap it at what the payment costs you, and card networks have rules
        of their own.
      </Note>
      <div className="row wrap" style={{ alignItems: 'flex-start', gap: '1rem' }}>
        <RateField
          label="Percent of what is paid"
          shown
          w={190}
          least={0}
          most={Number(wayLimits.cardFeePpm)}
          description={`At most ${formatRate(wayLimits.cardFeePpm, 'en')}`}
          error={problem('cardFeePpm')}
          ratePpm={value.cardFeePpm}
          onRate={(cardFeePpm) => set({ cardFeePpm })}
        />
        <MoneyField
          label="And for each payment"
          description={`At most ${money(Number(wayLimits.cardFeeFixedMinor), currency)}`}
          w={190}
          currency={currency}
          minor={value.cardFeeFixedMinor}
          error={problem('cardFeeFixedMinor')}
          onMinor={(cardFeeFixedMinor) => set({ cardFeeFixedMinor: cardFeeFixedMinor ?? 0 })}
        />
        <MoneyField
          label="Largest fee of one payment"
          description="Empty: no limit"
          w={210}
          currency={currency}
          minor={value.cardFeeMostMinor}
          error={problem('cardFeeMostMinor')}
          onMinor={(cardFeeMostMinor) => set({ cardFeeMostMinor })}
        />
      </div>
    </div>
  );
}
