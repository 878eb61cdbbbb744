import { Select, Textarea } from '@mantine/core';
import { languages } from '../customers/kinds.ts';
import { Attachments } from './attachments.tsx';
import type { DraftFields } from './draft-state.ts';
import { useEditor } from './editor-context.ts';

/** Words around the lines, files, and the note only the office reads. */
export function Details() {
  const { draft, dispatch, problems } = useEditor();
  const set = (fields: Partial<DraftFields>): void => dispatch({ act: 'set', fields });
  const area = (name: 'message' | 'terms' | 'internalNote', label: string, max: number, description?: string) => (
    <Textarea
      label={label}
      {...(description === undefined ? {} : { description })}
      autosize
      minRows={2}
      maxRows={14}
      maxLength={max}
      value={draft[name]}
      error={problems[name]}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
    />
  );
  return (
    <div className="sheet-part stack">
      {area('message', 'Message to the customer', 4000)}
      {area('terms', 'Terms', 10_000)}
      <Attachments />
      <div className="fields">
        {area('internalNote', 'Internal note', 10_000, 'The customer never sees it')}
        <Select
          label="Language of the invoice"
          description="Your own words are never translated"
          data={languages}
          value={draft.language}
          allowDeselect={false}
          onChange={(value) => set({ language: (value ?? 'en') as DraftFields['language'] })}
        />
      </div>
    </div>
  );
}
