import { ActionIcon, Button, FileButton } from '@mantine/core';
import IconClip from '@tabler/icons-react/dist/esm/icons/IconPaperclip.mjs';
import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { addressOf, call } from '../../api/client.ts';
import { invoiceQuery } from '../../api/queries.ts';
import { toastProblem } from '../../parts/toast.ts';
import { useEditor } from './editor-context.ts';

const accepted = 'image/jpeg,image/png,image/webp,application/pdf';

/** Photos and PDFs that go with the invoice. Several at once; each is checked and drawn anew by the server. */
export function Attachments() {
  const { invoice } = useEditor();
  const client = useQueryClient();
  const params = { invoiceId: invoice.id };
  const { data } = useQuery({ ...invoiceQuery(invoice.id), enabled: false });
  const files = data?.attachments ?? invoice.attachments;
  const [busy, setBusy] = useState(0);
  const renew = (): Promise<void> => client.invalidateQueries({ queryKey: invoiceQuery(invoice.id).queryKey });
  const add = async (chosen: readonly File[]): Promise<void> => {
    setBusy((before) => before + chosen.length);
    for (const file of chosen) {
      try {
        await call('addAttachment', { params, query: { name: file.name.slice(0, 120) }, body: file });
      } catch (error) {
        toastProblem(error);
      }
      setBusy((before) => before - 1);
    }
    await client.refetchQueries({ queryKey: invoiceQuery(invoice.id).queryKey, type: 'all' });
  };
  const remove = (fileId: string): void => void call('removeAttachment', { params: { ...params, fileId } }).then(renew, toastProblem);
  return (
    <div>
      <div className="row wrap">
        <FileButton multiple accept={accepted} onChange={(chosen) => void add(chosen)}>
          {(props) => (
            <Button {...props} variant="default" size="xs" leftSection={<IconClip size={15} aria-hidden />} loading={busy > 0}>
              Attach photos or PDF
            </Button>
          )}
        </FileButton>
        {files.map((file) => (
          <span key={file.id} className="file-chip">
            <a href={addressOf('readAttachment', { params: { ...params, fileId: file.id } })} target="_blank" rel="noreferrer" className="clip">
              {file.name}
            </a>
            <ActionIcon size="xs" aria-label={`Remove ${file.name}`} onClick={() => remove(file.id)}>
              <IconX size={13} aria-hidden />
            </ActionIcon>
          </span>
        ))}
      </div>
    </div>
  );
}
