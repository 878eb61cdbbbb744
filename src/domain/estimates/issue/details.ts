import type { StandingRow } from './queries.ts';

/** The newer state a refusal names, for the page that shows it. */
export function detailsOf(standing: StandingRow, now: string = standing.state): Readonly<Record<string, unknown>> {
  const { decidedAt, decidedBy, replacedById, validUntil, number, revision } = standing;
  return { state: now, decidedAt, decidedBy, replacedBy: replacedById, validUntil, number, revision };
}
