import { NumberInput, Textarea } from '@mantine/core';
import { SectionForm, useSection } from './section-form.tsx';
import type { SectionProps } from './settings.tsx';

/** What every new invoice starts with. */
export function Wording({ settings }: SectionProps) {
  const billing = useSection(settings, 'billing');
  return (
    <div className="stack" style={{ gap: '2rem' }}>
      <SectionForm form={billing}>
        <NumberInput
          label="Days to pay"
          maw={200}
          min={0}
          max={365}
          allowDecimal={false}
          value={billing.value.termsDays}
          error={billing.problem('termsDays')}
          onChange={(termsDays) => typeof termsDays === 'number' && billing.set({ termsDays })}
        />
        <Textarea
          label="Terms"
          description="At the foot of every invoice"
          autosize
          minRows={3}
          maxLength={10_000}
          value={billing.value.termsText}
          error={billing.problem('termsText')}
          onChange={(event) => billing.set({ termsText: event.currentTarget.value })}
        />
        <Textarea
          label="Message"
          description="Above the lines of a new invoice"
          autosize
          minRows={2}
          maxLength={4000}
          value={billing.value.message}
          error={billing.problem('message')}
          onChange={(event) => billing.set({ message: event.currentTarget.value })}
        />
      </SectionForm>
    </div>
  );
}
