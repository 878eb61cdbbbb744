import { type KyselyPlugin, sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/db.ts';
import { refusalOf, smallBusiness } from '../../../test/small-business.ts';
import { newId, newToken } from '../../db/fresh.ts';
import { asLogin, inTransaction, type Scope } from '../../db/scope.ts';
import { createCustomer, createCustomers } from '../customers/customers.ts';
import { createProperties } from '../customers/properties.ts';
import { find } from '../search/search.ts';
import {
  addPeople,
  addPerson,
  changeOwnDetails,
  changePerson,
  indexPerson,
  listPeople,
  readOwnDetails,
  readPerson,
  removePerson,
  setRights,
} from './people.ts';

const db = testDatabase(6);

async function larkspur() {
  const house = await smallBusiness(db().database);
  const customer = await house.office((scope) => createCustomer(scope, { kind: 'property_manager', name: 'Larkspur Keys' }));
  const properties = await house.office((scope) =>
    createProperties(scope, [
      { customerId: customer.id, code: 'LK-01' },
      { customerId: customer.id, code: 'LK-04' },
    ]),
  );
  return { ...house, customerId: customer.id, properties: properties.map((property) => property.id) };
}

/** A document with a link for the person, open or revoked. */
async function link(scope: Scope, customerId: string, personId: string): Promise<Buffer> {
  const { tx, business, now } = scope;
  const document = newId();
  const at = now.toString();
  const { hash } = newToken();
  await tx
    .insertInto('documents')
    .values({ business_id: business, id: document, kind: 'invoice', customer_id: customerId, created_at: at, issued_at: at, shown_at: at, shown: true })
    .execute();
  const row = {
    business_id: business,
    id: newId(),
    document_id: document,
    customer_id: customerId,
    person_id: personId,
    token_hash: hash,
    sent_to: '',
    created_at: at,
  };
  await tx
    .insertInto('links')
    .values({ ...row, created_by: 'test', last_mailed_at: at })
    .execute();
  return hash;
}

const open = async (slug: string, hash: Buffer) =>
  asLogin(
    db().database,
    async (tx) => (await sql<{ o: { state: string; address?: string } }>`select open_by_link(${slug}, null, ${hash}) as o`.execute(tx)).rows[0]?.o,
  );
const membershipsOf = (business: string) =>
  asLogin(db().database, (tx) =>
    tx
      .selectFrom('memberships')
      .select(['kind', 'member_id', 'identity_id', 'removed_at'])
      .where('business_id', '=', business)
      .where('kind', '=', 'person')
      .execute(),
  );

describe('a contact', () => {
  test('comes with usual rights at all properties, later ones too', async () => {
    const { office, customerId } = await larkspur();
    const dana = await office((scope) =>
      addPerson(scope, { customerId, name: ' Dana\u200b Whitlock\n', email: ' Dana@Example.COM ', phone: '(512) 555-0120' }),
    );
    expect(dana).toMatchObject({ name: 'Dana Whitlock', email: 'dana@example.com', verified: false, version: 1 });
    expect(dana.rights).toEqual({ propertyIds: null, canView: true, canAsk: true, canPay: true, canManage: false, approveLimitMinor: 0n, bills: true });
    expect(await office((scope) => listPeople(scope, customerId))).toEqual([dana]);
  });

  test('of some properties has rights there and nowhere else', async () => {
    const { office, customerId, properties } = await larkspur();
    const [, lk04 = ''] = properties;
    const edgar = await office((scope) => addPerson(scope, { customerId, name: 'Edgar Finch', rights: { propertyIds: [lk04], approveLimitMinor: 50_000n } }));
    const read = await office((scope) => readPerson(scope, { personId: edgar.id, customerId }));
    expect(read.rights).toMatchObject({ propertyIds: [lk04], approveLimitMinor: 50_000n });
    const changed = await office(async (scope) => {
      await setRights(scope, { personId: edgar.id, customerId, rights: { propertyIds: [...properties], canPay: false } });
      return readPerson(scope, { personId: edgar.id, customerId });
    });
    expect(changed.rights).toMatchObject({ canPay: false, canView: true });
    expect([...(changed.rights.propertyIds ?? [])].sort()).toEqual([...properties].sort());
  });

  test('T5 gets no rights at a property of another customer or business', async () => {
    const [ours, theirs] = [await larkspur(), await larkspur()];
    const other = await ours.office((scope) => createCustomer(scope, { kind: 'residential', name: 'Rosa' }));
    const give = (customerId: string, propertyIds: string[]) =>
      refusalOf(ours.office((scope) => addPerson(scope, { customerId, name: 'X', rights: { propertyIds } })));
    expect((await give(other.id, ours.properties)).code).toBe('property_of_other_customer');
    expect((await give(ours.customerId, theirs.properties)).code).toBe('property_of_other_customer');
    expect((await give(theirs.customerId, theirs.properties)).code).toBe('not_found');
    expect(await ours.office((scope) => listPeople(scope, ours.customerId))).toEqual([]);
  });

  test('without the right to view has no other right', async () => {
    const { office, customerId } = await larkspur();
    const person = await office((scope) => addPerson(scope, { customerId, name: 'X', rights: { canView: false, canPay: true, approveLimitMinor: 5n } }));
    expect(person.rights).toMatchObject({ canView: false, canAsk: false, canPay: false, approveLimitMinor: 0n, bills: false });
  });

  test('rule 14 reading a shared mailbox never approves', async () => {
    const { office, customerId } = await larkspur();
    const add = (over: object) => office((scope) => addPerson(scope, { customerId, name: 'AP', email: 'ap@example.com', ...over }));
    expect((await refusalOf(add({ sharedMailbox: true, rights: { approveLimitMinor: 1n } }))).code).toBe('shared_mailbox_approves');
    const approver = await add({ rights: { approveLimitMinor: 1n } });
    expect((await refusalOf(office((scope) => changePerson(scope, { id: approver.id, version: 1, changes: { sharedMailbox: true } })))).code).toBe(
      'shared_mailbox_approves',
    );
    const shared = await add({ sharedMailbox: true });
    expect((await refusalOf(office((scope) => setRights(scope, { personId: shared.id, customerId, rights: { approveLimitMinor: 1n } })))).code).toBe(
      'shared_mailbox_approves',
    );
  });

  test('rule 15 sharing an address with another is the same identity', async () => {
    const { office, customerId, id } = await larkspur();
    await office((scope) =>
      addPeople(scope, [
        { customerId, name: 'Gil', email: 'marlowes@example.com' },
        { customerId, name: 'Tess', email: 'MARLOWES@example.com' },
      ]),
    );
    const memberships = await membershipsOf(id);
    expect(memberships).toHaveLength(2);
    expect(new Set(memberships.map((membership) => membership.identity_id)).size).toBe(1);
  });

  test.each([
    ['a name nobody can see', { name: '\u202e' }, 'required', 'name'],
    ['an address without a domain', { email: 'a@b' }, 'email_invalid', 'email'],
    ['an address with a second header', { email: 'a@example.com\r\nBcc: b@example.com' }, 'email_invalid', 'email'],
    ['two digits as a phone number', { phone: '12' }, 'phone_invalid', 'phone'],
    ['a language we do not speak', { language: 'xx' as 'en' }, 'wrong_choice', 'language'],
    ['a limit above any document', { rights: { approveLimitMinor: 100_000_000_000n } }, 'amount_too_large', 'approveLimitMinor'],
    ['no property at all', { rights: { propertyIds: [] } }, 'required', 'propertyIds'],
  ])('with %s is refused, naming the field', async (_, over, code, field) => {
    const { office, customerId } = await larkspur();
    expect(await refusalOf(office((scope) => addPerson(scope, { customerId, name: 'X', ...over })))).toEqual({ code, field });
  });
});

describe('a changed address', () => {
  test('rule 12 is unproven, ends the links of the old one at once, and shows no address for a month', async () => {
    const { office, customerId, slug, id } = await larkspur();
    const dana = await office((scope) => addPerson(scope, { customerId, name: 'Dana', email: 'dana@example.com' }));
    const hash = await office((scope) => link(scope, customerId, dana.id));
    expect((await open(slug, hash))?.state).toBe('open');
    await office((scope) => changePerson(scope, { id: dana.id, version: 1, changes: { email: 'dana.w@example.com' } }));
    expect(await open(slug, hash)).toMatchObject({ state: 'ended', address: '' });
    const after = await office((scope) => readPerson(scope, { personId: dana.id, customerId }));
    expect(after).toMatchObject({ email: 'dana.w@example.com', verified: false, version: 2 });
    expect(after.emailChangedAt).not.toBeNull();
    expect((await membershipsOf(id)).map((membership) => membership.removed_at === null).sort()).toEqual([false, true]);
  });

  test('leaves links alone when only name or phone change', async () => {
    const { office, customerId, slug } = await larkspur();
    const dana = await office((scope) => addPerson(scope, { customerId, name: 'Dana', email: 'dana@example.com' }));
    const hash = await office((scope) => link(scope, customerId, dana.id));
    await office((scope) => changePerson(scope, { id: dana.id, version: 1, changes: { name: 'Dana W', phone: '555-0120' } }));
    expect((await open(slug, hash))?.state).toBe('open');
    expect((await refusalOf(office((scope) => changePerson(scope, { id: dana.id, version: 1, changes: { name: 'D' } })))).code).toBe('stale_version');
  });
});

describe('taking a person off a customer', () => {
  test('L4 ends links and rights there at once, and leaves other customers alone', async () => {
    const house = await larkspur();
    const { office, slug, customerId } = house;
    const [other] = await office((scope) => createCustomers(scope, [{ kind: 'residential', name: 'Rosa' }]));
    const dana = await office((scope) => addPerson(scope, { customerId, name: 'Dana', email: 'dana@example.com' }));
    await office((scope) => setRights(scope, { personId: dana.id, customerId: other?.id ?? '', rights: {} }));
    const [here, there] = await office(async (scope) => [await link(scope, customerId, dana.id), await link(scope, other?.id ?? '', dana.id)] as const);
    await office((scope) => removePerson(scope, { personId: dana.id, customerId }));
    expect([(await open(slug, here))?.state, (await open(slug, there))?.state]).toEqual(['ended', 'open']);
    expect(await office((scope) => listPeople(scope, customerId))).toEqual([]);
    expect((await membershipsOf(house.id)).every((membership) => membership.removed_at === null)).toBe(true);
    await office((scope) => removePerson(scope, { personId: dana.id, customerId: other?.id ?? '' }));
    expect((await open(slug, there))?.state).toBe('ended');
    expect((await membershipsOf(house.id)).every((membership) => membership.removed_at !== null)).toBe(true);
    expect(await office((scope) => find(scope, 'dana'))).toEqual([]);
    await office((scope) => removePerson(scope, { personId: dana.id, customerId }));
  });
});

describe('in the portal', () => {
  async function signedIn() {
    const house = await larkspur();
    const dana = await house.office((scope) => addPerson(scope, { customerId: house.customerId, name: 'Dana', email: 'dana@example.com' }));
    const sam = await house.office((scope) => addPerson(scope, { customerId: house.customerId, name: 'Sam', email: 'sam@example.com' }));
    const actor = { kind: 'person', id: dana.id, name: 'Dana' } as const;
    const grant = { customers: [house.customerId], accounts: [house.customerId], people: [dana.id] };
    const portal = <T>(work: (scope: Scope) => Promise<T>): Promise<T> =>
      inTransaction(db().database, { role: 'portal', business: house.id, actor, ...grant }, work);
    return { ...house, dana, sam, portal, grant };
  }

  test('a person sees themselves and whose account it is, and nobody else', async () => {
    const { portal, dana, customerId } = await signedIn();
    const own = await portal(readOwnDetails);
    expect(own.people.map((person) => person.id)).toEqual([dana.id]);
    expect(own.accounts).toEqual([{ customerId, name: 'Larkspur Keys', company: '', whole: true }]);
  });

  test('T9 a person corrects name, phone and language of their own, and nothing else', async () => {
    const { portal, office, dana, customerId } = await signedIn();
    await portal((scope) => changeOwnDetails(scope, { name: 'Dana Whitlock', phone: '555-0120', language: 'es', ...{ email: 'evil@example.com' } }));
    const after = await office((scope) => readPerson(scope, { personId: dana.id, customerId }));
    expect(after).toMatchObject({ name: 'Dana Whitlock', phone: '555-0120', language: 'es', email: 'dana@example.com', version: 2 });
    await office((scope) => indexPerson(scope, dana.id));
    expect((await office((scope) => find(scope, 'whitlock'))).map((found) => found.id)).toEqual([dana.id]);
  });

  test("T6 a person changes no other, and reads none through the office's verbs", async () => {
    const { dana, sam, id, grant, customerId, portal, office } = await signedIn();
    const asSam = { kind: 'person', id: sam.id, name: 'Sam' } as const;
    const forged = inTransaction(db().database, { role: 'portal', business: id, actor: asSam, ...grant }, (scope) =>
      changeOwnDetails(scope, { name: 'Hacked' }),
    );
    expect((await refusalOf(forged)).code).toBe('not_found');
    expect((await refusalOf(portal((scope) => listPeople(scope, customerId)))).code).toBe('not_allowed');
    expect((await refusalOf(portal((scope) => setRights(scope, { personId: dana.id, customerId, rights: { canManage: true } })))).code).toBe('not_allowed');
    expect((await refusalOf(office(readOwnDetails))).code).toBe('not_allowed');
    expect((await office((scope) => readPerson(scope, { personId: sam.id, customerId }))).name).toBe('Sam');
  });
});

test('many are added in a fixed number of statements', async () => {
  const { office, customerId } = await larkspur();
  const adding = (count: number): Promise<number> =>
    office(async (scope) => {
      let statements = 0;
      const counting: KyselyPlugin = {
        transformQuery: ({ node }) => {
          statements += 1;
          return node;
        },
        transformResult: async ({ result }) => result,
      };
      const people = Array.from({ length: count }, (_, n) => ({ customerId, name: `Person ${n}`, email: `p${n % 400}of${count}@example.com` }));
      expect(await addPeople({ ...scope, tx: scope.tx.withPlugin(counting) }, people)).toHaveLength(count);
      return statements;
    });
  const few = await adding(5);
  expect(few).toBeGreaterThan(4);
  expect(await adding(500)).toBe(few);
  // Above what one statement takes, a statement for each such batch.
  expect(await adding(1_500)).toBeLessThan(2 * few + 10);
});
