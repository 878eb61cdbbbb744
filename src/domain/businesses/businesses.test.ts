import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/db.ts';
import { refusalOf, smallBusiness } from '../../../test/small-business.ts';
import { currencyCodes } from '../../core/currencies.ts';
import type { FileStore, ImageReencoder } from '../../core/gateways.ts';
import { newId } from '../../db/fresh.ts';
import { inTransaction, systemActor } from '../../db/scope.ts';
import { listEvents, verifyChain } from '../events/events.ts';
import { listItems } from '../items/items.ts';
import { listTaxRates } from '../items/tax-rates.ts';
import { findBusiness, planOf, readSettings, readStanding, type SettingsChanges, saveSettings, starters, trades } from './businesses.ts';
import { prepareLogo, saveLogo } from './logo.ts';
import { foundBusiness } from './sign-up.ts';
import { isReserved, isSlug, slugCandidates } from './slugs.ts';
import { starterPriceMilli } from './starter.ts';

const db = testDatabase(6);
const no = { sandbox: false };
type House = Awaited<ReturnType<typeof smallBusiness>>;
const save = (house: House, changes: SettingsChanges, version = 1, allowed = no) => house.office((scope) => saveSettings(scope, { version, changes }, allowed));

describe('a new business', () => {
  test.each(trades)('in %s starts with a price book, a tax rate, terms and words of its trade', async (trade) => {
    const house = await smallBusiness(db().database, { trade });
    const { items } = await house.office((scope) => listItems(scope, {}));
    expect(items.length).toBeGreaterThanOrEqual(12);
    expect(items.every((item) => item.unitPriceMilli > 0n && item.unit !== '')).toBe(true);
    const [rate] = await house.office((scope) => listTaxRates(scope));
    expect(rate?.ratePpm).toBe(82_500n);
    const settings = await house.office((scope) => readSettings(scope, no));
    expect(settings.billing).toMatchObject({ termsDays: 14, termsText: starters[trade].terms, defaultTaxRateId: rate?.id });
    expect(settings.numbering).toEqual({ prefix: '', next: 1001n });
    expect(settings.plan).toBe('free');
    expect(starters[trade].sample.every(({ item }) => starters[trade].items[item] !== undefined)).toBe(true);
    expect(await house.office(verifyChain)).toBeNull();
  });

  test('has prices in its own currency, whatever its decimals', async () => {
    expect([starterPriceMilli(9500, 'USD'), starterPriceMilli(9500, 'JPY'), starterPriceMilli(9500, 'KWD')]).toEqual([9_500_000n, 95_000n, 95_000_000n]);
    const house = await smallBusiness(db().database, { currency: 'JPY', country: 'JP' });
    expect((await house.office((scope) => listItems(scope, { q: 'service call' }))).items[0]?.unitPriceMilli).toBe(89_000n);
    expect(currencyCodes).toContain('JPY');
  });

  test.each([
    [{ name: ' ' }, 'required', 'name'],
    [{ ownerName: '' }, 'required', 'ownerName'],
    [{ email: 'ida' }, 'email_invalid', 'email'],
    [{ timeZone: 'Mars/Olympus' }, 'time_zone_unknown', 'timeZone'],
    [{ currency: 'XXX' }, 'currency_unknown', 'currency'],
    [{ country: 'usa' }, 'wrong_choice', 'country'],
    [{ trade: 'roofing' as 'other' }, 'wrong_choice', 'trade'],
  ])('with %j is refused, naming the field', async (over, code, field) => {
    expect(await refusalOf(smallBusiness(db().database, over))).toEqual({ code, field });
  });
});

describe('the address of a business', () => {
  test('comes from its name, and two of one name get two', async () => {
    const name = 'Núñez & Søns: Plumbing (demo)';
    const [one, two] = [await smallBusiness(db().database, { name }), await smallBusiness(db().database, { name })];
    expect([one.slug, two.slug]).toEqual(['nunez-and-s-ns-plumbing', 'nunez-and-s-ns-plumbing-2']);
    expect((await findBusiness(db().database, two.slug))?.id).toBe(two.id);
    expect(await findBusiness(db().database, 'no-such-business')).toBeNull();
  });

  test('is given to each of ten who ask for one name at once', async () => {
    const houses = await Promise.all(Array.from({ length: 10 }, () => smallBusiness(db().database, { name: 'Rush Hour' }, { starter: false })));
    expect(new Set(houses.map((house) => house.slug)).size).toBe(10);
  });

  test.each(['api', 'office', 'demo', 'sandbox', 'assets', 'health', 'Office', 'API!'])('is never ours: %s', (name) => {
    const candidates = slugCandidates(name, 'f00dfeed');
    expect(candidates.some(isReserved)).toBe(false);
    expect(candidates.length).toBeGreaterThan(0);
  });

  test.each(['', '漢字', '!!', 'Al', 'x'.repeat(300), '-a-', 'Mr. O’Malley’s'])('is well formed for %j', (name) => {
    const candidates = slugCandidates(name, 'f00dfeed');
    expect(candidates.length).toBeGreaterThan(0);
    expect(candidates.every(isSlug)).toBe(true);
  });

  test('asked for by name is refused when taken, reserved or malformed', async () => {
    const { slug } = await smallBusiness(db().database);
    const found = (wanted: string) => {
      const business = newId();
      const fields = { name: 'X', trade: 'other', country: 'US', timeZone: 'UTC', currency: 'USD', ownerName: 'X', email: 'x@example.com' } as const;
      return refusalOf(
        inTransaction(db().database, { role: 'system', business, actor: systemActor }, (scope) => foundBusiness(scope, fields, { slug: wanted })),
      );
    };
    expect((await found(slug)).code).toBe('business_slug_taken');
    for (const wanted of ['api', 'a', 'A B', 'a--b', '-ab']) expect((await found(wanted)).code).toBe('business_slug_invalid');
  });
});

