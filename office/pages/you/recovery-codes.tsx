import { Button, CopyButton, Modal } from '@mantine/core';

/** Shown once. Each signs in once, when the phone or the key is gone. */
export function RecoveryCodes({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title="Your recovery codes" size="md" closeOnClickOutside={false} withCloseButton={false}>
      <div className="stack">
        <p>Keep them where you keep papers. Each works once, instead of your passkey or app. They are not shown again.</p>
        <ul className="recovery-codes num">
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <div className="row">
          <CopyButton value={codes.join('\n')}>{({ copied, copy }) => <Button onClick={copy}>{copied ? 'Copied' : 'Copy codes'}</Button>}</CopyButton>
          <Button variant="default" onClick={() => window.print()}>
            Print
          </Button>
          <Button variant="default" onClick={onClose}>
            I have kept them
          </Button>
        </div>
      </div>
    </Modal>
  );
}
