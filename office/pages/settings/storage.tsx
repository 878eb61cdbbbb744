import { Progress } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { storageQuery } from '../../api/queries.ts';
import { sizeText } from '../../parts/size-text.ts';

/** How much of its room the business has used; nothing while it is not known. */
export function StorageUse() {
  const { data } = useQuery(storageQuery);
  if (data === undefined) return null;
  const words = `${sizeText(data.usedBytes)} of ${sizeText(data.limitBytes)} used, in ${data.files === 1 ? '1 file' : `${data.files.toLocaleString('en-US')} files`}`;
  return (
    <div>
      <h2>Storage</h2>
      <p className="small dim">Photos, attachments, imports, exports and the PDF of each invoice. {words}.</p>
      <Progress value={(data.usedBytes / data.limitBytes) * 100} aria-label={words} maw={420} />
    </div>
  );
}