describe('settings', () => {
  test('change section by section, cleaned, and leave the rest alone', async () => {
    const house = await smallBusiness(db().database);
    const before = await house.office((scope) => readSettings(scope, no));
    const after = await save(house, {
      company: { name: ' Paper  Otter\r\n', website: 'paperotter.example.com', address: { street: '12 Ferry Street' } },
      look: { brandColor: '#1D4ED8', greeting: { es: 'Hola' }, languages: ['es', 'en'], defaultLanguage: 'es' },
      mail: { fromName: 'Paper\nOtter', replyTo: 'Office@Example.com' },
      billing: { termsDays: 30 },
    });
    expect(after.company).toEqual({
      ...before.company,
      name: 'Paper Otter',
      website: 'https://paperotter.example.com',
      address: { ...before.company.address, street: '12 Ferry Street' },
    });
    expect(after.look).toEqual({ brandColor: '#1d4ed8', greeting: { en: '', es: 'Hola', fr: '' }, languages: ['es', 'en'], defaultLanguage: 'es' });
    expect(after.mail).toEqual({ fromName: 'Paper Otter', replyTo: 'office@example.com' });
    expect(after.billing).toEqual({ ...before.billing, termsDays: 30 });
    expect(after.waysToPay).toEqual(before.waysToPay);
    expect(after.version).toBe(2);
    const [event] = await house.office((scope) => listEvents(scope, { kinds: ['business.settings_changed'], limit: 1 }));
    expect(event?.data).toMatchObject({
      sections: ['company', 'look', 'mail', 'billing'],
      before: { billing: { termsDays: 14 } },
      after: { billing: { termsDays: 30 } },
    });
  });

  test('A8 saved from a stale version are refused with the newer ones; of twenty at once one is saved', async () => {
    const house = await smallBusiness(db().database);
    const saves = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => save(house, { billing: { termsDays: n } })));
    expect(saves.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    await expect(save(house, { billing: { termsDays: 1 } })).rejects.toMatchObject({ code: 'stale_version', details: { current: { version: 2 } } });
  });

  test.each<[SettingsChanges, string, string]>([
    [{ company: { name: ' ' } }, 'required', 'company.name'],
    [{ company: { timeZone: 'X' } }, 'time_zone_unknown', 'company.timeZone'],
    [{ company: { website: 'javascript:alert(1)' } }, 'wrong_choice', 'company.website'],
    [{ company: { website: 'https://user@evil.example.com' } }, 'wrong_choice', 'company.website'],
    [{ look: { brandColor: 'red;}' } }, 'color_invalid', 'look.brandColor'],
    [{ look: { languages: [] } }, 'wrong_choice', 'look.languages'],
    [{ look: { languages: ['en'], defaultLanguage: 'fr' } }, 'wrong_choice', 'look.defaultLanguage'],
    [{ billing: { termsDays: -1 } }, 'wrong_choice', 'billing.termsDays'],
    [{ billing: { defaultTaxRateId: newId() } }, 'tax_rate_unknown', 'billing.defaultTaxRateId'],
    [{ mail: { replyTo: 'a@example.com, b@example.com' } }, 'email_invalid', 'mail.replyTo'],
    [{ waysToPay: { gateway: 'sandbox' } }, 'method_unavailable', 'waysToPay.gateway'],
  ])('of %j are refused, naming the place', async (changes, code, field) => {
    const house = await smallBusiness(db().database);
    expect(await refusalOf(save(house, changes))).toEqual({ code, field });
  });

  test('M11 have a floor for part payments from 1 to what a payment may be', async () => {
    const house = await smallBusiness(db().database);
    for (const paymentFloorMinor of [0n, -1n, 100_000_000n])
      expect((await refusalOf(save(house, { waysToPay: { paymentFloorMinor } }))).field).toBe('waysToPay.paymentFloorMinor');
    expect((await save(house, { waysToPay: { paymentFloorMinor: 99_999_999n, partPayment: false } })).waysToPay.paymentFloorMinor).toBe(99_999_999n);
  });

  test('M8 never give a number a second time, and may correct one not used yet', async () => {
    const house = await smallBusiness(db().database);
    await save(house, { numbering: { next: 5000n, prefix: 'INV-' } });
    await house.office(async ({ tx, business, now }) => {
      const customer = newId();
      const id = newId();
      const at = now.toString();
      await tx.insertInto('customers').values({ business_id: business, id: customer, kind: 'residential', name: 'X', created_at: at }).execute();
      await tx.insertInto('documents').values({ business_id: business, id, kind: 'invoice', customer_id: customer, created_at: at, issued_at: at }).execute();
      const row = { business_id: business, document_id: id, customer_id: customer, shown: false, series: 'invoice', number: 'INV-4000', number_seq: 4000n };
      await tx
        .insertInto('invoices')
        .values({ ...row, issued_on: '2026-01-01', due_on: '2026-01-01', seller: '{}', bill_to: '{}', customer_kind: 'residential' })
        .execute();
    });
    expect(await refusalOf(save(house, { numbering: { next: 4000n } }, 2))).toEqual({ code: 'number_series_invalid', field: 'numbering.next' });
    expect((await save(house, { numbering: { next: 4001n } }, 2)).numbering).toEqual({ prefix: 'INV-', next: 4001n });
  });

  test('turn on play money for demo businesses, and elsewhere only where the host allows', async () => {
    const [demo, plain] = [await smallBusiness(db().database, {}, { demo: true }), await smallBusiness(db().database)];
    expect((await save(demo, { waysToPay: { gateway: 'sandbox' } })).waysToPay.gateway).toBe('sandbox');
    expect((await save(plain, { waysToPay: { gateway: 'sandbox' } }, 1, { sandbox: true })).sandboxAvailable).toBe(true);
  });

  test('T6 are read by the office and changed by owners, admins and keys made for it', async () => {
    const house = await smallBusiness(db().database);
    const staff = { kind: 'staff', id: house.owner.id, name: 'Ida' } as const;
    await house.system(({ tx }) => tx.updateTable('staff').set({ role: 'office' }).where('business_id', '=', house.id).execute());
    expect((await house.office((scope) => readSettings(scope, no), staff)).version).toBe(1);
    expect((await refusalOf(house.office((scope) => saveSettings(scope, { version: 1, changes: {} }, no), staff))).code).toBe('not_allowed');
  });

  test('tell the day it is where the business is', async () => {
    const [east, west] = [
      await smallBusiness(db().database, { timeZone: 'Pacific/Kiritimati' }),
      await smallBusiness(db().database, { timeZone: 'Pacific/Pago_Pago' }),
    ];
    const days = await Promise.all([east, west].map((house) => house.office(readStanding)));
    expect(Temporal.PlainDate.from(days[1]?.today ?? '').until(Temporal.PlainDate.from(days[0]?.today ?? '')).days).toBeGreaterThanOrEqual(1);
  });
});

