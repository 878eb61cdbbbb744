import { Button, Modal } from '@mantine/core';
import type { BulkResult, InvoiceRow } from '../../api/types.ts';

/** What was done, and what was not and why. */
export function BulkOutcome({ result, rows, onClose }: { result: BulkResult; rows: readonly InvoiceRow[]; onClose: () => void }) {
  const refused = result.results.filter((one) => !one.ok);
  return (
    <Modal opened onClose={onClose} title={`${result.done} done, ${result.refused} not`} size="lg">
      <ul className="outcome">
        {refused.map((one) => {
          const row = rows.find(({ id }) => id === one.id);
          return (
            <li key={one.id}>
              <span className="strong num">{one.number ?? row?.number ?? 'Draft'}</span> {row?.customer?.name}
              <span className="dim small"> {one.message}</span>
            </li>
          );
        })}
      </ul>
      <Button variant="default" onClick={onClose}>
        Close
      </Button>
    </Modal>
  );
}
