import { Button, PinInput } from '@mantine/core';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { isProblemCode, sentenceOf } from '../../api/problem.ts';
import type { Session } from '../../api/types.ts';

/** The six digits that confirm a new address. */
export function CodeForm({ onDone, onSecond }: { onDone: (session: Session) => void; onSecond?: () => void }) {
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState<{ text: string; bad: boolean } | null>(null);
  const [code, setCode] = useState('');
  const confirm = async (digits: string): Promise<void> => {
    setBusy(true);
    setTold(null);
    try {
      onDone(await call('confirmSignUp', { body: { code: digits } }));
    } catch (error) {
      if (onSecond !== undefined && isProblemCode(error, 'second_factor_needed')) return onSecond();
      setTold({ text: sentenceOf(error), bad: true });
      setBusy(false);
    }
  };
  const again = (): void => {
    call('resendSignUpCode', {}).then(
      (sent) => setTold({ text: `A new code is on its way to ${sent.sentTo}. The one before has ended.`, bad: false }),
      (error: unknown) => setTold({ text: sentenceOf(error), bad: true }),
    );
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (code.length === 6) void confirm(code);
      }}
    >
      <PinInput
        length={6}
        type="number"
        oneTimeCode
        autoFocus
        size="lg"
        disabled={busy}
        value={code}
        onChange={setCode}
        onComplete={(digits) => void confirm(digits)}
        aria-label="Code"
      />
      {told !== null && (
        <p className={`small ${told.bad ? 'bad' : 'dim'}`} role={told.bad ? 'alert' : 'status'}>
          {told.text}
        </p>
      )}
      <div className="row">
        <Button type="submit" size="md" loading={busy} disabled={code.length < 6}>
          Confirm
        </Button>
        <Button type="button" variant="subtle" color="gray" onClick={again}>
          Send a new code
        </Button>
      </div>
    </form>
  );
}
