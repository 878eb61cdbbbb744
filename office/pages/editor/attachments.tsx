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

/** Photos and PDFs that go with the invoice. */
export function Attachments() {
  const { invoice } = useEditor();
  const client = useQueryClient();
  const params = { invoiceId: invoice.id };
  const { data } = useQuery({ ...invoiceQuery(invoice.id), enabled: false });
  return (
    <FileChips
      files={data?.attachments ?? invoice.attachments}
      addressOf={(fileId) => addressOf('readAttachment', { params: { ...params, fileId } })}
      onAdd={(file) => call('addAttachment', { params, query: { name: file.name.slice(0, 120) }, body: file })}
      onRemove={(fileId) => call('removeAttachment', { params: { ...params, fileId } })}
      onChanged={() => client.refetchQueries({ queryKey: invoiceQuery(invoice.id).queryKey, type: 'all' })}
    />
  );
}

type FileChipsProps = {
  files: readonly Readonly<{ id: string; name: string }>[];
  addressOf: (fileId: string) => string;
  onAdd: (file: File) => Promise<unknown>;
  onRemove: (fileId: string) => Promise<unknown>;
  onChanged: () => Promise<unknown>;
};

/** Several files at once; each is checked and drawn anew by the server. */
export function FileChips({ files, addressOf: hrefOf, onAdd, onRemove, onChanged }: FileChipsProps) {
  const [busy, setBusy] = useState(0);
  const add = async (chosen: readonly File[]): Promise<void> => {
    setBusy((before) => before + chosen.length);
    for (const file of chosen) {
      await onAdd(file).catch(toastProblem);
      setBusy((before) => before - 1);
    }
    await onChanged();
  };
  return (
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
          <a href={hrefOf(file.id)} target="_blank" rel="noreferrer" className="clip">
            {file.name}
          </a>
          <ActionIcon size="xs" aria-label={`Remove ${file.name}`} onClick={() => void onRemove(file.id).then(onChanged, toastProblem)}>
            <IconX size={13} aria-hidden />
          </ActionIcon>
        </span>
      ))}
    </div>
  );
}
