import { readId } from '../../core/ids.ts';
import { Refusal } from '../../core/refusal.ts';
import { findBusiness } from '../../domain/businesses/businesses.ts';
import { crew, larkspur, officeStaff, owner, rosa } from '../../domain/demo/cast.ts';
import { signInAsPerson, signInAsStaff } from '../../domain/people/demo-entry.ts';
import { href } from '../../routes.ts';
import { callerAddress, type Deps, type WebContext } from '../context.ts';
import { officeCookie, portalCookie } from '../cookies.ts';
import { seeOther } from '../portal/answer.ts';
import { givenForm } from '../portal/given.ts';

export type Role = Readonly<{ key: string; name: string; email: string; who: string; staff: boolean; slug: string }>;

const person = (key: string, who: string): Role => {
  const found = [...larkspur.people, ...rosa.people].find((each) => each.key === key);
  return { key, name: found?.name ?? '', email: found?.email ?? '', who, staff: false, slug: 'paper-otter' };
};

/** Whom one may be in the demo without typing anything. */
export const roles: readonly Role[] = [
  { key: 'ida', ...owner, who: 'owner of all four businesses', staff: true, slug: 'paper-otter' },
  { key: 'theo', ...officeStaff, who: 'office of Paper Otter', staff: true, slug: 'paper-otter' },
  { key: 'luz', ...crew, who: 'crew of Paper Otter, reads Spanish', staff: true, slug: 'paper-otter' },
  person('rosa', 'homeowner, reads Spanish'),
  person('dana', 'property manager, 12 properties'),
  person('sam', 'site manager of LK-02 to LK-04, approves to $500'),
  person('ap', 'accounts payable, a shared mailbox'),
  person('edgar', 'owner of LK-04 only'),
];

/** Opens a real session for somebody of the cast and goes to their first page. `business` and `document` ask for another one. */
export async function signInAs(c: WebContext, deps: Deps): Promise<Response> {
  const given = await givenForm(c);
  const role = roles.find(({ key }) => key === given.text('as'));
  if (role === undefined) throw new Refusal('not_found');
  const slug = role.staff && given.text('business') !== '' ? given.text('business') : role.slug;
  const business = await findBusiness(deps.database, slug);
  if (business === null) throw new Refusal('not_found');
  const cookie = role.staff ? officeCookie : portalCookie;
  const { secureCookies: secure } = deps.config;
  const asker = { address: callerAddress(c), device: c.req.header('user-agent') ?? '', token: cookie.read(c, secure) };
  const entering = { business: business.id, email: role.email, asker };
  const session = await (role.staff ? signInAsStaff : signInAsPerson)(deps.database, entering);
  cookie.set(c, secure, session.token, session.maxAgeSeconds);
  if (!role.staff) return seeOther(c, href('home', { business: slug }));
  if (role.key === 'luz') return seeOther(c, href('officeField', {}));
  const document = given.text('document');
  if (readId('estimate', document) !== null) return seeOther(c, href('officeEstimate', { document }));
  return seeOther(c, readId('invoice', document) === null ? href('office', {}) : href('officeInvoice', { document }));
}
