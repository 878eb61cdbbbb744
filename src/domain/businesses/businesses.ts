import { Refusal } from '../../core/refusal.ts';
import type { Database } from '../../db/pool.ts';
import { asLogin, type Scope } from '../../db/scope.ts';
import { recordEvent } from '../events/events.ts';
import { applyChanges, type Sections, type SettingsChanges } from './business.ts';
import { planOf } from './plan.ts';
import { mayRead, mayWrite } from './policy.ts';
import {
  type FrontDoor,
  lockSettings,
  type Progress,
  type Standing,
  selectBySlug,
  selectDemo,
  selectProgress,
  selectSettings,
  selectStanding,
  updateSettings,
} from './queries.ts';

export { planOf } from './plan.ts';
export { type Starter, starters, type Trade, trades } from './starter.ts';
export type { FrontDoor, Sections, SettingsChanges, Standing };

/** All settings, and how far the business has come. `logo` and `logoForPages` are SHA-256 in hex. */
export type Settings = Sections &
  Readonly<{
    version: number;
    slug: string;
    country: string;
    currency: string;
    demo: boolean;
    plan: string;
    highestUsed: bigint;
    logo: string | null;
    logoForPages: string | null;
    /** Whether the sandbox processor may be turned on here. */
    sandboxAvailable: boolean;
    welcomeDismissed: boolean;
    progress: Progress;
  }>;
/** `sandbox`: the host lets any business take play money; demo businesses always may. */
export type Allowed = Readonly<{ sandbox: boolean }>;

export async function readSettings(scope: Scope, allowed: Allowed): Promise<Settings> {
  await mayRead(scope);
  return settingsNow(scope, allowed);
}

async function settingsNow(scope: Scope, allowed: Allowed): Promise<Settings> {
  const stored = await selectSettings(scope);
  const { plan, ...rest } = stored;
  return { ...rest, plan: planOf({ plan }).name, sandboxAvailable: stored.demo || allowed.sandbox, progress: await selectProgress(scope) };
}

/**
 * Changes what is given, in one act. Refuses `stale_version` with the newer settings, `number_series_invalid` for a next number already
 * used, `method_unavailable` for a processor that is not offered here, `tax_rate_unknown`, and bad fields by their place.
 */
export async function saveSettings(scope: Scope, input: Readonly<{ version: number; changes: SettingsChanges }>, allowed: Allowed): Promise<Settings> {
  await mayWrite(scope);
  const { changes } = input;
  const before = await lockSettings(scope);
  if (before.version !== input.version) throw new Refusal('stale_version', { current: await settingsNow(scope, allowed) });
  const after = applyChanges(before, changes);
  // A person or a program changes how customers pay in its own way, with a second look: see pay-details.ts.
  if (after.waysToPay.howToPay !== before.waysToPay.howToPay && scope.actor.kind !== 'system')
    throw new Refusal('pay_details_own_way', { field: 'waysToPay.howToPay' });
  // A processor with an account of one's own is turned on and off where that account is kept: see processors.
  if (after.waysToPay.gateway !== before.waysToPay.gateway && (after.waysToPay.gateway === 'stripe' || before.waysToPay.gateway === 'stripe'))
    throw new Refusal('method_unavailable', { field: 'waysToPay.gateway' });
  if (after.waysToPay.gateway === 'sandbox' && !before.demo && !allowed.sandbox) throw new Refusal('method_unavailable', { field: 'waysToPay.gateway' });
  if (after.numbering.next <= before.highestUsed) throw new Refusal('number_series_invalid', { field: 'numbering.next', highestUsed: before.highestUsed });
  const welcomeDismissed = changes.welcome?.dismissed ?? before.welcomeDismissed;
  await updateSettings(scope, { ...after, welcomeDismissed, version: before.version + 1 });
  const settings = await settingsNow(scope, allowed);
  const sections = Object.keys(changes).filter((section) => section !== 'welcome');
  await recordEvent(scope, { kind: 'business.settings_changed', data: { sections, before: told(before, sections), after: told(after, sections) } });
  return settings;
}

/** What the audit keeps of a change: the sections touched, whole. */
function told(settings: Sections, sections: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(sections.map((section) => [section, settings[section as keyof Sections]]));
}

/** The business behind an address, before anything of it is read; null when there is none. */
export function findBusiness(database: Database, slug: string): Promise<FrontDoor | null> {
  return asLogin(database, (tx) => selectBySlug(tx, slug));
}

/** The businesses of the demo, by name. */
export function demoBusinesses(database: Database): Promise<FrontDoor[]> {
  return asLogin(database, selectDemo);
}

/** What every office page says of the business it works in. Refuses nothing: whoever is in the scope works here. */
export function readStanding(scope: Scope): Promise<Standing> {
  return selectStanding(scope);
}
