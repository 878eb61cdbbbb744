import type { Draft, DraftLine, EstimateDraftLine, Item } from '../../api/types.ts';
import { taxAsItem } from './usual-tax.ts';

/**
 * A draft while it is written: its lines stand in sections, one per property, and a section may be empty for a while.
 * Everything here is pure; ids come from the caller.
 */
export type EditorLine = DraftLine & Partial<Pick<EstimateDraftLine, 'choice' | 'bounds'>>;
export type EditorSection = { key: string; propertyId: string | null; lines: EditorLine[] };
export type Sheet = { sections: EditorSection[] };
export type EditorDraft = Omit<Draft, 'lines' | 'propertyId'> & Sheet;
export type DraftFields = Omit<EditorDraft, 'sections'>;

/** What may be done to the lines of any priced document. */
export type LineAct =
  | { act: 'change_line'; id: string; fields: Partial<EditorLine> }
  | { act: 'add_line'; section: string; id: string; after?: string }
  | { act: 'copy_line'; id: string; newId: string }
  | { act: 'remove_line'; id: string }
  | { act: 'put_back'; section: string; at: number; line: EditorLine }
  | { act: 'move_line'; id: string; by: -1 | 1 }
  | { act: 'add_section'; key: string; propertyId: string; lineId: string }
  | { act: 'set_property'; section: string; propertyId: string | null }
  | { act: 'remove_section'; section: string }
  | { act: 'put_sections'; sections: EditorSection[] };
/** The lines as they were saved, with the property of the whole. */
type SavedLines = Readonly<{ propertyId: string | null; lines: readonly DraftLine[] }>;
export type Act<F = DraftFields> =
  | LineAct
  | { act: 'set'; fields: Partial<F> }
  | { act: 'follow_taxes'; saved: SavedLines }
  | { act: 'replace'; draft: F & Sheet };

export function blankLine(id: string): DraftLine {
  return {
    id,
    itemId: null,
    propertyId: null,
    name: '',
    description: '',
    serviceOn: null,
    quantityMilli: 1000,
    unit: '',
    unitPriceMilli: 0,
    discount: null,
    taxRateId: null,
    taxFrom: 'business',
  };
}

/** A line nobody wrote anything on; it is not saved. */
export function isBlank(line: DraftLine): boolean {
  return line.name === '' && line.description === '' && line.unitPriceMilli === 0 && line.itemId === null;
}

/** What a line becomes when an item of the price book is chosen for it. Quantity and day stay; tax is again what is usual. */
export function withItem(item: Item): Partial<DraftLine> {
  return {
    itemId: item.id,
    name: item.name,
    description: item.description,
    unit: item.unit,
    unitPriceMilli: item.unitPriceMilli,
    ...taxAsItem(item),
  };
}

export function openDraft<D extends { propertyId: string | null; lines: EditorLine[] }>(
  draft: D,
  freshKey: () => string,
): Omit<D, 'lines' | 'propertyId'> & Sheet {
  const { lines, propertyId, ...fields } = draft;
  const sections: EditorSection[] = [];
  for (const line of lines) {
    const own = line.propertyId ?? propertyId;
    const last = sections.at(-1);
    if (last && last.propertyId === own) last.lines.push({ ...line, propertyId: own });
    else sections.push({ key: freshKey(), propertyId: own, lines: [{ ...line, propertyId: own }] });
  }
  return { ...fields, sections: sections.length === 0 ? [{ key: freshKey(), propertyId, lines: [] }] : sections };
}

