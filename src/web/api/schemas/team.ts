import { z } from '@hono/zod-openapi';
import { textLimits } from '../../../core/limits.ts';
import { operations } from './operation.ts';
import { listOf } from './page.ts';
import { email, role } from './session.ts';
import { colleague } from './settings.ts';
import { day, filledText, idOf, instant, language, orNull, text, version } from './values.ts';

/** Who works here, what they may do, and whom the crew works for. */

export const invitation = z
  .strictObject({
    id: idOf('invitation'),
    name: z.string(),
    email: z.string(),
    role,
    language,
    invitedBy: z.string(),
    sentAt: instant,
    expiresAt: instant,
    ended: z.boolean().openapi({ description: 'It ran out; it can be sent again.' }),
  })
  .openapi('Invitation');
const invitationBody = z
  .strictObject({ name: filledText(textLimits.name, 'Luz Romero'), email, role, language: language.default('en') })
  .openapi('InvitationBody');
export const teamRules = z
  .strictObject({
    version,
    twoStep: z.boolean().openapi({ description: 'Everyone signs in with a passkey or an authenticator app.' }),
    crewPrices: z.boolean().openapi({ description: 'The crew sees prices and totals.' }),
    crewSends: z.boolean().openapi({ description: 'The crew sends invoices by itself.' }),
  })
  .openapi('TeamRules');
const rightsRow = z.strictObject({ words: z.string(), roles: z.array(role) }).openapi('RightsRow');
export const assignment = z
  .strictObject({
    id: idOf('assignment'),
    staff: z.strictObject({ id: idOf('staff'), name: z.string() }),
    customer: z.strictObject({ id: idOf('customer'), name: z.string() }),
    property: orNull(z.strictObject({ id: idOf('property'), name: z.string() })),
    onDay: day.nullable().openapi({ description: 'null: until ended.' }),
    note: z.string(),
    createdAt: instant,
  })
  .openapi('Assignment');
const assignmentBody = z
  .strictObject({
    staffId: idOf('staff'),
    customerId: idOf('customer'),
    propertyId: idOf('property').nullable().default(null),
    onDay: day.nullable().default(null),
    note: text(300).default(''),
  })
  .openapi('AssignmentBody');
const payDetails = z
  .strictObject({
    howToPay: z.string(),
    waiting: orNull(
      z.strictObject({
        howToPay: z.string(),
        askedBy: z.string(),
        askedAt: instant,
        yours: z.boolean(),
        needs: z.enum(['time', 'second_person']),
        liveAt: instant.nullable(),
      }),
    ),
  })
  .openapi('PayDetails');

const tag = 'Team';
const atStaff = z.strictObject({ staffId: idOf('staff') });
const atInvitation = z.strictObject({ invitationId: idOf('invitation') });
export const teamOperations = operations({
  listInvitations: {
    method: 'get',
    path: '/invitations',
    tag,
    access: 'session',
    summary: 'Open invitations',
    status: 200,
    answer: listOf('InvitationList', invitation),
  },
  inviteStaff: {
    method: 'post',
    path: '/invitations',
    tag,
    access: 'fresh',
    summary: 'Invite somebody by mail; open for seven days',
    body: invitationBody,
    status: 201,
    answer: invitation,
  },
  resendInvitation: {
    method: 'post',
    path: '/invitations/{invitationId}/send',
    tag,
    access: 'fresh',
    summary: 'Send an invitation again; the link before ends',
    params: atInvitation,
    status: 200,
    answer: invitation,
  },
  withdrawInvitation: {
    method: 'delete',
    path: '/invitations/{invitationId}',
    tag,
    access: 'fresh',
    summary: 'Take an invitation back',
    params: atInvitation,
    status: 204,
    answer: null,
  },
  changeColleague: {
    ...{
      method: 'patch',
      path: '/staff/{staffId}',
      tag,
      access: 'fresh',
      summary: 'Change a role, name or language; it counts from the next request',
      params: atStaff,
    },
    body: z
      .strictObject({ name: filledText(textLimits.name, 'Luz Romero'), role, language })
      .partial()
      .openapi('ColleaguePatch'),
    status: 200,
    answer: colleague,
  },
  removeColleague: {
    method: 'delete',
    path: '/staff/{staffId}',
    tag,
    access: 'fresh',
    summary: 'Take a colleague out; they are out with their next request, and API keys they made end',
    params: atStaff,
    status: 204,
    answer: null,
  },
  signOutColleague: {
    method: 'post',
    path: '/staff/{staffId}/sign-out',
    tag,
    access: 'fresh',
    summary: 'Sign a colleague out everywhere',
    params: atStaff,
    status: 204,
    answer: null,
  },
  readTeamRules: { method: 'get', path: '/team/rules', tag, access: 'session', summary: 'What holds for everybody here', status: 200, answer: teamRules },
  changeTeamRules: {
    ...{ method: 'patch', path: '/team/rules', tag, access: 'fresh', ifMatch: true, summary: 'Change it; it counts from the next request' },
    body: z.strictObject({ twoStep: z.boolean(), crewPrices: z.boolean(), crewSends: z.boolean() }).partial().openapi('TeamRulesPatch'),
    status: 200,
    answer: teamRules,
  },
  listRights: {
    method: 'get',
    path: '/team/rights',
    tag,
    access: 'session',
    summary: 'What each role may do, in words',
    status: 200,
    answer: listOf('RightsTable', rightsRow),
  },
  listAssignments: {
    ...{ method: 'get', path: '/assignments', tag, access: 'customers:read', summary: 'Whom the crew works for' },
    query: z.strictObject({ staffId: idOf('staff').optional(), customerId: idOf('customer').optional() }),
    status: 200,
    answer: listOf('AssignmentList', assignment),
  },
  addAssignment: {
    method: 'post',
    path: '/assignments',
    tag,
    access: 'customers:write',
    summary: 'Let a crew member work for a customer, for a day or until ended',
    body: assignmentBody,
    status: 201,
    answer: assignment,
  },
  endAssignment: {
    method: 'delete',
    path: '/assignments/{assignmentId}',
    tag,
    access: 'customers:write',
    summary: 'End it; they see the customer no more',
    params: z.strictObject({ assignmentId: idOf('assignment') }),
    status: 204,
    answer: null,
  },
  readPayDetails: {
    method: 'get',
    path: '/settings/how-to-pay',
    tag,
    access: 'settings:read',
    summary: 'How customers are told to pay, and a change that waits',
    status: 200,
    answer: payDetails,
  },
  changePayDetails: {
    ...{ method: 'put', path: '/settings/how-to-pay', tag, access: 'fresh', summary: 'Ask for another text; a second person confirms it, or a day passes' },
    body: z.strictObject({ howToPay: text(textLimits.howToPay) }).openapi('PayDetailsBody'),
    status: 200,
    answer: payDetails,
  },
  confirmPayDetails: {
    method: 'post',
    path: '/settings/how-to-pay/confirm',
    tag,
    access: 'fresh',
    summary: 'Say yes to what a colleague asked for',
    status: 200,
    answer: payDetails,
  },
  cancelPayDetails: {
    method: 'post',
    path: '/settings/how-to-pay/cancel',
    tag,
    access: 'session',
    summary: 'Stop a change that waits',
    status: 200,
    answer: payDetails,
  },
});
