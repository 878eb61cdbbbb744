import { Button, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { addressOf } from '../../api/client.ts';
import type { ReminderStep } from '../../api/types.ts';
import { PreviewFrame } from '../editor/preview-frame.tsx';

type Language = 'en' | 'es' | 'fr';
type Texts = ReminderStep['texts'];
const languages: { value: Language; label: string }[] = [
  { value: 'en', label: 'English' },
  { value: 'es', label: 'Spanish' },
  { value: 'fr', label: 'French' },
];
const placeholders = ['{name}', '{business}', '{invoices}', '{amount}', '{due}', '{days}'];

/** The words of one reminder in each language, beside the mail as it would look. Empty: our own words. */
export function ReminderWording({ step, onTexts, onDone }: { step: ReminderStep; onTexts: (texts: Texts) => void; onDone: () => void }) {
  const [language, setLanguage] = useState<Language>('en');
  const words = step.texts[language] ?? { subject: '', text: '' };
  const [settled] = useDebouncedValue(words, 400);
  const set = (fields: Partial<typeof words>): void => {
    const next = { ...words, ...fields };
    const { [language]: _, ...others } = step.texts;
    onTexts(next.subject === '' && next.text === '' ? others : { ...others, [language]: next });
  };
  const query = { offsetDays: step.offsetDays, tone: step.tone, language, ...settled };
  return (
    <div className="stack">
      <SegmentedControl aria-label="Language" data={languages} value={language} onChange={(value) => setLanguage(value as Language)} />
      <TextInput
        label="Subject"
        placeholder="Our own words"
        maxLength={200}
        value={words.subject}
        onChange={(event) => set({ subject: event.currentTarget.value })}
      />
      <Textarea
        label="Text"
        placeholder="Our own words"
        description={`An empty line begins a paragraph. Filled in when it leaves: ${placeholders.join(' ')}`}
        autosize
        minRows={4}
        maxRows={14}
        maxLength={2_000}
        value={words.text}
        onChange={(event) => set({ text: event.currentTarget.value })}
      />
      <div className="reminder-frame">
        <PreviewFrame address={addressOf('previewReminderWording', { query })} version={JSON.stringify(query)} title="The reminder" />
      </div>
      <div>
        <Button onClick={onDone}>Keep these words</Button>
      </div>
      <p className="dim small">They count once you save the changes on the page.</p>
    </div>
  );
}
