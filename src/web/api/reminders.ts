import { publicId } from '../../core/ids.ts';
import type { Scope } from '../../db/scope.ts';
import type { MailRow } from '../../domain/mails/mails.ts';
import { letterOf } from '../../domain/outbox/outbox.ts';
import {
  changeRules,
  chooseForCustomer,
  chooseForInvoice,
  draftReminder,
  listStopped,
  type PlannedMail,
  planReminders,
  type Reach,
  type Reaches,
  type Rules,
  readCustomerChoice,
  readInvoiceReminders,
  readReach,
  readRules,
  remindHistory,
  remindNow,
  sampleReminder,
  setStop,
  skipNext,
} from '../../domain/reminders/reminders.ts';
import { sendsFrom } from '../../domain/senders/senders.ts';
import { mailPlaces } from '../../outgoing/mails/mail-places.ts';
import { answerMailPreview } from '../preview/answer.ts';
import { drawMail } from '../preview/stored-mail.ts';
import { type AnswerOf, type Call, type HandlersOf, uuidOf } from './call.ts';
import { given } from './given.ts';
import { plain, readRef } from './present.ts';
import type { reminderOperations } from './schemas/reminders.ts';

type Operations = typeof reminderOperations;
const invoiceIn = ({ params }: { params: { invoiceId: string } }): string => uuidOf('invoice', params.invoiceId);
const customerIn = ({ params }: { params: { customerId: string } }): string => uuidOf('customer', params.customerId);
const planDays = 14;

export const reminderHandlers: HandlersOf<Operations> = {
  readReminderRules: async (call) => call.answer(presentRules(await call.read(readRules))),

  changeReminderRules: (call) =>
    call.act(async (scope) => {
      const { mostPerInvoice, steps, ...changes } = given(call.body);
      // A step's texts arrive as JSON: a language left out is one without words of its own.
      const more = { ...(mostPerInvoice === undefined ? {} : { most: mostPerInvoice }), ...(steps === undefined ? {} : { steps: steps as Rules['steps'] }) };
      return presentRules(await changeRules(scope, { version: call.version, changes: { ...changes, ...more } }));
    }),

  readReminderReach: async (call) => call.answer(presentReach(await call.read((scope) => readReach(scope)))),

  remindHistory: (call) => call.act(async (scope) => ({ customers: await remindHistory(scope, call.body.lateToo) })),

  planReminders: async (call) => {
    const { days = planDays, customerId } = call.query;
    const customer = customerId === undefined ? {} : { customerId: uuidOf('customer', customerId) };
    const plan = await call.read((scope) => planReminders(scope, { days, ...customer }));
    return call.answer({ ...plan, days: plan.days.map(({ day, mails }) => ({ day, mails: mails.map(presentPlanned) })) });
  },

  previewReminder: async (call) => {
    const { letter, to } = await drafted(call);
    const { subject, text } = await drawMail({ letter });
    const address = (await call.read(sendsFrom)) ?? call.deps.config.mailFrom;
    return call.answer({ from: `${letter.from.name} <${address}>`, replyTo: letter.replyTo?.address ?? '', to, subject, text, language: letter.locale });
  },

  previewReminderBody: async (call) => answerBody(call, await drafted(call)),

  previewReminderWording: async (call) => {
    const { offsetDays, tone, language, subject = '', text = '' } = call.query;
    const wording = subject === '' && text === '' ? null : { subject, text };
    const sample = { offsetDays, tone, language, wording, number: '1042', amountMinor: 18_600n };
    return answerBody(call, await letterFor(call, (scope) => sampleReminder(scope, sample)));
  },

  readInvoiceReminders: async (call) => call.answer(await call.read((scope) => shown(scope, invoiceIn(call)))),

  chooseInvoiceReminders: (call) =>
    call.act(async (scope) => {
      await chooseForInvoice(scope, { documentId: invoiceIn(call), ...call.body });
      return shown(scope, invoiceIn(call));
    }),

  sendReminder: (call) => call.act((scope) => remindNow(scope, call.deps.keys, invoiceIn(call))),

  skipReminder: (call) =>
    call.act(async (scope) => {
      await skipNext(scope, invoiceIn(call));
      return shown(scope, invoiceIn(call));
    }),

  readCustomerReminders: async (call) => call.answer(await call.read((scope) => shownForCustomer(scope, customerIn(call)))),

  chooseCustomerReminders: (call) =>
    call.act(async (scope) => {
      await chooseForCustomer(scope, { customerId: customerIn(call), ...call.body });
      return shownForCustomer(scope, customerIn(call));
    }),

  setPersonStop: (call) =>
    call.act(async (scope) => {
      await setStop(scope, { personId: uuidOf('person', call.params.personId), kind: 'reminders', stopped: !call.body.reminders, via: 'office' });
      return null;
    }),
};

