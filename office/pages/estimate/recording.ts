import { approvesUpTo } from '../../../src/core/authority.ts';
import { ApiProblem } from '../../api/problem.ts';
import type { Estimate, EstimateChoices, EstimatePaper, Person, Property } from '../../api/types.ts';

/** What a customer said outside of the portal, while the office writes it down. */
export type Recording = 'approval' | 'decline' | 'changes' | 'undo';

/** What may be recorded as it stands now. Whoever may write estimates may always copy one. */
export function recordable({ acts, status, invoice, standing }: Pick<Estimate, 'acts' | 'status' | 'invoice' | 'standing'>): readonly Recording[] {
  if (!acts.includes('duplicate')) return [];
  if (status === 'sent') return ['approval', 'decline', 'changes', ...(standing.firstApproval === null ? [] : (['undo'] as const))];
  return status === 'approved' && invoice === null ? ['undo'] : [];
}

type Asked = Readonly<{ rights: Pick<Person['rights'], 'propertyIds' | 'canView' | 'canManage' | 'approveLimitMinor'> }>;

/** Those of the customer's people the estimate concerns. */
export function concerned<P extends Asked>(people: readonly P[], propertyId: string | null): P[] {
  return people.filter(({ rights }) => rights.canView && (rights.propertyIds === null || (propertyId !== null && rights.propertyIds.includes(propertyId))));
}

export type PropertyLimit = Pick<Property, 'nteMinor' | 'ownerPersonId'> | null;

/** Up to what a person may approve there; null: without limit. */
export function limitOf({ id, rights }: Asked & Pick<Person, 'id'>, customerKind: string, property: PropertyLimit): bigint | null {
  const { propertyIds, canManage, approveLimitMinor } = rights;
  const rule = { nteMinor: property?.nteMinor == null ? null : BigInt(property.nteMinor), owns: property?.ownerPersonId === id };
  return approvesUpTo({ customerKind, whole: propertyIds === null, canManage, limitMinor: BigInt(approveLimitMinor), ...rule });
}

export type Who = Readonly<{ personId: string | null; typedName: string }>;

/** Another person was picked: the name follows, unless one was typed. */
export function whoAfter(before: Who, people: readonly Pick<Person, 'id' | 'name'>[], personId: string | null): Who {
  const nameOf = (id: string | null): string => people.find((each) => each.id === id)?.name ?? '';
  const typed = before.typedName.trim() !== '' && before.typedName !== nameOf(before.personId);
  return { personId, typedName: typed ? before.typedName : nameOf(personId) };
}

type Line = Pick<EstimatePaper['lines'][number], 'id' | 'name' | 'quantityMilli' | 'netMinor' | 'choice' | 'bounds'>;
/** Quantities that were typed; null while what is typed is no number. */
export type Picked = Readonly<{
  options: readonly string[];
  packages: readonly Readonly<{ group: string; package: string }>[];
  quantities: Readonly<Record<string, number | null>>;
}>;
export type Package = { name: string; netMinor: number; lines: string[] };

/** Groups of packages in the order of the estimate, each package with its lines and what they come to. */
export function groupsOf(lines: readonly Line[]): { group: string; packages: Package[] }[] {
  const groups = new Map<string, Map<string, Package>>();
  for (const { name, netMinor, choice } of lines) {
    if (choice?.kind !== 'package') continue;
    const packages = groups.get(choice.group) ?? new Map<string, Package>();
    const before = packages.get(choice.package) ?? { name: choice.package, netMinor: 0, lines: [] };
    packages.set(choice.package, { ...before, netMinor: before.netMinor + netMinor, lines: [...before.lines, name] });
    groups.set(choice.group, packages);
  }
  return [...groups].map(([group, packages]) => ({ group, packages: [...packages.values()] }));
}

/** As the business suggests it. */
export function suggestedOf(lines: readonly Line[]): Picked {
  const packages = new Map<string, string>();
  for (const { choice } of lines) if (choice?.kind === 'package' && choice.chosen) packages.set(choice.group, choice.package);
  return {
    options: lines.flatMap(({ id, choice }) => (choice?.kind === 'optional' && choice.chosen ? [id] : [])),
    packages: [...packages].map(([group, name]) => ({ group, package: name })),
    quantities: {},
  };
}

export function isTaken({ id, choice }: Pick<Line, 'id' | 'choice'>, { options, packages }: Picked): boolean {
  if (choice === null) return true;
  if (choice.kind === 'optional') return options.includes(id);
  return packages.some((each) => each.group === choice.group && each.package === choice.package);
}

/** The choices as they are said to the API; null while a quantity is no number. */
export function choicesOf(lines: readonly Line[], picked: Picked): Required<EstimateChoices> | null {
  const quantities: Required<EstimateChoices>['quantities'] = [];
  for (const line of lines) {
    const typed = picked.quantities[line.id];
    if (line.bounds === null || typed === undefined || !isTaken(line, picked)) continue;
    if (typed === null) return null;
    if (typed !== line.quantityMilli) quantities.push({ lineId: line.id, quantityMilli: typed });
  }
  return { options: [...picked.options], packages: picked.packages.map((each) => ({ ...each })), quantities };
}

export type SignedLine = Readonly<{ id: string; name: string; quantityMilli: number; netMinor: number }>;

/** The lines that were signed, out of the evidence of an approval. */
export function signedLines(facts: string): readonly SignedLine[] {
  const { chosen } = JSON.parse(facts) as { chosen?: { lines?: readonly SignedLine[] } };
  return chosen?.lines ?? [];
}

const inTheOffice: Readonly<Record<string, string>> = {
  po_needed: 'This customer asks for a PO number before anything is approved.',
  approving_not_allowed: 'This person may look at the estimate but not decide on it. Choose somebody else, or change the rights under People.',
  undo_over: 'An invoice was made of it, or its deposit was paid or is on its way: the approval stands. Nothing was changed.',
};

/** What the API refuses speaks to the customer; here the office reads it. */
export function toOffice(error: unknown): unknown {
  if (!(error instanceof ApiProblem)) return error;
  const { status, code, requestId } = error;
  return new ApiProblem({ status, code, requestId, detail: inTheOffice[code] ?? error.message });
}
