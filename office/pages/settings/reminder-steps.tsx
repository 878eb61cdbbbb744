import { ActionIcon, Button, NativeSelect, NumberInput } from '@mantine/core';
import IconPencil from '@tabler/icons-react/dist/esm/icons/IconPencil.mjs';
import IconTrash from '@tabler/icons-react/dist/esm/icons/IconTrash.mjs';
import { useState } from 'react';
import type { ReminderStep } from '../../api/types.ts';
import { stepWords, toneNames } from '../../parts/reminder-words.ts';
import { SidePanel } from '../../parts/side-panel.tsx';
import { ReminderWording } from './reminder-wording.tsx';

type Props = { steps: readonly ReminderStep[]; onSteps: (steps: ReminderStep[]) => void };
const most = 10;
type When = 'before' | 'on' | 'after';
const whenOf = (offset: number): When => (offset < 0 ? 'before' : offset === 0 ? 'on' : 'after');
const tones = Object.entries(toneNames).map(([value, label]) => ({ value, label }));

/** The way from friendly to firm: one row a mail. */
export function Steps({ steps, onSteps }: Props) {
  const [writing, setWriting] = useState<string | null>(null);
  const change = (id: string, fields: Partial<ReminderStep>): void => onSteps(steps.map((step) => (step.id === id ? { ...step, ...fields } : step)));
  const add = (): void => {
    const last = Math.max(0, ...steps.map(({ offsetDays }) => offsetDays));
    onSteps([...steps, { id: `s-${Date.now().toString(36)}`, offsetDays: Math.min(last + 14, 180), tone: 'firm', texts: {} }]);
  };
  const taken = (step: ReminderStep): boolean => steps.some((other) => other.id !== step.id && other.offsetDays === step.offsetDays);
  const written = steps.find(({ id }) => id === writing);
  return (
    <fieldset className="reminder-steps">
      <legend className="strong">When</legend>
      <ol>
        {steps.map((step) => (
          <Row
            key={step.id}
            step={step}
            clash={taken(step)}
            only={steps.length === 1}
            onChange={(fields) => change(step.id, fields)}
            onWords={() => setWriting(step.id)}
            onRemove={() => onSteps(steps.filter(({ id }) => id !== step.id))}
          />
        ))}
      </ol>
      {steps.length < most && (
        <Button size="xs" variant="subtle" onClick={add}>
          Add a reminder
        </Button>
      )}
      {written && (
        <SidePanel title={`Words, ${stepWords(written.offsetDays)}`} onClose={() => setWriting(null)}>
          <ReminderWording step={written} onTexts={(texts) => change(written.id, { texts })} onDone={() => setWriting(null)} />
        </SidePanel>
      )}
    </fieldset>
  );
}

type RowProps = {
  step: ReminderStep;
  clash: boolean;
  only: boolean;
  onChange: (fields: Partial<ReminderStep>) => void;
  onWords: () => void;
  onRemove: () => void;
};

function Row({ step, clash, only, onChange, onWords, onRemove }: RowProps) {
  const when = whenOf(step.offsetDays);
  const days = Math.abs(step.offsetDays);
  const signed = (count: number, side: When): number => (side === 'on' ? 0 : side === 'before' ? -Math.min(count, 60) : count);
  return (
    <li className="reminder-step">
      <NumberInput
        aria-label="Days"
        className="reminder-days"
        min={1}
        max={180}
        allowDecimal={false}
        disabled={when === 'on'}
        value={when === 'on' ? '' : days}
        error={clash && 'Two on one day'}
        onChange={(count) => typeof count === 'number' && onChange({ offsetDays: signed(count, when) })}
      />
      <NativeSelect
        aria-label="Before or after the due day"
        data={[
          { value: 'before', label: 'days before it is due' },
          { value: 'on', label: 'on the due day' },
          { value: 'after', label: 'days after the due day' },
        ]}
        value={when}
        onChange={(event) => onChange({ offsetDays: signed(days || 3, event.currentTarget.value as When) })}
      />
      <NativeSelect
        aria-label="Tone"
        data={tones}
        value={step.tone}
        onChange={(event) => onChange({ tone: event.currentTarget.value as ReminderStep['tone'] })}
      />
      <Button size="xs" variant="subtle" leftSection={<IconPencil size={14} aria-hidden />} onClick={onWords}>
        {Object.keys(step.texts).length > 0 ? 'Your words' : 'Words'}
      </Button>
      <ActionIcon variant="subtle" color="gray" aria-label={`Remove the reminder ${stepWords(step.offsetDays)}`} disabled={only} onClick={onRemove}>
        <IconTrash size={16} aria-hidden />
      </ActionIcon>
    </li>
  );
}
