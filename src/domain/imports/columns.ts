import { Refusal } from '../../core/refusal.ts';
import { fold, type ImportKind, kindsInOrder, meaningsOf, missingFrom } from './meanings.ts';
import { matching, type Template } from './templates.ts';

/** What each column means, by its place; null: left out. */
export type Mapping = readonly (string | null)[];

/** Which column of the file says what. Cells are asked for by meaning; a problem is told with the file's own heading. */
export type Columns<Meaning extends string> = Readonly<{
  cell: (cells: readonly string[], meaning: Meaning) => string;
  heading: (meaning: Meaning) => string;
  /** From 0; -1 when no column says this. */
  position: (meaning: Meaning) => number;
  has: (meaning: Meaning) => boolean;
}>;

export type Recognized = Readonly<{ kind: ImportKind; template: Template | null; mapping: Mapping }>;

/** What a file is by its headings: an export known by all of its marks, else the kind most of the headings speak of. `kind`: said by whoever brings it. */
export function recognize(header: readonly string[], kind?: ImportKind): Recognized {
  const folded = header.map(fold);
  const template = matching(folded, kind);
  if (template !== null) return { kind: template.kind, template, mapping: mappingOf(template.kind, folded, template.means) };
  const guesses = (kind === undefined ? kindsInOrder : [kind]).map((each) => {
    const mapping = mappingOf(each, folded, {});
    const found = mapping.filter((meaning) => meaning !== null).length;
    return { kind: each, mapping, worth: found + (missingFrom(each, mapping).length === 0 ? 100 : 0) };
  });
  const best = guesses.reduce((a, b) => (b.worth > a.worth ? b : a));
  return { kind: best.kind, template: null, mapping: best.mapping };
}

/** No meaning twice; a program's own words come before the usual ones. */
function mappingOf(kind: ImportKind, folded: readonly string[], means: Readonly<Record<string, string | null>>): Mapping {
  const places = new Map<string, number>();
  for (const [at, heading] of folded.entries()) {
    const meaning = means[heading];
    if (meaning && !places.has(meaning)) places.set(meaning, at);
  }
  const taken = new Set(places.values());
  for (const { meaning, headings } of meaningsOf(kind)) {
    if (places.has(meaning)) continue;
    const at = headings.map((name) => folded.indexOf(name)).find((place) => place >= 0 && !taken.has(place) && means[folded[place] ?? ''] !== null);
    if (at === undefined) continue;
    places.set(meaning, at);
    taken.add(at);
  }
  const byPlace = new Map([...places].map(([meaning, at]) => [at, meaning]));
  return folded.map((_, at) => byPlace.get(at) ?? null);
}

/** A mapping as somebody chose it. Refuses `wrong_choice` for a meaning the kind does not have, or twice the same. */
export function cleanMapping(kind: ImportKind, width: number, chosen: readonly (string | null)[]): Mapping {
  const known = new Set(meaningsOf(kind).map(({ meaning }) => meaning));
  const used = chosen.filter((meaning) => meaning !== null);
  if (chosen.length !== width || used.some((meaning) => !known.has(meaning)) || new Set(used).size !== used.length)
    throw new Refusal('wrong_choice', { field: 'mapping' });
  return [...chosen];
}

export function columnsOf<Meaning extends string>(header: readonly string[], mapping: Mapping): Columns<Meaning> {
  const places = new Map(mapping.flatMap((meaning, at) => (meaning === null ? [] : [[meaning, at] as const])));
  const position = (meaning: Meaning): number => places.get(meaning) ?? -1;
  return {
    position,
    has: (meaning) => places.has(meaning),
    cell: (cells, meaning) => cells[position(meaning)] ?? '',
    heading: (meaning) => header[position(meaning)] ?? meaning,
  };
}
