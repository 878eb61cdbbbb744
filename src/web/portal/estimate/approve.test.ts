import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { filled, kitchenMinor, offer, offered, type SentEstimate, signedIn } from '../../../../test/estimate-world.ts';
import { type Browser, type PortalWorld, portalWorld } from '../../../../test/portal-world.ts';
import { testWeb } from '../../../../test/web.ts';
import { newId } from '../../../db/fresh.ts';
import { listApprovals } from '../../../domain/approvals/approvals.ts';
import { createChangeOrder, readEstimate, reviseEstimate, withdrawEstimate } from '../../../domain/estimates/estimates.ts';

const web = testWeb();
let world: PortalWorld;
beforeAll(async () => {
  world = await portalWorld(web());
});

const rosas = (extra: Readonly<Record<string, unknown>> = {}): Promise<SentEstimate> =>
  offer(world, [world.people.rosa], { customer: world.other, extra: { terms: 'Paid within 30 days.', ...extra } });
const opened = async (estimate: SentEstimate, at = 0): Promise<Browser> => {
  const browser = world.browser({ 'user-agent': 'Phone' });
  await browser.open(world.house.slug, estimate.tokens[at] ?? '');
  return browser;
};
const set = (table: 'people' | 'grants' | 'customers', id: string, to: string) =>
  world.house.system(({ tx, business }) =>
    sql`update ${sql.table(table)} set ${sql.raw(to)} where business_id = ${business} and ${sql.ref(table === 'grants' ? 'person_id' : 'id')} = ${id}`.execute(
      tx,
    ),
  );
const standing = async (id: string) => (await world.house.office((scope) => readEstimate(scope, id))).standing;
const records = async (id: string) => (await world.house.office((scope) => listApprovals(scope, { documentId: id }))).rows;
const approvePage = async (browser: Browser, estimate: SentEstimate, query = ''): Promise<string> =>
  (await browser.go(`${estimate.path}/approve${query}`)).text();

