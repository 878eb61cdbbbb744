import type { Choice } from './choices.ts';

/** One package of a group: its lines and what they come to before document discount and tax, in minor units. */
export type Package<L> = Readonly<{ name: string; suggested: boolean; lines: readonly L[]; netMinor: bigint }>;
export type PackageGroup<L> = Readonly<{ group: string; packages: readonly Package<L>[] }>;

/** The groups of packages among lines, in the order in which they first come; `netMinor` of a line may be that of a chosen quantity. */
export function packageGroups<L extends Readonly<{ choice: Choice | null; netMinor: bigint }>>(lines: readonly L[]): PackageGroup<L>[] {
  const groups = new Map<string, Map<string, L[]>>();
  for (const line of lines) {
    if (line.choice?.kind !== 'package') continue;
    const group = groups.get(line.choice.group) ?? new Map<string, L[]>();
    groups.set(line.choice.group, group);
    group.set(line.choice.package, [...(group.get(line.choice.package) ?? []), line]);
  }
  return [...groups].map(([group, packages]) => ({
    group,
    packages: [...packages].map(([name, of]) => ({
      ...{ name, lines: of },
      suggested: of.some(({ choice }) => choice?.kind === 'package' && choice.chosen),
      netMinor: of.reduce((sum, { netMinor }) => sum + netMinor, 0n),
    })),
  }));
}
