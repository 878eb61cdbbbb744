import { NumberInput, Textarea, TextInput } from '@mantine/core';
import { SectionForm, useSection } from './section-form.tsx';
import type { SectionProps } from './settings.tsx';

/** What every new invoice starts with, and whom mails come from. */
export function Wording({ settings }: SectionProps) {
  const billing = useSection(settings, 'billing');
  const mail = useSection(settings, 'mail');
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
      <SectionForm form={mail}>
        <h2>Mail</h2>
        <div className="fields">
          <TextInput
            label="Mails come from"
            placeholder={settings.company.name}
            value={mail.value.fromName}
            error={mail.problem('fromName')}
            onChange={(event) => mail.set({ fromName: event.currentTarget.value })}
          />
          <TextInput
            label="Replies go to"
            type="email"
            placeholder={settings.company.email}
            value={mail.value.replyTo}
            error={mail.problem('replyTo')}
            onChange={(event) => mail.set({ replyTo: event.currentTarget.value })}
          />
        </div>
      </SectionForm>
    </div>
  );
}
