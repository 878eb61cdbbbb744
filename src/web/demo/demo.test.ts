import { beforeAll, describe, expect, it } from 'vitest';
import { done } from '../../../test/api-client.ts';
import { Browser } from '../../../test/portal-world.ts';
import { smallBusiness } from '../../../test/small-business.ts';
import { testWeb } from '../../../test/web.ts';
import { aLine, officeSession } from '../../../test/world.ts';
import { publicId } from '../../core/ids.ts';

const web = testWeb({ DEMO: '1' });
let owner: Awaited<ReturnType<typeof officeSession>>;
let invoice = '';
let mail = '';
beforeAll(async () => {
  const house = await smallBusiness(web().database, { name: 'Paper Otter Plumbing (demo)' }, { demo: true });
  owner = await officeSession(web(), house.id, house.ownerIdentity);
  const customer = await done(web(), owner, 'addCustomer', {
    body: { kind: 'residential', name: 'Rosa Quill', contact: { name: 'Rosa Quill', email: 'rosa@example.com', phone: '' } },
  });
  const [person] = (await done(web(), owner, 'listPeople', { params: { customerId: customer.id } })).items;
  const draft = await done(web(), owner, 'createDraft', { body: { customerId: customer.id, lines: [aLine()] } });
  const sent = await done(web(), owner, 'sendInvoice', { params: { invoiceId: draft.id }, body: { personIds: [person.id] } });
  invoice = draft.id;
  mail = `/demo/mailbox/${publicId('business', house.id)}/${sent.mails[0].mailId}`;
});

describe('the mailbox of the demo', () => {
  it('lists what was mailed, shows each mail whole, and opens its link', async () => {
    const visitor = new Browser(web());
    expect(await (await visitor.go('/demo/mailbox')).text()).toContain(mail);
    const page = await (await visitor.go(mail)).text();
    const link = /href="([^"]+)"[^>]*>Open the link/.exec(page)?.[1] ?? '';
    expect(link).toMatch(/\/l\/[\w-]{43}$/);
    expect(await (await visitor.go(`${mail}/html`)).text()).toContain('<base target="_blank">');
    const opened = await visitor.go(link);
    expect(opened.status).toBe(303);
    expect(await (await visitor.go(opened.headers.get('location') ?? '')).text()).toContain('186.00');
  });

  it('L3 lets a mail scanner at the link: it still works, and the office does not count it as opened', async () => {
    const visitor = new Browser(web());
    const answer = await visitor.post(`${mail}/scan`);
    expect(answer.headers.get('location')).toBe(`${mail}?scanned=1`);
    expect(await (await visitor.go(`${mail}?scanned=1`)).text()).toContain('still works');
    expect((await done(web(), owner, 'readInvoice', { params: { invoiceId: invoice } })).openedAt).toBeNull();
    const { items } = await done(web(), owner, 'listLinks', { params: { invoiceId: invoice } });
    const copied = await done(web(), owner, 'copyLink', { params: { linkId: items[0].id } });
    expect((await visitor.go(new URL(copied.url).pathname)).status).toBe(303);
  });

  it('shows no mail of a business that is not part of the demo', async () => {
    const other = await smallBusiness(web().database, { name: 'Real Plumbing' });
    expect((await new Browser(web()).go(`/demo/mailbox/${publicId('business', other.id)}/${mail.split('/').at(-1)}`)).status).toBe(404);
  });
});
