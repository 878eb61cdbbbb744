import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Form } from '../../parts/form.tsx';

/** The digits of the app, or a recovery code. */
export function AppProof({ busy = false, onCode }: { busy?: boolean; onCode: (code: string) => void }) {
  const [code, setCode] = useState('');
  return (
    <Form onSubmit={() => onCode(code.trim())}>
      <TextInput
        label="Code of your app, or a recovery code"
        autoComplete="one-time-code"
        data-autofocus
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <Button type="submit" loading={busy} disabled={code.trim().length < 6}>
        Confirm
      </Button>
    </Form>
  );
}