describe('approving', () => {
  test('read, choose, terms, name: the press says what it binds, and the page shows the record of it', async () => {
    const estimate = await rosas();
    const browser = await opened(estimate);
    const dear = '?c=1&o=4&p0=1&q5=3';
    expect(await approvePage(browser, estimate, dear)).toMatch(/we send a code to r•••@example\.com/);
    await world.house.office(({ tx, business }) => sql`update business_profiles set code_threshold_minor = 200000 where business_id = ${business}`.execute(tx));
    const html = await approvePage(browser, estimate, dear);
    for (const said of ['Sixty gallons', 'Second sieve', 'Paid within 30 days.', 'Approve $1,090.00', 'Rosa Quill orders this work from'])
      expect(html).toContain(said);
    expect(html).not.toMatch(/Forty gallons|>Sieve</);
    expect(html.replaceAll('&amp;', '&')).toContain(`${estimate.path}/approve${dear}&lang=es`);
    const pressed = await browser.post(`${estimate.path}/approve`, filled(html));
    expect([pressed.status, pressed.headers.get('location')]).toEqual([303, `${estimate.path}?done=1`]);
    expect(await standing(estimate.id)).toMatchObject({ now: 'approved', chosenMinor: 109_000n, decidedBy: 'Rosa Quill' });
    const [record] = await records(estimate.id);
    expect(record).toMatchObject({
      kind: 'approved',
      identifiedBy: 'link',
      browser: 'Phone',
      personId: world.people.rosa.id,
      choices: { quantities: [{ quantityMilli: 3000 }] },
    });
    expect(record?.identifiedAs).toMatch(/^r•••@/);
    const after = await (await browser.go(estimate.path)).text();
    expect(after).toMatch(/Approved by Rosa Quill on.*Record of approval.*By the link sent to r•••@example\.com/s);
    expect(after).toContain('$1,090.00');
    expect(after).not.toContain('choose one');
    expect(after.replaceAll(' ', '')).toContain(record?.hash);
  });

  test('the same form twice is one approval, and another one after it is told the newer state', async () => {
    const estimate = await rosas();
    const browser = await opened(estimate);
    const form = filled(await approvePage(browser, estimate));
    const answers = await Promise.all([browser.post(`${estimate.path}/approve`, form), browser.post(`${estimate.path}/approve`, form)]);
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    expect(await records(estimate.id)).toHaveLength(1);
    const late = await browser.post(`${estimate.path}/approve`, [...form.filter(([name]) => name !== 'act'), ['act', newId()]]);
    expect(late.status).toBe(409);
    expect(await late.text()).toMatch(/decided in the meantime.*Approved by Rosa Quill/s);
  });

  test('rule 37 what expired, was withdrawn or has a newer version signs nothing and says so', async () => {
    const [expired, withdrawn, replaced] = [await rosas(), await rosas(), await rosas()];
    const browsers = await Promise.all([expired, withdrawn, replaced].map((each) => opened(each)));
    const forms = await Promise.all([expired, withdrawn, replaced].map(async (each, at) => filled(await approvePage(browsers[at] as Browser, each))));
    await world.house.system(({ tx, business }) =>
      sql`update estimate_standings set valid_until = '2020-01-02' where business_id = ${business} and document_id = ${expired.id}`.execute(tx),
    );
    await world.house.office((scope) => withdrawEstimate(scope, { documentId: withdrawn.id, reason: 'x' }));
    const { id } = await world.house.office((scope) => reviseEstimate(scope, replaced.id));
    const second = await offer(world, [world.people.rosa], { documentId: id, customer: world.other });
    const post = (at: number, estimate: SentEstimate) => (browsers[at] as Browser).post(`${estimate.path}/approve`, forms[at] ?? []);
    expect(await (await post(0, expired)).text()).toMatch(/has expired in the meantime. Nothing was signed.*Ask us to renew it/s);
    expect(await (await post(1, withdrawn)).text()).toMatch(/withdrawn this in the meantime. Nothing was signed/);
    const moved = await post(2, replaced);
    expect([moved.status, moved.headers.get('location')]).toEqual([303, `${second.path}?newer=1`]);
    expect(await (await (browsers[2] as Browser).go(`${second.path}?newer=1`)).text()).toContain('Nothing was signed');
    for (const each of [expired, withdrawn, replaced, second]) expect(await records(each.id)).toEqual([]);
  });

  test('a total other than the one on screen, no terms, no name: nothing is signed, what was typed is kept', async () => {
    const estimate = await rosas();
    const browser = await opened(estimate);
    const form = filled(await approvePage(browser, estimate));
    const but = (name: string, value: string): [string, string][] => form.map((each) => (each[0] === name ? [name, value] : each));
    const cases = [
      [but('totalMinor', '1'), 'The total has changed since you looked'],
      [but('acceptTerms', '0'), 'Please accept the terms first'],
      [but('typedName', ' '), 'Please type your name to sign'],
    ] as const;
    for (const [fields, said] of cases) {
      const answer = await browser.post(`${estimate.path}/approve`, fields);
      expect([said, answer.status, (await answer.text()).includes(said)]).toEqual([said, 422, true]);
    }
    expect(await records(estimate.id)).toEqual([]);
  });

  test('rule 39 a PO number is asked for where the company wants one, and goes into the record', async () => {
    await set('customers', world.other, 'po_required = true');
    const estimate = await rosas();
    const browser = await opened(estimate);
    const html = await approvePage(browser, estimate);
    expect(html).toContain('name="poNumber"');
    expect((await browser.post(`${estimate.path}/approve`, filled(html))).status).toBe(422);
    await browser.post(`${estimate.path}/approve`, filled(html, { poNumber: 'PO-77' }));
    expect((await records(estimate.id))[0]).toMatchObject({ kind: 'approved', poNumber: 'PO-77' });
    await set('customers', world.other, 'po_required = false');
  });

  test('rule 36 is undone within the window, and the estimate waits again', async () => {
    const estimate = await rosas();
    const browser = await opened(estimate);
    await browser.post(`${estimate.path}/approve`, filled(await approvePage(browser, estimate)));
    expect(await (await browser.go(estimate.path)).text()).toContain(`${estimate.path}/undo`);
    const undo = await (await browser.go(`${estimate.path}/undo`)).text();
    expect(undo).toContain('Undo approval of $690.00');
    expect((await browser.post(`${estimate.path}/undo`, filled(undo, { reason: 'Too early' }))).status).toBe(303);
    expect(await (await browser.go(estimate.path)).text()).toMatch(/approval was withdrawn.*Waiting for you/s);
    expect((await records(estimate.id)).map(({ kind }) => kind)).toEqual(['withdrawn_approval', 'approved']);
  });

  test('rule 36 once the window is over the office is asked to withdraw it, with the reason, and nothing else changes', async () => {
    const undoHours = (hours: number) =>
      world.house.system(({ tx, business }) => sql`update business_profiles set undo_hours = ${hours} where business_id = ${business}`.execute(tx));
    const estimate = await rosas();
    const browser = await opened(estimate);
    await browser.post(`${estimate.path}/approve`, filled(await approvePage(browser, estimate)));
    expect(await (await browser.go(estimate.path)).text()).not.toContain('Ask to withdraw');
    await undoHours(0);
    expect(await (await browser.go(estimate.path)).text()).toContain(`${estimate.path}/ask?withdraw=1">Ask to withdraw`);
    const ask = await (await browser.go(`${estimate.path}/ask?withdraw=1`)).text();
    expect(ask).toMatch(/too late to undo.*Please withdraw our approval\. The reason:/s);
    const empty = await browser.post(`${estimate.path}/ask?withdraw=1`, filled(ask, { text: ' ' }));
    expect([empty.status, (await empty.text()).includes('too late to undo')]).toEqual([422, true]);
    const sent = await browser.post(`${estimate.path}/ask?withdraw=1`, filled(ask, { text: 'Please withdraw our approval. The reason: the house is sold' }));
    expect(sent.status).toBe(303);
    await undoHours(24);
    expect(await (await browser.go(estimate.path)).text()).toContain('the house is sold');
    expect((await standing(estimate.id)).now).toBe('approved');
    expect((await records(estimate.id)).map(({ kind }) => kind)).toEqual(['approved']);
  });
});

