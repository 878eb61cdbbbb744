import type { z } from '@hono/zod-openapi';
import type { Scope } from '../../db/scope.ts';
import { propertyTitles } from '../../domain/desk/desk.ts';
import { readDraft, readEstimate, readEstimateDesk } from '../../domain/estimates/estimates.ts';
import { presentEstimate } from './present-estimate.ts';
import type { estimate } from './schemas/estimate.ts';

/** One estimate or draft, as every operation on one answers it. Refuses `not_found`. */
export async function estimateShown(scope: Scope, documentId: string): Promise<z.input<typeof estimate>> {
  const desk = await readEstimateDesk(scope, documentId);
  if (desk.standing.state !== 'draft') {
    const { facts, changes } = await readEstimate(scope, documentId);
    return presentEstimate(desk, { draft: null, facts, changes, titles: new Map() });
  }
  const draft = await readDraft(scope, documentId);
  const parts = draft.totals.parts.map((part) => part.part);
  return presentEstimate(desk, { draft, facts: null, changes: null, titles: await propertyTitles(scope, parts) });
}
