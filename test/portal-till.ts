import { sql } from 'kysely';
import { createApp } from '../src/web/app.ts';
import { type Browser, type PortalWorld, portalWorld } from './portal-world.ts';
import { type SandboxTill, sandboxTill } from './till.ts';
import type { TestWeb } from './web.ts';
import { portalSession } from './world.ts';

/** A world whose customers pay in the real sandbox process. Close the till when the tests are done. */
export async function portalWithTill(web: TestWeb, timeoutMs = 4_000): Promise<{ world: PortalWorld; till: SandboxTill }> {
  const till = await sandboxTill(web.database, { timeoutMs });
  const deps = { ...web.deps, cards: till.till.cards };
  return { till, world: await portalWorld({ ...web, deps, app: createApp(deps) }) };
}

/** The cookie of a person's session in the portal. */
export async function sessionOf({ web, house }: PortalWorld, person: string): Promise<string> {
  const { rows } = await house.office(({ tx }) =>
    sql<{ id: string }>`select identity_id as id from people where business_id = ${house.id} and id = ${person}`.execute(tx),
  );
  const { cookies } = await portalSession(web, rows[0]?.id ?? '');
  return `portal=${cookies?.['portal']}`;
}

/** The browser of a person who is signed in. */
export async function signedIn(world: PortalWorld, person: string, headers: Record<string, string> = {}): Promise<Browser> {
  return world.browser({ ...headers, cookie: await sessionOf(world, person) });
}
