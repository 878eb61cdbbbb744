const units = ['KB', 'MB', 'GB', 'TB'] as const;
const one = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

/** 1,536 as 1.5 KB. */
export function sizeText(bytes: number): string {
  let [size, at] = [bytes / 1024, 0];
  while (size >= 1024 && at < units.length - 1) [size, at] = [size / 1024, at + 1];
  return `${one.format(size)} ${units[at]}`;
}