describe('the logo', () => {
  const picture = (letter: string) => ({ bytes: Buffer.from(letter), contentType: 'image/png' as const, width: 1, height: 1 });
  const images = { logo: async () => ({ kind: 'logo' as const, page: picture('page'), print: picture('print') }) } as unknown as ImageReencoder;
  const files: Pick<FileStore, 'put'> = { put: async (_, bytes) => ({ sha256: Buffer.from(bytes).toString('hex').padStart(64, '0'), size: bytes.length }) };

  test('stands on pages and papers once saved, and is taken off again', async () => {
    const house = await smallBusiness(db().database);
    const prepared = await prepareLogo(images, files as FileStore, house.id, Buffer.from('upload'));
    await house.office((scope) => saveLogo(scope, prepared));
    await house.office((scope) => saveLogo(scope, prepared));
    const settings = await house.office((scope) => readSettings(scope, no));
    expect([settings.logo, settings.logoForPages, settings.version]).toEqual([prepared.print.sha256, prepared.page.sha256, 3]);
    await house.office((scope) => saveLogo(scope, null));
    expect((await house.office(readStanding)).logo).toBeNull();
    const refs = await house.office(({ tx, business }) => tx.selectFrom('file_refs').select('removed_at').where('business_id', '=', business).execute());
    expect(refs.every((ref) => ref.removed_at !== null)).toBe(true);
  });

  test.each([
    ['type', 'file_type_refused'],
    ['too_large', 'file_too_large'],
    ['unreadable', 'file_unreadable'],
    ['unavailable', 'busy'],
  ])('that is refused for %s is answered %s', async (reason, code) => {
    const refusing = { logo: async () => ({ kind: 'refused', reason }) } as unknown as ImageReencoder;
    expect((await refusalOf(prepareLogo(refusing, files as FileStore, newId(), Buffer.from('x')))).code).toBe(code);
  });
});

test('an unknown plan counts as free, so that nobody is locked out', () => {
  expect([planOf({ plan: 'free' }).name, planOf({ plan: 'gold' }).name]).toEqual(['free', 'free']);
});
