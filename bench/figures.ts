import { autopay } from './figures/autopay.ts';
import { bulkIssue } from './figures/bulk-issue.ts';
import { coldPage } from './figures/cold-page.ts';
import { estimatePage } from './figures/estimate-page.ts';
import { grown } from './figures/grown.ts';
import { importLarge } from './figures/import-large.ts';
import { listGrown } from './figures/list-grown.ts';
import { live } from './figures/live.ts';
import { memory } from './figures/memory.ts';
import { mixed } from './figures/mixed.ts';
import { officeScript } from './figures/office-script.ts';
import { paper } from './figures/paper.ts';
import { portalPages } from './figures/portal-pages.ts';
import { slowCallersFigure } from './figures/slow-callers.ts';
import { soak } from './figures/soak.ts';
import { startUp } from './figures/start-up.ts';
import { webhookIntake } from './figures/webhook-intake.ts';
import type { Result } from './result.ts';
import { closeWorld } from './world.ts';

/** `keeps`: the promise of docs/promises.md it measures. `apart`: takes long, and is measured when it is asked for by name only. */
export type Figure = Readonly<{ name: string; measure: () => Promise<Result[]>; keeps?: string; apart?: boolean }>;

/** In the order they are taken: reading first, then what writes, the start last because it ends the server. */
export const figures: readonly Figure[] = [
  { name: 'portal', measure: portalPages },
  { name: 'cold', measure: coldPage },
  { name: 'estimate', measure: estimatePage },
  { name: 'list', measure: listGrown },
  { name: 'memory', measure: memory },
  { name: 'live', measure: live },
  { name: 'office', measure: officeScript },
  { name: 'pdf', measure: paper },
  { name: 'bulk', measure: bulkIssue },
  { name: 'mixed', measure: mixed, keeps: 'S1' },
  { name: 'slow', measure: slowCallersFigure, keeps: 'S6' },
  { name: 'notices', measure: webhookIntake, keeps: 'S4' },
  { name: 'autopay', measure: autopay },
  { name: 'start', measure: startUp },
  { name: 'grown', measure: grown, keeps: 'S2', apart: true },
  { name: 'import', measure: importLarge, apart: true },
  { name: 'soak', measure: soak, keeps: 'S5', apart: true },
];

export { closeWorld };
