import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../test/db.ts';
import { smallBusiness, testKeys } from '../../test/small-business.ts';
import { inTransaction } from '../db/scope.ts';
import { createCustomer } from '../domain/customers/customers.ts';
import { startPasswordReset } from '../domain/people/confirm.ts';
import { addPerson, changeOwnDetails } from '../domain/people/people.ts';
import { startPortalCode } from '../domain/people/portal-sign-in.ts';
import { find } from '../domain/search/search.ts';
import { indexPersonTask } from './index-person.ts';
import { mailCodeTask } from './mail-code.ts';
import { sweepTick } from './sweep.ts';

const db = testDatabase();
const asker = { address: '2001:db8::1', device: '', token: null };

async function world() {
  const house = await smallBusiness(db().database);
  const customer = await house.office((scope) => createCustomer(scope, { kind: 'residential', name: 'Rosa' }));
  const person = await house.office((scope) => addPerson(scope, { customerId: customer.id, name: 'Rosa', email: 'rosa@example.com', language: 'es' }));
  const mails = () =>
    house.office(({ tx, business }) => tx.selectFrom('mails').select(['kind', 'to_address', 'locale', 'facts']).where('business_id', '=', business).execute());
  return { ...house, customer, person, mails };
}

describe('the mail of a code', () => {
  test('J2, L15 leaves once for the stored address, in its language, and carries no code', async () => {
    const { id, mails } = await world();
    const asked = await startPortalCode(db().database, testKeys, { business: id, email: 'ROSA@example.com', asker });
    const run = mailCodeTask({ database: db().database });
    await Promise.all([run({ businessId: id, codeId: asked.codeId }), run({ businessId: id, codeId: asked.codeId })]);
    await run({ businessId: id, codeId: asked.codeId });
    expect(await mails()).toEqual([{ kind: 'sign_in_code', to_address: 'rosa@example.com', locale: 'es', facts: { codeId: asked.codeId } }]);
    expect(JSON.stringify(await mails())).not.toContain(testKeys.signInCode(asked.codeId));
  });

  test('L7, L15 leaves for nobody when the address is unknown here', async () => {
    const { id, mails } = await world();
    const asked = await startPortalCode(db().database, testKeys, { business: id, email: 'evil@example.com', asker });
    await mailCodeTask({ database: db().database })({ businessId: id, codeId: asked.codeId });
    const reset = await startPasswordReset(db().database, testKeys, { email: 'evil@example.com', password: 'a good long passphrase', asker });
    await mailCodeTask({ database: db().database })({ businessId: id, codeId: reset.codeId });
    expect(await mails()).toEqual([]);
  });
});

test('J2 a person who corrected their name is found by it, however often it is indexed', async () => {
  const { id, office, customer, person } = await world();
  const entry = {
    role: 'portal',
    business: id,
    actor: { kind: 'person', id: person.id, name: 'Rosa' },
    customers: [customer.id],
    accounts: [customer.id],
    people: [person.id],
  } as const;
  await inTransaction(db().database, entry, (scope) => changeOwnDetails(scope, { name: 'Rosalía Quill' }));
  const run = indexPersonTask({ database: db().database });
  await Promise.all([run({ businessId: id, personId: person.id }), run({ businessId: id, personId: person.id })]);
  expect((await office((scope) => find(scope, 'rosalia'))).map((found) => found.id)).toEqual([person.id]);
});

test('the nightly sweep runs over every business', async () => {
  await world();
  await expect(sweepTick({ database: db().database }).run()).resolves.toBeUndefined();
});
