import { publicId } from '../../core/ids.ts';
import type { Scope } from '../../db/scope.ts';
import { readStanding } from '../../domain/businesses/businesses.ts';
import { readDesk } from '../../domain/desk/desk.ts';
import { showInPortal } from '../../domain/invoices/invoices.ts';
import { copyAgain, copyLink, type Opener, readLink, revokeLink, whoCanOpen } from '../../domain/links/links.ts';
import { readPerson } from '../../domain/people/people.ts';
import { href } from '../../routes.ts';
import type { Deps } from '../context.ts';
import { type AnswerOf, type HandlersOf, uuidOf } from './call.ts';
import { idOrNull, readRef } from './present.ts';
import type { linkOperations } from './schemas/links.ts';

type Operations = typeof linkOperations;
type Shown = AnswerOf<Operations['revokeLink']>;

export const linkHandlers: HandlersOf<Operations> = {
  listLinks: async (call) => {
    const documentId = uuidOf('invoice', call.params.invoiceId);
    const openers = await call.read(async (scope) => {
      await readDesk(scope, documentId);
      return whoCanOpen(scope, documentId);
    });
    return call.answer({ items: openers.map((opener) => presentLink({ ...opener, documentId })) });
  },

  makeLink: (call) =>
    call.act(async (scope) => {
      const documentId = uuidOf('invoice', call.params.invoiceId);
      const { customer } = await readDesk(scope, documentId);
      const personId = readRef('person', call.body.personId, 'personId');
      const person = personId === null ? null : await readPerson(scope, { personId, customerId: customer.id });
      await showInPortal(scope, [documentId]);
      const { linkId, token } = await copyLink(scope, call.deps.keys, { documentId, person });
      return { url: await addressOf(scope, call.deps, token), link: presentLink(await readLink(scope, linkId)) };
    }),

  copyLink: (call) =>
    call.act(async (scope) => {
      const linkId = uuidOf('link', call.params.linkId);
      await mustBeOfInvoice(scope, linkId);
      const { token } = await copyAgain(scope, call.deps.keys, linkId);
      return { url: await addressOf(scope, call.deps, token), link: presentLink(await readLink(scope, linkId)) };
    }),

  revokeLink: (call) =>
    call.act(async (scope) => {
      const linkId = uuidOf('link', call.params.linkId);
      await mustBeOfInvoice(scope, linkId);
      await revokeLink(scope, linkId);
      return presentLink(await readLink(scope, linkId));
    }),
};

/** A link of an estimate is handled with the estimate. Refuses `not_found`. */
async function mustBeOfInvoice(scope: Scope, linkId: string): Promise<void> {
  await readDesk(scope, (await readLink(scope, linkId)).documentId);
}

export async function addressOf(scope: Scope, { config }: Deps, token: string): Promise<string> {
  const { slug } = await readStanding(scope);
  return config.appUrl + href('link', { business: slug, token });
}

function presentLink(of: Opener & Readonly<{ documentId: string }>): Shown {
  const { sentTo, createdAt, createdBy, lastMailedAt, lastUsedAt } = of;
  return {
    id: publicId('link', of.linkId),
    invoiceId: publicId('invoice', of.documentId),
    personId: idOrNull('person', of.personId),
    name: of.name ?? '',
    ...{ sentTo, createdAt, createdBy, lastMailedAt, lastUsedAt },
    endsAt: of.worksUntil,
    state: of.state === 'removed' ? 'revoked' : of.state,
    sharedById: idOrNull('person', of.sharedById),
  };
}
