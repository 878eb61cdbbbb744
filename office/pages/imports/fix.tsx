import { Button, Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Import, ImportProblem } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';

/** Another value for one cell, or for every cell of its column that says the same. The file itself stays as it came. */
export function Fix({ of, problem, onClose, onFixed }: { of: Import; problem: ImportProblem; onClose: () => void; onFixed: () => void }) {
  const [value, setValue] = useState(problem.value);
  const [everywhere, setEverywhere] = useState(false);
  const done = (): void => {
    onClose();
    onFixed();
  };
  const edit = useAct('editImport', { renew: ['imports'], done });
  const { row, position, value: was } = problem;
  const save = (): void => edit.mutate({ params: { importId: of.id }, body: { edits: [everywhere ? { position, was, value } : { row, position, value }] } });
  return (
    <form
      className="import-fix"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <TextInput
        aria-label={`${problem.column} in row ${row}`}
        value={value}
        autoFocus
        maxLength={2000}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setValue(event.currentTarget.value)}
      />
      <Checkbox
        size="xs"
        label={was === '' ? 'In every row where it is empty' : `In every row that says “${was.length > 40 ? `${was.slice(0, 40)}…` : was}”`}
        checked={everywhere}
        onChange={(event) => setEverywhere(event.currentTarget.checked)}
      />
      <div className="row">
        <Button type="submit" size="xs" loading={edit.isPending}>
          Use this value
        </Button>
        <Button size="xs" variant="subtle" color="gray" onClick={onClose}>
          Keep it
        </Button>
      </div>
    </form>
  );
}
