import { Progress } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { storageQuery } from '../../api/queries.ts';

const units = ['KB', 'MB', 'GB', 'TB'] as const;
const one = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

/** 1,536 as 1.5 KB. */
function sizeText(bytes: number): string {
  let [size, at] = [bytes / 1024, 0];
  while (size >= 1024 && at < units.length - 1) [size, at] = [size / 1024, at + 1];
  return `${one.format(size)} ${units[at]}`;
}

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