describe('who may approve', () => {
  test('rule 10 at a company the link is not enough: a code first, the choices are kept, and the session signs', async () => {
    await set('grants', world.people.dana.id, 'approve_limit_minor = 500000');
    const estimate = await offer(world, [world.people.dana]);
    const browser = await opened(estimate);
    const html = await approvePage(browser, estimate, '?c=1&p0=1&q5=4');
    expect(html).not.toContain('name="typedName"');
    const [, onward = ''] = /href="([^"]+\/confirm\?to=approve[^"]*)"/.exec(html) ?? [];
    expect(onward.replaceAll('&amp;', '&')).toBe(`${estimate.path}/confirm?to=approve&c=1&p0=1&q5=4`);
    const page = await (await browser.go(onward.replaceAll('&amp;', '&'))).text();
    expect(page.replaceAll('&amp;', '&')).toContain(`action="${estimate.path}/confirm?to=approve&c=1&p0=1&q5=4"`);
    const forged = await browser.post(`${estimate.path}/approve`, [
      ['act', newId()],
      ['totalMinor', String(kitchenMinor)],
      ['acceptTerms', '1'],
      ['typedName', 'Dana'],
    ]);
    expect([forged.status, forged.headers.get('location')]).toEqual([303, `${estimate.path}/confirm?to=approve`]);
    expect(await records(estimate.id)).toEqual([]);

    const dana = await signedIn(world, world.people.dana);
    const back = await dana.go(`${estimate.path}/confirm?to=approve&c=1&p0=1&q5=4&x=https://evil.example`);
    expect([back.status, back.headers.get('location')]).toEqual([303, `${estimate.path}/approve?c=1&p0=1&q5=4`]);
    const ready = await approvePage(dana, estimate, '?c=1&p0=1&q5=4');
    expect(ready).toContain('You sign as Dana Whitlock');
    expect((await dana.post(`${estimate.path}/approve`, filled(ready, { typedName: 'Dana Whitlock' }))).status).toBe(303);
    expect((await records(estimate.id))[0]).toMatchObject({ kind: 'approved', identifiedBy: 'session', limitMinor: 500_000n });
    expect((await records(estimate.id))[0]?.identifiedAs).toMatch(/^d•••@/);
  });

  test('rule 38 above the limit the press recommends, with the reason, and the page says so', async () => {
    await set('grants', world.people.dana.id, 'approve_limit_minor = 50000');
    const estimate = await offer(world, [world.people.dana]);
    const dana = await signedIn(world, world.people.dana);
    const html = await approvePage(dana, estimate);
    expect(html).toMatch(/above what you may approve by yourself \(\$500\.00\).*Recommend \$690\.00/s);
    expect((await dana.post(`${estimate.path}/approve`, filled(html, { reason: 'It leaks.' }))).status).toBe(303);
    expect((await records(estimate.id))[0]).toMatchObject({ kind: 'recommended', reason: 'It leaks.' });
    expect(await (await dana.go(estimate.path)).text()).toMatch(/recommended this.*It leaks\./s);
    await set('grants', world.people.dana.id, 'approve_limit_minor = 500000');
  });

  test('where two people approve, the page says which of the two yours is, starts the second from the choices of the first, and names both', async () => {
    const { dana, edgar } = world.people;
    await set('customers', world.customer, 'two_approvers_from_minor = 50000');
    await set('grants', edgar.id, 'approve_limit_minor = 500000');
    const estimate = await offer(world, [dana, edgar], { extra: { propertyId: world.properties[0] } });
    const [first, second] = [await signedIn(world, dana), await signedIn(world, edgar)];
    const signed = (form: string, name: string) => filled(form).map(([field, value]) => [field, field === 'typedName' ? name : value] as const);
    const html = await approvePage(first, estimate, '?c=1&p0=1&q5=4');
    expect(html).toMatch(/two people approve from \$500\.00 on.*first of the two.*Approve \$1,080\.00 as the first of two/s);
    expect((await first.post(`${estimate.path}/approve`, signed(html, 'Dana Whitlock'))).status).toBe(303);
    expect(await standing(estimate.id)).toMatchObject({ now: 'sent', firstApproval: { by: 'Dana Whitlock' } });
    const own = await (await first.go(estimate.path)).text();
    expect(own).toMatch(/You approved this on.*Waiting for a second person/s);
    expect(own).not.toContain('Review and approve');
    expect(await approvePage(first, estimate)).toMatch(/You approved this on.*\/undo/s);
    expect(await (await first.go(`${estimate.path}/undo`)).text()).toContain('Take back approval of $1,080.00');
    expect(await (await second.go(estimate.path)).text()).toMatch(/Dana Whitlock approved this first.*Waiting for you/s);
    expect(await approvePage(second, estimate, '?c=1&p0=0&q5=2')).toContain('approved other choices, $1,080.00 in all');
    const ready = await approvePage(second, estimate);
    expect(ready).toMatch(/Dana Whitlock approved first on.*With yours, it is approved.*Approve \$1,080\.00</s);
    expect((await second.post(`${estimate.path}/approve`, signed(ready, 'Edgar Finch'))).status).toBe(303);
    expect(await standing(estimate.id)).toMatchObject({ now: 'approved', chosenMinor: 108_000n, decidedBy: 'Edgar Finch' });
    expect(await (await second.go(estimate.path)).text()).toMatch(/Record of approval.*Approved first by.*Dana Whitlock.*Signed by.*Edgar Finch/s);
    await set('customers', world.customer, 'two_approvers_from_minor = null');
    await set('grants', edgar.id, 'approve_limit_minor = 0');
  });

  test('rule 14 a shared mailbox is told who may, and signs nothing', async () => {
    await set('people', world.people.rosa.id, 'shared_mailbox = true');
    const estimate = await rosas();
    const browser = await opened(estimate);
    const html = await approvePage(browser, estimate);
    expect(html).toContain('This mailbox is shared');
    const forged = [
      ['act', newId()],
      ['totalMinor', String(kitchenMinor)],
      ['acceptTerms', '1'],
      ['typedName', 'Rosa'],
    ] as const;
    expect((await browser.post(`${estimate.path}/approve`, forged)).status).toBe(422);
    expect(await records(estimate.id)).toEqual([]);
    await set('people', world.people.rosa.id, 'shared_mailbox = false');
  });

  test.each(['approve', 'decline', 'changes', 'undo'])('nobody, another customer and another link see or do nothing: %s', async (sub) => {
    const estimate = await rosas();
    const danas = await offer(world, [world.people.dana]);
    const strangers = [world.browser(), await opened(danas), await signedIn(world, world.people.dana)];
    const form = [
      ['act', newId()],
      ['totalMinor', String(kitchenMinor)],
      ['acceptTerms', '1'],
      ['typedName', 'X'],
      ['reason', 'X'],
    ] as const;
    for (const browser of strangers) {
      expect((await browser.go(`${estimate.path}/${sub}`)).status).toBe(404);
      expect((await browser.post(`${estimate.path}/${sub}`, form)).status).toBe(404);
    }
    const bill = await world.send([world.people.rosa.id], { customer: world.other });
    const rosa = world.browser();
    await rosa.open(world.house.slug, bill.tokens[0] ?? '');
    expect((await rosa.go(`${bill.path}/${sub}`)).status).toBe(404);
    expect(await records(estimate.id)).toEqual([]);
  });
});

