import { publicId } from '../../core/ids.ts';
import type { Scope } from '../../db/scope.ts';
import { cancelPayDetails, changePayDetails, confirmPayDetails, type PayDetails, readPayDetails } from '../../domain/businesses/pay-details.ts';
import { type Assignment, assign, listAssignments, unassign } from '../../domain/field/assignments.ts';
import { revokeSessions } from '../../domain/people/entry/sessions.ts';
import { type Invitation, inviteStaff, listInvitations, resendInvitation, withdrawInvitation } from '../../domain/people/invitations.ts';
import { rightsTable } from '../../domain/people/rights-words.ts';
import { changeStaff, listStaff, mustMaySignOut, removeStaff } from '../../domain/people/staff.ts';
import { changeTeamRules, readTeamRules } from '../../domain/people/team.ts';
import { type AnswerOf, type HandlersOf, uuidOf } from './call.ts';
import type { teamOperations } from './schemas/team.ts';

type Operations = typeof teamOperations;

export const teamHandlers: HandlersOf<Operations> = {
  listInvitations: async (call) => call.answer({ items: (await call.read(listInvitations)).map(presentInvitation) }),

  inviteStaff: (call) => call.act(async (scope) => presentInvitation(await inviteStaff(scope, call.body))),

  resendInvitation: (call) => call.act(async (scope) => presentInvitation(await resendInvitation(scope, uuidOf('invitation', call.params.invitationId)))),

  withdrawInvitation: (call) =>
    call.act(async (scope) => {
      await withdrawInvitation(scope, uuidOf('invitation', call.params.invitationId));
      return null;
    }),

  changeColleague: (call) =>
    call.act(async (scope) => {
      const id = uuidOf('staff', call.params.staffId);
      await changeStaff(scope, { id, ...call.body });
      return colleagueOf(scope, id, call.grant.staff);
    }),

  removeColleague: (call) =>
    call.act(async (scope) => {
      await removeStaff(scope, uuidOf('staff', call.params.staffId));
      return null;
    }),

  signOutColleague: async (call) => {
    let identityId = '';
    const done = await call.act(async (scope) => {
      ({ identityId } = await mustMaySignOut(scope, uuidOf('staff', call.params.staffId)));
      return null;
    });
    await revokeSessions(call.deps.database, identityId, 'office');
    return done;
  },

  readTeamRules: async (call) => call.answer(await call.read(readTeamRules)),

  changeTeamRules: (call) =>
    call.act((scope) => {
      const shown = (call.grant.assurance ?? []).some((proof) => ['passkey', 'app', 'recovery'].includes(proof));
      return changeTeamRules(scope, { version: call.version, changes: call.body, shown });
    }),

  listRights: async (call) => call.answer({ items: rightsTable().map(({ words, roles }) => ({ words, roles: [...roles] })) }),

  listAssignments: async (call) => {
    const { staffId, customerId } = call.query;
    const filter = {
      staffId: staffId === undefined ? null : uuidOf('staff', staffId),
      customerId: customerId === undefined ? null : uuidOf('customer', customerId),
    };
    return call.answer({ items: (await call.read((scope) => listAssignments(scope, filter))).map(presentAssignment) });
  },

  addAssignment: (call) =>
    call.act(async (scope) => {
      const { staffId, customerId, propertyId, onDay, note } = call.body;
      const ids = {
        staffId: uuidOf('staff', staffId),
        customerId: uuidOf('customer', customerId),
        propertyId: propertyId === null ? null : uuidOf('property', propertyId),
      };
      return presentAssignment(await assign(scope, { ...ids, onDay, note }));
    }),

  endAssignment: (call) =>
    call.act(async (scope) => {
      await unassign(scope, uuidOf('assignment', call.params.assignmentId));
      return null;
    }),

  readPayDetails: async (call) => call.answer(presentPay(await call.read(readPayDetails), call.grant.staff)),
  changePayDetails: (call) => call.act(async (scope) => presentPay(await changePayDetails(scope, call.body), call.grant.staff)),
  confirmPayDetails: (call) => call.act(async (scope) => presentPay(await confirmPayDetails(scope), call.grant.staff)),
  cancelPayDetails: (call) => call.act(async (scope) => presentPay(await cancelPayDetails(scope), call.grant.staff)),
};

async function colleagueOf(scope: Scope, id: string, you: string | undefined): Promise<AnswerOf<Operations['changeColleague']>> {
  const found = (await listStaff(scope)).find((each) => each.id === id);
  if (found === undefined) throw new Error('a colleague who was changed is here');
  const { name, email, role, createdAt } = found;
  return { id: publicId('staff', id), name, email, role, you: id === you, createdAt };
}

function presentInvitation({ id, name, email, role, language, invitedBy, sentAt, expiresAt, ended }: Invitation): AnswerOf<Operations['inviteStaff']> {
  return { id: publicId('invitation', id), name, email, role, language, invitedBy, sentAt, expiresAt, ended };
}

function presentAssignment(of: Assignment): AnswerOf<Operations['addAssignment']> {
  return {
    id: publicId('assignment', of.id),
    staff: { id: publicId('staff', of.staffId), name: of.staffName },
    customer: { id: publicId('customer', of.customerId), name: of.customerName },
    property: of.propertyId === null ? null : { id: publicId('property', of.propertyId), name: of.propertyName },
    ...{ onDay: of.onDay, note: of.note, createdAt: of.createdAt },
  };
}

function presentPay({ howToPay, waiting }: PayDetails, you: string | undefined): AnswerOf<Operations['readPayDetails']> {
  if (waiting === null) return { howToPay, waiting: null };
  const { askedBy, askedByName, askedAt, needs, liveAt } = waiting;
  return { howToPay, waiting: { howToPay: waiting.howToPay, askedBy: askedByName, askedAt, yours: askedBy === you, needs, liveAt } };
}
