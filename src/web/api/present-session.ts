import { publicId } from '../../core/ids.ts';
import { Refusal } from '../../core/refusal.ts';
import { hashToken } from '../../db/fresh.ts';
import { inOpened } from '../../db/read.ts';
import { inTransaction, type Scope, systemActor } from '../../db/scope.ts';
import { readStanding, type Standing } from '../../domain/businesses/businesses.ts';
import { themeOf } from '../../domain/people/appearance.ts';
import { readCodeMail } from '../../domain/people/confirm.ts';
import { rightsOfRole } from '../../domain/people/rights.ts';
import { workplacesOf } from '../../domain/people/sign-in.ts';
import { type Colleague, listStaff } from '../../domain/people/staff.ts';
import { href } from '../../routes.ts';
import type { Deps } from '../context.ts';
import type { AnswerOf, Call } from './call.ts';
import { actorOf, type OfficeGrant } from './caller.ts';
import type { sessionOperations } from './schemas/session.ts';

type Shown = AnswerOf<(typeof sessionOperations)['readSession']>;
type Desk = Readonly<{ standing: Standing; colleague: Colleague }>;

/** Who is signed in, where, and at which other businesses: for a request that was let in. */
export async function presentSession(call: Pick<Call, 'deps' | 'grant' | 'read'>): Promise<Shown> {
  const desk = await call.read((scope) => deskIn(scope, call.grant.staff ?? ''));
  return shown(call.deps, call.grant, desk);
}

/** The same for a session made or moved in this request. */
export async function sessionOf(deps: Deps, token: string, business: string): Promise<Shown> {
  const open = { sql: 'select open_office($1, $2)', parameters: [hashToken(token), business] };
  const { grant, result } = await inOpened<OfficeGrant, Desk>(deps.database, { role: 'office', open, actor: actorOf }, (scope, grant) =>
    deskIn(scope, grant.staff ?? ''),
  );
  if (result === null) throw new Refusal('sign_in_required');
  return shown(deps, grant, result);
}

async function deskIn(scope: Scope, staffId: string): Promise<Desk> {
  const colleague = (await listStaff(scope)).find((each) => each.id === staffId);
  if (colleague === undefined) throw new Refusal('sign_in_required');
  return { standing: await readStanding(scope), colleague };
}

async function shown(deps: Deps, grant: OfficeGrant, { standing, colleague }: Desk): Promise<Shown> {
  const { slug, name, country, timeZone, currency, demo, brandColor } = standing;
  const { id, email, role, language } = colleague;
  return {
    staff: { id: publicId('staff', id), name: colleague.name, email, role, language },
    business: {
      id: publicId('business', standing.id),
      ...{ slug, name, country, timeZone, currency, demo, brandColor },
      trade: standing.trade as Shown['business']['trade'],
      logoUrl: logoUrl(standing),
      frontDoorUrl: deps.config.appUrl + href('frontDoor', { business: slug }),
    },
    businesses: await workplaces(deps, grant.identity ?? ''),
    today: standing.today,
    rights: [...rightsOfRole(colleague.role)],
    theme: await themeOf(deps.database, grant.identity ?? ''),
    outbox: deps.config.smtpUrl === null,
    authenticatedAt: grant.authenticatedAt ?? '',
    mustSecure: grant.mustSecure === true,
  };
}

/** Each business tells of itself in a transaction of its own: nothing reads two at once. */
async function workplaces({ database }: Deps, identityId: string): Promise<Shown['businesses']> {
  const found = [];
  for (const { business, staffId } of await workplacesOf(database, identityId)) {
    const desk = await inTransaction(database, { role: 'system', business, actor: systemActor }, (scope) => deskIn(scope, staffId));
    const { slug, name, brandColor } = desk.standing;
    found.push({ id: publicId('business', business), slug, name, role: desk.colleague.role, brandColor, logoUrl: logoUrl(desk.standing) });
  }
  return found.sort((a, b) => a.name.localeCompare(b.name));
}

export function logoUrl({ slug, logo }: Readonly<{ slug: string; logo: string | null }>): string | null {
  return logo === null ? null : href('logo', { business: slug, sha256: logo });
}

/** The stored address a code went to. */
export async function addressOfCode({ database }: Deps, code: Readonly<{ codeId: string; business: string }>): Promise<string> {
  const mail = await inTransaction(database, { role: 'system', business: code.business, actor: systemActor }, (scope) => readCodeMail(scope, code.codeId));
  return mail?.kind === 'staff_code' ? mail.to.address : '';
}