/** One text for one content, whatever the order the fields came in: what is saved is told from what is not by it. Usual taxes are the server's to know. */
export function draftText<D extends { propertyId: string | null; lines: EditorLine[] }>(draft: D): string {
  const closed = closeDraft(openDraft(draft, () => ''));
  const lines = closed.lines.map((line) => (line.taxFrom === 'line' ? line : { ...line, taxRateId: null, taxFrom: 'usual' }));
  return JSON.stringify({ ...closed, lines }, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

/** As it is saved: blank lines left out, each line in the property of its section. */
export function closeDraft<F extends Sheet>({ sections, ...fields }: F): Omit<F, 'sections'> & { propertyId: string | null; lines: EditorLine[] } {
  const [only] = sections;
  return {
    ...fields,
    propertyId: sections.length === 1 && only ? only.propertyId : null,
    lines: sections.flatMap((section) => section.lines.filter((line) => !isBlank(line)).map((line) => ({ ...line, propertyId: section.propertyId }))),
  };
}

export function reduceDraft<F>(draft: F & Sheet, act: Act<F>): F & Sheet {
  switch (act.act) {
    case 'set':
      return { ...draft, ...act.fields };
    case 'replace':
      return act.draft;
    case 'put_sections':
      return { ...draft, sections: act.sections };
    case 'change_line':
      return inLines(draft, act.id, (lines, at) => lines.with(at, { ...lines[at], ...act.fields } as EditorLine));
    case 'remove_line':
      return inLines(draft, act.id, (lines, at) => lines.toSpliced(at, 1));
    case 'copy_line':
      return inLines(draft, act.id, (lines, at) => lines.toSpliced(at + 1, 0, { ...(lines[at] as EditorLine), id: act.newId }));
    case 'move_line':
      return moveLine(draft, act.id, act.by);
    case 'add_line':
      return inSection(draft, act.section, (section) => {
        const at = act.after === undefined ? section.lines.length : section.lines.findIndex((line) => line.id === act.after) + 1;
        return { ...section, lines: section.lines.toSpliced(at, 0, blankLine(act.id)) };
      });
    case 'put_back':
      return inSection(draft, act.section, (section) => ({ ...section, lines: section.lines.toSpliced(act.at, 0, act.line) }));
    case 'add_section':
      return { ...draft, sections: [...withoutEmptyStart(draft.sections), { key: act.key, propertyId: act.propertyId, lines: [blankLine(act.lineId)] }] };
    case 'set_property':
      return inSection(draft, act.section, (section) => ({ ...section, propertyId: act.propertyId }));
    case 'remove_section': {
      const sections = draft.sections.filter((section) => section.key !== act.section);
      return sections.length === 0 ? draft : { ...draft, sections };
    }
    case 'follow_taxes':
      return followTaxes(draft, act.saved);
  }
}

/** Taxes nobody chose by hand become what the server found usual for the line as it was saved. */
function followTaxes<D extends Sheet>(draft: D, saved: SavedLines): D {
  const known = new Map(saved.lines.map((line) => [line.id, line]));
  let changed = false;
  const sections = draft.sections.map((section) => ({
    ...section,
    lines: section.lines.map((line) => {
      const now = known.get(line.id);
      if (!now || line.taxFrom === 'line' || now.itemId !== line.itemId || (now.propertyId ?? saved.propertyId) !== section.propertyId) return line;
      // What the item says is kept for when the property changes.
      if (line.taxFrom === 'item' && now.taxFrom === 'property') return line;
      if (now.taxFrom === line.taxFrom && now.taxRateId === line.taxRateId) return line;
      changed = true;
      return { ...line, taxRateId: now.taxRateId, taxFrom: now.taxFrom };
    }),
  }));
  return changed ? { ...draft, sections } : draft;
}

/** A first section nobody used gives way to one with a property. */
function withoutEmptyStart(sections: readonly EditorSection[]): EditorSection[] {
  const [first] = sections;
  return sections.length === 1 && first && first.propertyId === null && first.lines.every(isBlank) ? [] : [...sections];
}

function inSection<D extends Sheet>(draft: D, key: string, change: (section: EditorSection) => EditorSection): D {
  return { ...draft, sections: draft.sections.map((section) => (section.key === key ? change(section) : section)) };
}

function inLines<D extends Sheet>(draft: D, id: string, change: (lines: EditorLine[], at: number) => EditorLine[]): D {
  const found = draft.sections.find((section) => section.lines.some((line) => line.id === id));
  if (found === undefined) return draft;
  return inSection(draft, found.key, (section) => ({
    ...section,
    lines: change(
      section.lines,
      section.lines.findIndex((line) => line.id === id),
    ),
  }));
}

/** Up or down by one; at the end of a section into the next one. */
function moveLine<D extends Sheet>(draft: D, id: string, by: -1 | 1): D {
  const here = draft.sections.findIndex((section) => section.lines.some((line) => line.id === id));
  const section = draft.sections[here];
  const at = section?.lines.findIndex((line) => line.id === id) ?? -1;
  const line = section?.lines[at];
  if (section === undefined || line === undefined) return draft;
  const rest = section.lines.toSpliced(at, 1);
  if (at + by >= 0 && at + by < section.lines.length) {
    return { ...draft, sections: draft.sections.with(here, { ...section, lines: rest.toSpliced(at + by, 0, line) }) };
  }
  const neighbor = draft.sections[here + by];
  if (neighbor === undefined) return draft;
  const joined = by < 0 ? [...neighbor.lines, line] : [line, ...neighbor.lines];
  return { ...draft, sections: draft.sections.with(here, { ...section, lines: rest }).with(here + by, { ...neighbor, lines: joined }) };
}
