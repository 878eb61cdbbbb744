import type { EditorLine, Sheet } from './draft-state.ts';

type Choice = NonNullable<EditorLine['choice']>;
type Package = Extract<Choice, { kind: 'package' }>;
export type ChoiceChange = Readonly<{ id: string; fields: Pick<EditorLine, 'choice'> }>;

const linesOf = ({ sections }: Sheet): readonly EditorLine[] => sections.flatMap(({ lines }) => lines);
const packageOf = ({ choice }: EditorLine): Package | null => (choice?.kind === 'package' ? choice : null);

/** Names of groups, and of the packages of one: for whoever adds a line to them. */
export function groupNames(sheet: Sheet): string[] {
  return [...new Set(linesOf(sheet).flatMap((line) => packageOf(line)?.group ?? []))];
}

export function packageNames(sheet: Sheet, group: string): string[] {
  return [...new Set(linesOf(sheet).flatMap((line) => (packageOf(line)?.group === group ? (packageOf(line)?.package ?? []) : [])))];
}

/** A line's choice becomes another; in every group exactly one package stays suggested. Answers the lines that change. */
export function chooseFor(sheet: Sheet, id: string, choice: Choice | null): ChoiceChange[] {
  const before = linesOf(sheet);
  const after = before.map((line) => (line.id === id ? { ...line, choice } : line));
  const wanted = choice?.kind === 'package' && choice.chosen ? choice : null;
  const suggested = new Map<string, string>();
  for (const one of after.map(packageOf)) if (one?.chosen && !suggested.has(one.group)) suggested.set(one.group, one.package);
  for (const one of after.map(packageOf)) if (one !== null && !suggested.has(one.group)) suggested.set(one.group, one.package);
  if (wanted !== null) suggested.set(wanted.group, wanted.package);
  return after.flatMap((line, at): ChoiceChange[] => {
    const own = packageOf(line);
    const settled = own === null ? (line.choice ?? null) : { ...own, chosen: suggested.get(own.group) === own.package };
    return JSON.stringify(settled) === JSON.stringify(before[at]?.choice ?? null) ? [] : [{ id: line.id, fields: { choice: settled } }];
  });
}

/** Bounds that fit a quantity: from one (or all of it, when less) to twice as much. */
export function boundsFor(quantityMilli: number): NonNullable<EditorLine['bounds']> {
  const minMilli = Math.min(1000, quantityMilli);
  return { minMilli, maxMilli: quantityMilli * 2, stepMilli: quantityMilli % 1000 === 0 ? 1000 : null };
}
