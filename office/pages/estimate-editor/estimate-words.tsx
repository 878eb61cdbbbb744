import { Select, Textarea } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { addressOf, call } from '../../api/client.ts';
import { estimateQuery } from '../../api/estimate-queries.ts';
import { languages } from '../customers/kinds.ts';
import { FileChips } from '../editor/attachments.tsx';
import { type EstimateFields, useEstimate } from './estimate-context.ts';

type Text = 'scope' | 'exclusions' | 'terms' | 'message' | 'internalNote';

/** What is done and what is not, the terms that are signed, files, and the note only the office reads. */
export function EstimateWords() {
  const { draft, dispatch, problems } = useEstimate();
  const set = (fields: Partial<EstimateFields>): void => dispatch({ act: 'set', fields });
  const area = (name: Text, label: string, max: number, description?: string) => (
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
      <div className="fields">
        {area('scope', 'Scope of work', 10_000, 'What you do for this price')}
        {area('exclusions', 'Not included', 10_000, 'What the customer might expect and you do not do')}
      </div>
      {area('message', 'Message to the customer', 4000)}
      {area('terms', 'Terms', 10_000, 'Accepted with the approval')}
      <Files />
      <div className="fields">
        {area('internalNote', 'Internal note', 10_000, 'The customer never sees it')}
        <Select
          label="Language of the estimate"
          description="Your own words are never translated"
          data={languages}
          value={draft.language}
          allowDeselect={false}
          onChange={(value) => set({ language: (value ?? 'en') as EstimateFields['language'] })}
        />
      </div>
    </div>
  );
}

function Files() {
  const { estimate } = useEstimate();
  const client = useQueryClient();
  const params = { estimateId: estimate.id };
  const { data } = useQuery({ ...estimateQuery(estimate.id), enabled: false });
  return (
    <FileChips
      files={data?.attachments ?? estimate.attachments}
      addressOf={(fileId) => addressOf('readEstimateFile', { params: { ...params, fileId } })}
      onAdd={(file) => call('addEstimateFile', { params, query: { name: file.name.slice(0, 120) }, body: file })}
      onRemove={(fileId) => call('removeEstimateFile', { params: { ...params, fileId } })}
      onChanged={() => client.refetchQueries({ queryKey: estimateQuery(estimate.id).queryKey, type: 'all' })}
    />
  );
}
