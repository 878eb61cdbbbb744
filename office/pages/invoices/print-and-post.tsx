import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { addressOf } from '../../api/client.ts';
import { DayField } from '../../parts/day-field.tsx';
import { useOffice } from '../../parts/office-context.ts';

const invoices = (of: number): string => (of === 1 ? '1 invoice' : `${of} invoices`);

/** For customers without e-mail: one print of all, addresses where a window envelope shows them, then the mark that they are on their way. */
export default function PrintAndPost({
  ids,
  busy,
  onPosted,
  onClose,
}: {
  ids: readonly string[];
  busy: boolean;
  onPosted: (day: string) => void;
  onClose: () => void;
}) {
  const { today } = useOffice();
  const [day, setDay] = useState(today);
  return (
    <Modal opened onClose={onClose} title={`Print and post ${invoices(ids.length)}`} size="md">
      <ol className="steps">
        <li>
          <p>One PDF with a checklist in front. Each invoice begins on a new sheet; folded in three, its address shows in a window envelope.</p>
          <Button
            component="a"
            variant="default"
            size="xs"
            mt="xs"
            target="_blank"
            rel="noopener"
            href={addressOf('printEnvelopes', { query: { ids: ids.join(',') } })}
          >
            Open the print
          </Button>
        </li>
        <li>
          <p>Once they are in the mail, say so. It shows on each invoice, and customers find it in the portal too.</p>
          <div className="row wrap" style={{ alignItems: 'flex-end', marginTop: '0.5rem' }}>
            <DayField label="Posted on" w={170} day={day} maxDate={today} onDay={(value) => value && setDay(value)} />
            <Button loading={busy} onClick={() => onPosted(day)}>
              Mark {invoices(ids.length)} as posted
            </Button>
          </div>
        </li>
      </ol>
    </Modal>
  );
}