type Drafted = Readonly<{ letter: Awaited<ReturnType<typeof letterOf>>; to: string }>;
type Previewing = Pick<Call, 'deps' | 'read'>;

function letterFor(call: Previewing, mailOf: (scope: Scope) => Promise<MailRow>): Promise<Drafted> {
  const { keys, config } = call.deps;
  return call.read(async (scope) => {
    const mail = await mailOf(scope);
    const to = mail.to_address === '' ? '' : `${mail.to_name} <${mail.to_address}>`;
    return { to, letter: await letterOf(scope, { keys, places: mailPlaces(config.appUrl) }, mail) };
  });
}

type PreviewQuery = Readonly<{ query: Readonly<{ invoiceIds: string; stepId?: string | undefined; personId?: string | undefined }> }>;

function drafted(call: Previewing & PreviewQuery): Promise<Drafted> {
  const { invoiceIds, stepId = null, personId } = call.query;
  const documentIds = invoiceIds.split(',').map((id) => readRef('invoice', id.trim(), 'invoiceIds'));
  return letterFor(call, (scope) => draftReminder(scope, { documentIds, step: stepId, personId: readRef('person', personId, 'personId') ?? null }));
}

async function answerBody({ c, deps }: Pick<Call, 'c' | 'deps'>, { letter }: Drafted): Promise<Response> {
  return answerMailPreview(c, (await drawMail({ letter })).html, new URL(deps.config.appUrl).origin);
}

function presentRules({ most, ...rules }: Rules): AnswerOf<Operations['readReminderRules']> {
  return { ...rules, mostPerInvoice: most, steps: rules.steps.map((step) => ({ ...step, texts: { ...step.texts } })) };
}

const counts = ({ bills, customers, lateBills, lateCustomers }: Reach) => ({ invoices: bills, customers, lateInvoices: lateBills, lateCustomers });
function presentReach({ own, history, customersOff }: Reaches): AnswerOf<Operations['readReminderReach']> {
  return { own: counts(own), history: counts(history), customersOff };
}

type Receivers = PlannedMail['receivers'];
const presentReceivers = (receivers: Receivers) => receivers.map((person) => ({ ...person, personId: publicId('person', person.personId) }));

function presentPlanned(mail: PlannedMail): AnswerOf<Operations['planReminders']>['days'][number]['mails'][number] {
  return {
    customer: { id: publicId('customer', mail.customerId), name: mail.customerName },
    invoices: mail.bills.map(({ documentId, number, step, amountMinor, currency, dueOn }) => ({
      ...{ invoiceId: publicId('invoice', documentId), number, stepId: step, amountMinor: plain(amountMinor), currency, dueOn },
    })),
    receivers: presentReceivers(mail.receivers),
    leftOut: mail.leftOut.map((person) => ({ ...person, personId: publicId('person', person.personId) })),
    reason: mail.reason,
  };
}

async function shown(scope: Scope, documentId: string): Promise<AnswerOf<Operations['readInvoiceReminders']>> {
  const { off, pausedUntil, next, past } = await readInvoiceReminders(scope, documentId);
  return {
    ...{ off, pausedUntil },
    next: next === null ? null : { day: next.day, stepId: next.step, reason: next.reason, receivers: presentReceivers(next.receivers) },
    past: past.map(({ step, outcome, reason, at, byName }) => ({ stepId: step, outcome: outcome as 'sent', reason, at, by: byName })),
  };
}

async function shownForCustomer(scope: Scope, customerId: string): Promise<AnswerOf<Operations['readCustomerReminders']>> {
  const choice = await readCustomerChoice(scope, customerId);
  const stopped = await listStopped(scope, customerId);
  return {
    ...choice,
    reach: presentReach(await readReach(scope, customerId)),
    stopped: stopped.map(({ personId, ...of }) => ({ personId: publicId('person', personId), ...of })),
  };
}
