import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Form, FormProblem } from './form.tsx';

type Props = {
  name: string;
  /** The result, on the button: "Erase personal data". */
  act: string;
  busy: boolean;
  error: unknown;
  onAct: (name: string) => void;
  children?: React.ReactNode;
};

/** What cannot be undone is confirmed by typing whose it is: the button wakes up when the name is right. */
export function TypedName({ name, act, busy, error, onAct, children }: Props) {
  const [typed, setTyped] = useState('');
  const right = typed.trim() === name.trim();
  return (
    <Form onSubmit={() => right && !busy && onAct(typed)}>
      <TextInput
        label={`Type “${name}” to confirm`}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
        maw={420}
      />
      <FormProblem error={error} />
      <div className="row wrap">
        <Button type="submit" color="red" loading={busy} disabled={!right}>
          {act}
        </Button>
        {children}
      </div>
    </Form>
  );
}
