import { Button, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';

type Props = {
  title: string;
  /** What will happen. */
  children: React.ReactNode;
  /** The result, on the button: "Cancel invoice 1042". */
  act: string;
  keep?: string;
  danger?: boolean;
  busy?: boolean;
  /** Asks for a reason, which stays with the thing. */
  reason?: { label: string; placeholder?: string; required?: boolean };
  onAct: (reason: string) => void;
  onClose: () => void;
};

export function Confirm({ title, children, act, keep = 'Not now', danger = false, busy = false, reason, onAct, onClose }: Props) {
  const [text, setText] = useState('');
  const missing = reason !== undefined && reason.required !== false && text.trim() === '';
  return (
    <Modal opened onClose={onClose} title={title} size="md" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (!missing && !busy) onAct(text.trim());
        }}
      >
        <div>{children}</div>
        {reason && (
          <Textarea
            label={reason.label}
            {...(reason.placeholder === undefined ? {} : { placeholder: reason.placeholder })}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            autosize
            minRows={2}
            maxLength={500}
            data-autofocus
          />
        )}
        <div className="row">
          <Button type="submit" color={danger ? 'red' : 'pine'} loading={busy} disabled={missing} {...(reason ? {} : { 'data-autofocus': true })}>
            {act}
          </Button>
          <Button variant="subtle" color="gray" onClick={onClose}>
            {keep}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
