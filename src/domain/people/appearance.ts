import type { Database } from '../../db/pool.ts';
import { asLogin } from '../../db/scope.ts';
import { selectTheme, updateTheme } from './appearance/queries.ts';

export const themes = ['light', 'dark', 'auto'] as const;
/** How the office looks to one person; `auto`: as their device does. */
export type Theme = (typeof themes)[number];

export function themeOf(database: Database, identityId: string): Promise<Theme> {
  return asLogin(database, (tx) => selectTheme(tx, identityId));
}

/** Kept with the person: every business and every device of theirs looks so from the next page on. */
export function setTheme(database: Database, identityId: string, theme: Theme): Promise<void> {
  return asLogin(database, (tx) => updateTheme(tx, identityId, theme));
}
