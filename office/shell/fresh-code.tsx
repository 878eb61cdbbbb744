import { Button, Modal, PinInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { ApiProblem, call } from '../api/client.ts';
import { sentenceOf } from '../api/problem.ts';

/** A code by mail before an act that matters. Good for ten minutes. */
export default function FreshCode({ onDone, onCancel }: { onDone: () => void; onCancel: (reason: Error) => void }) {
  const [sentTo, setSentTo] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const sendCode = (): void => {
    call('sendFreshCode', {}).then(
      (sent) => setSentTo(sent.sentTo),
      (error: unknown) => setWrong(sentenceOf(error)),
    );
  };
  useEffect(sendCode, []);
  const confirm = async (code: string): Promise<void> => {
    setBusy(true);
    try {
      await call('confirmFreshCode', { body: { code } });
      onDone();
    } catch (error) {
      setWrong(sentenceOf(error));
      setBusy(false);
    }
  };
  const cancel = (): void => onCancel(new ApiProblem({ status: 403, code: 'not_confirmed', detail: 'Nothing was changed: the code was not entered.' }));
  return (
    <Modal opened onClose={cancel} title="Confirm it is you" size="sm">
      <div className="stack">
        <p className="dim">{sentTo === null ? 'We are mailing you a code.' : `Enter the six digits we mailed to ${sentTo}.`}</p>
        <PinInput
          length={6}
          type="number"
          oneTimeCode
          autoFocus
          disabled={busy}
          error={wrong !== null}
          onComplete={(code) => void confirm(code)}
          aria-label="Code"
        />
        {wrong !== null && (
          <p className="bad small" role="alert">
            {wrong}
          </p>
        )}
        <div className="row">
          <Button variant="default" size="xs" onClick={sendCode}>
            Send a new code
          </Button>
          <Button variant="subtle" color="gray" size="xs" onClick={cancel}>
            Not now
          </Button>
        </div>
      </div>
    </Modal>
  );
}
