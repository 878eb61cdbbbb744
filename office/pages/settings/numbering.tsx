import { NumberInput, TextInput } from '@mantine/core';
import { SectionForm, useSection } from './section-form.tsx';
import type { SectionProps } from './settings.tsx';

export function Numbering({ settings }: SectionProps) {
  const form = useSection(settings, 'numbering');
  const { value, set, problem } = form;
  return (
    <SectionForm form={form}>
      <p className="dim">
        The next invoice will be <span className="strong num">{`${value.prefix}${value.next}`}</span>. Numbers follow each other without gaps and are never used
        twice.
      </p>
      <div className="fields">
        <TextInput
          label="In front of the number"
          placeholder="INV-"
          maxLength={10}
          value={value.prefix}
          error={problem('prefix')}
          onChange={(event) => set({ prefix: event.currentTarget.value })}
        />
        <NumberInput
          label="Next number"
          description={value.highestUsed > 0 ? `Larger than ${value.highestUsed}, the highest used` : 'Where you want to begin'}
          min={Math.max(1, value.highestUsed + 1)}
          max={999_999_999}
          allowDecimal={false}
          value={value.next}
          error={problem('next')}
          onChange={(next) => typeof next === 'number' && set({ next })}
        />
      </div>
    </SectionForm>
  );
}
