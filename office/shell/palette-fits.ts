/** Whether every word typed begins a word of the act. Nothing typed fits what is done often. */
export function actFits({ title, words, often }: Readonly<{ title: string; words: string; often?: boolean }>, typed: string): boolean {
  const parts = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((part) => part !== '');
  if (parts.length === 0) return often === true;
  const own = `${title} ${words}`.toLowerCase().split(/[\s-]+/);
  return parts.every((part) => own.some((word) => word.startsWith(part)));
}
