import { Button, FileButton } from '@mantine/core';
import IconFile from '@tabler/icons-react/dist/esm/icons/IconFileSpreadsheet.mjs';
import { useEffect, useState } from 'react';

type Props = { busy: string | null; wrong: string | null; onFile: (file: File) => void };

/** A file may be dropped anywhere on the page; the button does the same. */
export function Drop({ busy, wrong, onFile }: Props) {
  const over = useDropAnywhere(onFile);
  return (
    <div className="drop" data-over={over || undefined}>
      <IconFile size={28} stroke={1.5} aria-hidden className="dim" />
      <p className="only-desk">
        <span className="strong">Drop a CSV file anywhere on this page</span> or
      </p>
      <FileButton accept=".csv,.txt,.tsv,text/csv,text/plain" onChange={(file) => file && onFile(file)}>
        {(props) => (
          <Button {...props} loading={busy !== null}>
            Choose a file
          </Button>
        )}
      </FileButton>
      <p className="dim small">
        Customers, past invoices, price book, opening balances. Exports of QuickBooks Online, Jobber and Invoice Ninja are recognized. Nothing is added before
        you have seen it.
      </p>
      {busy !== null && <p role="status">Reading {busy}…</p>}
      {wrong !== null && (
        <p className="bad" role="alert">
          {wrong}
        </p>
      )}
    </div>
  );
}

function useDropAnywhere(onFile: (file: File) => void): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    let depth = 0;
    const holdsFile = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;
    const enter = (event: DragEvent): void => {
      if (!holdsFile(event)) return;
      depth += 1;
      setOver(true);
    };
    const leave = (): void => {
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const hold = (event: DragEvent): void => {
      if (holdsFile(event)) event.preventDefault();
    };
    const drop = (event: DragEvent): void => {
      if (!holdsFile(event)) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      const file = event.dataTransfer?.files[0];
      if (file) onFile(file);
    };
    const listeners = { dragenter: enter, dragleave: leave, dragover: hold, drop } as const;
    for (const [name, listener] of Object.entries(listeners)) window.addEventListener(name, listener as EventListener);
    return () => {
      for (const [name, listener] of Object.entries(listeners)) window.removeEventListener(name, listener as EventListener);
    };
  }, [onFile]);
  return over;
}
