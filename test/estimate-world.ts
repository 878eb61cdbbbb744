import { sql } from 'kysely';
import { publicId } from '../src/core/ids.ts';
import { createDraft, issueEstimate } from '../src/domain/estimates/estimates.ts';
import { freshLink } from '../src/domain/links/links.ts';
import { href } from '../src/routes.ts';
import type { Browser, PortalWorld } from './portal-world.ts';
import { testKeys } from './small-business.ts';
import { portalSession } from './world.ts';

/** A line at a price in minor units, with how it may be chosen. */
export const offered = (name: string, amountMinor: number, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  ...{ name, quantityMilli: 1000n, unitPriceMilli: BigInt(amountMinor) * 1000n, taxRateId: null },
  ...more,
});
export const maybe = (chosen: boolean): Record<string, unknown> => ({ choice: { kind: 'optional', chosen } });
export const packed = (name: string, chosen: boolean): Record<string, unknown> => ({ choice: { kind: 'package', group: 'Heater', package: name, chosen } });

/** $100.00 always, a heater good ($500.00, suggested) or best ($900.00), a sieve suggested ($50.00) and one not ($30.00), and 2 to 6 taps at $20.00. */
export const kitchen = [
  offered('Take out the old one', 10_000),
  offered('Forty gallons', 50_000, packed('Good', true)),
  offered('Sixty gallons', 90_000, packed('Best', false)),
  offered('Sieve', 5_000, maybe(true)),
  offered('Second sieve', 3_000, maybe(false)),
  offered('Taps', 2_000, { quantityMilli: 2000n, bounds: { minMilli: 2000n, maxMilli: 6000n, stepMilli: 1000n } }),
];
/** What it comes to as suggested: 100 + 500 + 50 + 40. */
export const kitchenMinor = 69_000n;

export type SentEstimate = Readonly<{ id: string; path: string; tokens: readonly string[]; links: readonly string[] }>;

/** Issues an estimate, shows it, and gives each person a link of their own. */
export function offer(
  world: PortalWorld,
  to: readonly Readonly<{ id: string; email: string }>[],
  options: Readonly<{ lines?: readonly unknown[]; customer?: string; extra?: Readonly<Record<string, unknown>>; documentId?: string }> = {},
): Promise<SentEstimate> {
  const { lines = kitchen, customer: customerId = world.customer, extra = {} } = options;
  return world.house.office(async (scope) => {
    const id = options.documentId ?? (await createDraft(scope, { customerId, lines, ...extra })).id;
    await issueEstimate(scope, id, { show: true });
    const links: string[] = [];
    for (const person of to) links.push(await freshLink(scope, testKeys, { documentId: id, customerId, personId: person.id, sentTo: person.email }));
    const path = href('document', { business: world.house.slug, document: publicId('estimate', id) });
    return { id, path, links, tokens: links.map((link) => testKeys.linkToken(world.house.id, link)) };
  });
}

/** What a person fills in on the form: its own hidden fields, the terms and the name. */
export const filled = (html: string, more: Readonly<Record<string, string>> = {}): [string, string][] => {
  const form = /<form method="post"[^>]*\/(?:approve|undo|decline|changes)"[\s\S]*?<\/form>/.exec(html)?.[0] ?? '';
  const hidden = [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(
    ([, name = '', value = '']) => [name, value] as [string, string],
  );
  return [...hidden, ['acceptTerms', '1'], ['typedName', 'Rosa Quill'], ...Object.entries(more)];
};

/** A browser of a person who is signed in. */
export async function signedIn(world: PortalWorld, person: Readonly<{ id: string }>): Promise<Browser> {
  const { rows } = await world.house.office(({ tx }) =>
    sql<{ id: string }>`select identity_id as id from people where business_id = ${world.house.id} and id = ${person.id}`.execute(tx),
  );
  return world.browser({ cookie: `portal=${(await portalSession(world.web, rows[0]?.id ?? '')).cookies?.['portal']}` });
}
