import { newId } from '../../db/fresh.ts';
import { type Actor, inTransaction, type Scope, systemActor } from '../../db/scope.ts';
import { readSettings, saveSettings } from '../businesses/businesses.ts';
import { prepareLogo, saveLogo } from '../businesses/logo.ts';
import { foundBusiness } from '../businesses/sign-up.ts';
import { createCustomers } from '../customers/customers.ts';
import { createProperties } from '../customers/properties.ts';
import { listItems } from '../items/items.ts';
import { changeTaxRate, listTaxRates } from '../items/tax-rates.ts';
import { addPeople, usualRights } from '../people/people.ts';
import { addStaff } from '../people/staff.ts';
import { crew, type DemoAddress, type DemoBusiness, type DemoCustomer, type DemoPerson, officeStaff, owner, town } from './cast.ts';
import { type Days, zone } from './days.ts';
import type { DemoTools } from './tools.ts';

type Moment = Temporal.Instant | null;

/** A business of the demo, with the ids of what was made in it by the names of the cast. */
export type DemoHouse = Readonly<{
  cast: DemoBusiness;
  business: string;
  ida: Actor;
  identityId: string;
  /** Who does the office's daily work. */
  desk: Actor;
  /** Who is out with the van, where there is somebody. */
  crew: Actor | null;
  taxRateId: string;
  items: ReadonlyMap<string, string>;
  customers: ReadonlyMap<string, string>;
  people: ReadonlyMap<string, Readonly<{ id: string; name: string; email: string }>>;
  properties: ReadonlyMap<string, string>;
  /** A transaction of the office at a moment of the past; null: now. */
  office: <T>(at: Moment, work: (scope: Scope) => Promise<T>, as?: Actor) => Promise<T>;
  system: <T>(at: Moment, work: (scope: Scope) => Promise<T>) => Promise<T>;
  /** A transaction of these people of these customers, with all that is theirs. */
  portal: <T>(at: Moment, people: readonly string[], customers: readonly string[], work: (scope: Scope) => Promise<T>, identity?: string | null) => Promise<T>;
}>;

const greeting = {
  en: 'Thank you for having us. Questions? Ask right here, we answer the same day.',
  es: 'Gracias por su confianza. ¿Preguntas? Escríbanos aquí y le respondemos el mismo día.',
  fr: 'Merci de votre confiance. Une question ? Écrivez-nous ici, nous répondons le jour même.',
} as const;

const place = (address: DemoAddress) => ({ street: address.street, unit: address.unit ?? '', ...town });

/** Founds one business two years ago: owner, office, look, taxes, customers, people and their rights, properties. */
export async function foundHouse(tools: DemoTools, cast: DemoBusiness, customers: readonly DemoCustomer[], days: Days): Promise<DemoHouse> {
  const business = newId();
  const opened = days.at(days.ago(760), 9);
  const logo = await prepareLogo(tools.images, tools.files, business, await tools.pictures.logo(cast));
  const founded = await inTransaction(tools.database, { role: 'system', business, actor: systemActor }, async (fresh) => {
    const scope = { ...fresh, now: opened };
    const fields = { name: cast.name, trade: cast.trade, country: 'US', timeZone: zone, currency: 'USD', ownerName: owner.name, email: owner.email };
    const { ownerId, identityId } = await foundBusiness(scope, fields, { slug: cast.slug, demo: true, confirmed: true });
    const hasTeam = cast.key === 'otter';
    const theo = hasTeam ? await addStaff(scope, { ...officeStaff, role: 'office' }) : null;
    const luz = hasTeam ? await addStaff(scope, { ...crew, role: 'field' }) : null;
    return { ownerId, identityId, theo, luz };
  });
  const ida: Actor = { kind: 'staff', id: founded.ownerId, name: owner.name };
  const desk: Actor = founded.theo === null ? ida : { kind: 'staff', id: founded.theo.id, name: officeStaff.name };
  const luz: Actor | null = founded.luz === null ? null : { kind: 'staff', id: founded.luz.id, name: crew.name };
  const ways = waysIn(tools, business, desk);
  return ways.office(
    opened,
    async (scope) => {
      await saveLogo(scope, logo);
      const taxRateId = await setUp(scope, cast);
      const items = new Map((await listItems(scope, { limit: 100 })).items.map((item) => [item.name, item.id]));
      return { cast, business, ida, identityId: founded.identityId, desk, crew: luz, taxRateId, items, ...(await settle(scope, customers)), ...ways };
    },
    ida,
  );
}

