import type { Draft } from '../../api/types.ts';

const names: readonly (readonly [keyof Draft, string])[] = [
  ['issuedOn', 'invoice date'],
  ['dueOn', 'due date'],
  ['termsDays', 'days to pay'],
  ['poNumber', 'PO number'],
  ['workOrderNumber', 'work order number'],
  ['discount', 'discount'],
  ['pricesIncludeTax', 'prices include tax'],
  ['message', 'message'],
  ['terms', 'terms'],
  ['internalNote', 'internal note'],
  ['language', 'language'],
];

/** What differs between two drafts of one invoice, in words a person would look for. */
export function differences(mine: Draft, theirs: Draft): string[] {
  return differing(mine, theirs, names);
}

type Lined = Readonly<{ lines: readonly Readonly<{ id: string }>[] }>;

/** The same of any priced document, whose fields have these names. */
export function differing<D extends Lined>(mine: D, theirs: D, fieldNames: readonly (readonly [keyof D, string])[]): string[] {
  const fields = fieldNames.filter(([name]) => JSON.stringify(mine[name]) !== JSON.stringify(theirs[name])).map(([, word]) => word);
  const others = new Map(theirs.lines.map((line) => [line.id, JSON.stringify(line)]));
  const changed = mine.lines.filter((line) => others.has(line.id) && others.get(line.id) !== JSON.stringify(line)).length;
  const onlyMine = mine.lines.filter((line) => !others.has(line.id)).length;
  const known = new Set(mine.lines.map((line) => line.id));
  const onlyTheirs = theirs.lines.filter((line) => !known.has(line.id)).length;
  return [...counted(changed, 'changed'), ...counted(onlyMine, 'only in yours'), ...counted(onlyTheirs, 'only in theirs'), ...fields];
}

function counted(count: number, word: string): string[] {
  return count === 0 ? [] : [`${count} ${count === 1 ? 'line' : 'lines'} ${word}`];
}