describe('a change order', () => {
  const words = {
    en: ['Change order', 'Contract after approval'],
    es: ['Orden de cambio', 'Contrato después de aprobar'],
    fr: ['Avenant', 'Contrat après approbation'],
  };

  test('by its link: what it changes, the contract before and after, and signed as an estimate is', async () => {
    const first = await rosas();
    const before = await opened(first);
    await world.house.office(({ tx, business }) => sql`update business_profiles set code_threshold_minor = 200000 where business_id = ${business}`.execute(tx));
    await before.post(`${first.path}/approve`, filled(await approvePage(before, first)));
    expect(await (await before.go(first.path)).text()).not.toContain('Contract to date');
    const draft = await world.house.office((scope) => createChangeOrder(scope, first.id, { lines: [offered('Second sink', 25_000)] }));
    const change = await offer(world, [world.people.rosa], { customer: world.other, documentId: draft.id });
    const browser = await opened(change);
    for (const [lang, said] of Object.entries(words)) {
      const html = await (await browser.go(`${change.path}?lang=${lang}`)).text();
      for (const each of [...said, 'E-', '-CO1']) expect(html).toContain(each);
    }
    const html = (await (await browser.go(`${change.path}?lang=en`)).text()).replaceAll('\u00a0', ' ');
    expect(html).toMatch(/Changes E-\d+.*Contract now.*\$690\.00.*This change.*\$250\.00.*Contract after approval.*\$940\.00/s);
    expect(html).toContain('Change order made');
    expect(html).not.toContain('this estimate');
    const form = await approvePage(browser, change);
    expect(form).toContain('Contract after approval');
    await browser.post(`${change.path}/approve`, filled(form));
    expect(await standing(change.id)).toMatchObject({ now: 'approved', chosenMinor: 25_000n });
    const after = (await (await before.go(first.path)).text()).replaceAll('\u00a0', ' ');
    expect(after).toMatch(/1 approved change.*\$250\.00.*Contract to date.*\$940\.00/s);
    // The link to the estimate opens it alone.
    expect(after).not.toContain('-CO1');
    const account = await signedIn(world, world.people.rosa);
    expect(await (await account.go(first.path)).text()).toMatch(/Change orders.*-CO1.*Approved/s);
    expect(await (await account.go(`/${world.house.slug}/estimates`)).text()).toMatch(/Change order E-\d+-CO1/);
  });
});