function waysIn({ database }: DemoTools, business: string, desk: Actor): Pick<DemoHouse, 'office' | 'system' | 'portal'> {
  return {
    office: (at, work, as = desk) => inTransaction(database, { role: 'office', business, actor: as }, (scope) => work({ ...scope, now: at ?? scope.now })),
    system: (at, work) => inTransaction(database, { role: 'system', business, actor: systemActor }, (scope) => work({ ...scope, now: at ?? scope.now })),
    portal: (at, people, customers, work, identity = null) => {
      const actor: Actor = { kind: 'person', id: people[0] ?? null, name: '' };
      return inTransaction(database, { role: 'portal', business, actor, customers, accounts: customers, people, identity }, (scope) =>
        work({ ...scope, now: at ?? scope.now }),
      );
    },
  };
}

/** Look, license line, ways to pay and the combined rate of state and county. Answers the rate's id. */
async function setUp(scope: Scope, cast: DemoBusiness): Promise<string> {
  const { version } = await readSettings(scope, { sandbox: true });
  const changes = {
    company: { phone: cast.phone, email: cast.email, hours: cast.hours, licenseLine: cast.license, address: place({ street: cast.street }) },
    look: { brandColor: cast.color, greeting },
    mail: { fromName: cast.name, replyTo: cast.email },
    billing: { defaultTaxRateId: null },
    waysToPay: { gateway: 'sandbox' as const, partPayment: true, paymentFloorMinor: 2_500n },
    welcome: { dismissed: true },
  };
  await saveSettings(scope, { version, changes }, { sandbox: true });
  const [rate] = await listTaxRates(scope);
  if (rate === undefined) throw new Error('a trade brings its sales tax');
  const components = [
    { name: 'State', ratePpm: 62_500n },
    { name: 'County', ratePpm: 20_000n },
  ];
  return (await changeTaxRate(scope, { id: rate.id, changes: { name: 'Sales tax', components } })).id;
}

async function settle(scope: Scope, cast: readonly DemoCustomer[]): Promise<Pick<DemoHouse, 'customers' | 'people' | 'properties'>> {
  const made = await createCustomers(
    scope,
    cast.map(({ kind, name, company = '', address, language = 'en', termsDays = null, taxExempt = false, poRequired = false }) => ({
      ...{ kind, name, company: company === name ? '' : company, language, termsDays, taxExempt, poRequired, billingAddress: place(address) },
      ...(taxExempt ? { taxExemptNote: 'Community hall, certificate on file (demo)' } : {}),
    })),
  );
  const customers = new Map(cast.map((customer, at) => [customer.key, made[at]?.id ?? '']));
  const places = cast.flatMap((customer) => (customer.properties ?? []).map((property) => ({ ...property, customerId: customers.get(customer.key) ?? '' })));
  const properties = await createProperties(
    scope,
    places.map(({ customerId, code, name, unit = '', street, owner = '', costCode = '' }) => ({
      ...{ customerId, code, name, unit, address: place({ street }), ownerName: owner, costCode },
    })),
  );
  const byCode = new Map(properties.map((property) => [property.code, property.id]));
  const contacts = cast.flatMap((customer) => customer.people.map((person) => ({ person, customerId: customers.get(customer.key) ?? '' })));
  const added = await addPeople(
    scope,
    contacts.map(({ person, customerId }) => newPerson(person, customerId, byCode)),
  );
  const people = new Map(contacts.map(({ person }, at) => [person.key, { id: added[at]?.id ?? '', name: person.name, email: person.email }]));
  return { customers, people, properties: byCode };
}

function newPerson(person: DemoPerson, customerId: string, properties: ReadonlyMap<string, string>) {
  const { name, email, phone = '', language = 'en', shared = false, only, bills = false, approveMinor = 0n, manages = false, pays = true } = person;
  const propertyIds = only === undefined ? null : only.map((code) => properties.get(code) ?? '');
  const rights = { ...usualRights, propertyIds, canPay: pays, canManage: manages, approveLimitMinor: approveMinor, bills };
  return { customerId, name, email, phone, language, sharedMailbox: shared, rights };
}
