import { randomBytes } from 'node:crypto';
import { isTimeZone } from '../../core/calendar.ts';
import { isCurrency } from '../../core/currencies.ts';
import type { Keys } from '../../core/gateways.ts';
import { textLimits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import { canonicalEmail, clean } from '../../core/text.ts';
import { newId } from '../../db/fresh.ts';
import type { Database } from '../../db/pool.ts';
import { inTransaction, type Scope, systemActor } from '../../db/scope.ts';
import { recordEvent } from '../events/events.ts';
import { askConfirmationIn, confirmByCode, preparePassword } from '../people/confirm.ts';
import type { AskedCode, Asker, NewSession } from '../people/sign-in.ts';
import { addStaff } from '../people/staff.ts';
import { indexThings } from '../search/search.ts';
import { insertBusiness, insertStarter, markConfirmed } from './queries.ts';
import { isReserved, isSlug, slugCandidates } from './slugs.ts';
import { starters, type Trade, trades } from './starter.ts';

export type NewBusiness = Readonly<{ name: string; trade: Trade; country: string; timeZone: string; currency: string; ownerName: string; email: string }>;

/**
 * A business signs up: it is made at once with the price book of its trade, and is nobody's until the code mailed to the address comes
 * back in this browser (`confirmSignUp`). The answer tells nothing of whether the address was known. Refuses bad fields by name, weak
 * passwords, `too_many_requests`.
 */
export async function signUp(
  database: Database,
  keys: Keys,
  input: NewBusiness & Readonly<{ password: string; asker: Asker }>,
): Promise<{ business: string; slug: string; email: string; code: AskedCode }> {
  const fields = cleanBusiness(input);
  const passwordHash = await preparePassword(database, { password: input.password, known: [fields.email, fields.ownerName, fields.name], asker: input.asker });
  const business = newId();
  return inTransaction(database, { role: 'system', business, actor: systemActor }, async (scope) => {
    const { slug, identityId } = await foundBusiness(scope, fields, {});
    return { business, slug, email: fields.email, code: await askConfirmationIn(scope, keys, { identityId, passwordHash }) };
  });
}

/** The code of a sign-up, or of a password reset, comes back: see `confirmByCode`. */
export function confirmSignUp(
  database: Database,
  keys: Keys,
  input: Readonly<{ nonce: string; code: string; asker: Asker }>,
): Promise<{ session: NewSession; business: string }> {
  return confirmByCode(database, keys, input, async (scope) => {
    await markConfirmed(scope);
    await recordEvent(scope, { kind: 'business.email_confirmed' });
  });
}

/**
 * Makes the business of this scope (role system, a fresh id): profile, chain of events, first number, the starter of its trade, and
 * its owner. `confirmed`: the owner belongs to it at once, without a code.
 */
export async function foundBusiness(
  scope: Scope,
  input: NewBusiness,
  options: Readonly<{ slug?: string; demo?: boolean; confirmed?: boolean; ownerId?: string; starter?: boolean }>,
): Promise<{ slug: string; ownerId: string; identityId: string }> {
  const fields = cleanBusiness(input);
  const slug = await takeSlug(scope, fields, options);
  const items = await insertStarter(scope, fields, options.starter === false ? { ...starters[fields.trade], items: [] } : starters[fields.trade]);
  await indexThings(
    scope,
    items.map(({ id, name, description }) => ({ kind: 'item', id, customerId: null, texts: { words: [name, description] } })),
  );
  const owner = { name: fields.ownerName, email: fields.email, role: 'owner', joined: options.confirmed === true } as const;
  const { id, identityId } = await addStaff(scope, options.ownerId === undefined ? owner : { ...owner, id: options.ownerId });
  await recordEvent(scope, { kind: 'business.created', data: { name: fields.name, trade: fields.trade, slug } });
  return { slug, ownerId: id, identityId };
}

async function takeSlug(scope: Scope, fields: NewBusiness, options: { slug?: string; demo?: boolean; confirmed?: boolean }): Promise<string> {
  if (options.slug !== undefined && (!isSlug(options.slug) || isReserved(options.slug))) throw new Refusal('business_slug_invalid', { field: 'slug' });
  const candidates = options.slug === undefined ? slugCandidates(fields.name, randomBytes(8).toString('hex')) : [options.slug];
  for (const slug of candidates) {
    if (await insertBusiness(scope, { ...fields, slug, demo: options.demo ?? false, confirmed: options.confirmed ?? false })) return slug;
  }
  throw new Refusal('business_slug_taken', { field: 'slug' });
}

function cleanBusiness(input: NewBusiness): NewBusiness {
  const name = clean(input.name, textLimits.name, 'name');
  const ownerName = clean(input.ownerName, textLimits.name, 'ownerName');
  const email = canonicalEmail(input.email);
  if (name === '') throw new Refusal('required', { field: 'name' });
  if (ownerName === '') throw new Refusal('required', { field: 'ownerName' });
  if (email === null) throw new Refusal('email_invalid', { field: 'email' });
  if (!trades.includes(input.trade)) throw new Refusal('wrong_choice', { field: 'trade' });
  if (!/^[A-Z]{2}$/.test(input.country)) throw new Refusal('wrong_choice', { field: 'country' });
  if (!isTimeZone(input.timeZone)) throw new Refusal('time_zone_unknown', { field: 'timeZone' });
  if (!isCurrency(input.currency)) throw new Refusal('currency_unknown', { field: 'currency' });
  return { name, ownerName, email, trade: input.trade, country: input.country, timeZone: input.timeZone, currency: input.currency };
}
