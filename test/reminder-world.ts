import type { MailOutcome } from '../src/core/gateways.ts';
import { newId } from '../src/db/fresh.ts';
import { inTransaction, type Scope } from '../src/db/scope.ts';
import { createDraft } from '../src/domain/invoices/invoices.ts';
import { sendInvoice } from '../src/domain/links/links.ts';
import { beginTry, endMailTry, listMails, type MailRow } from '../src/domain/mails/mails.ts';
import { letterOf } from '../src/domain/outbox/outbox.ts';
import { settleAttempt, startPayment } from '../src/domain/payments/payments.ts';
import { addPerson } from '../src/domain/people/people.ts';
import { beginRound, changeRules, endReminder, lastLook, remindCustomer } from '../src/domain/reminders/reminders.ts';
import { mailPlaces } from '../src/outgoing/mails/mail-places.ts';
import { type RenderedMail, renderMail } from '../src/outgoing/mails/render-mail.ts';
import { type PortalWorld, portalWorld } from './portal-world.ts';
import { testKeys } from './small-business.ts';
import { payFor } from './till.ts';
import type { TestWeb } from './web.ts';

/** A reminder that left, as its reader has it. */
export type Left = RenderedMail & Readonly<{ mail: MailRow; to: string; documents: readonly string[] }>;

/** Dana's business with reminders on: it says what day it is, sends bills due when a test wants, and keeps every mail that left. */
export type ReminderWorld = PortalWorld &
  Readonly<{
    clock: Clock;
    /** Someone who receives the bills of Dana's company. */
    payer: Readonly<{ id: string; email: string }>;
    office: <T>(work: (scope: Scope) => Promise<T>) => Promise<T>;
    system: <T>(work: (scope: Scope) => Promise<T>) => Promise<T>;
    asDana: <T>(work: (scope: Scope) => Promise<T>) => Promise<T>;
    bill: (dueOn: string, options?: Readonly<{ amountMinor?: number; propertyId?: string; customer?: string; to?: readonly string[] }>) => Promise<string>;
    /** The day's round, each customer's task, and the mails of it. Answers the mails that left now. */
    round: (outcome?: () => MailOutcome) => Promise<Left[]>;
    /** Sends what waits. */
    deliver: (outcome?: () => MailOutcome) => Promise<Left[]>;
    startBank: (documentId: string, amountMinor: bigint) => Promise<string>;
    bankSays: (payment: string, amountMinor: bigint, kind: 'processing' | 'succeeded' | 'returned') => Promise<void>;
  }>;

/** The wall of Sampleton: noon in Chicago unless a test says another hour. */
export class Clock {
  now: Temporal.Instant;
  constructor(day: string) {
    this.now = Clock.at(day, 9, 30);
  }
  static at(day: string, hour: number, minute = 0): Temporal.Instant {
    return Temporal.PlainDate.from(day).toPlainDateTime({ hour, minute }).toZonedDateTime('America/Chicago').toInstant();
  }
  set(day: string, hour = 9, minute = 30): void {
    this.now = Clock.at(day, hour, minute);
  }
  get day(): string {
    return this.now.toZonedDateTimeISO('America/Chicago').toPlainDate().toString();
  }
}

export async function reminderWorld(
  web: TestWeb,
  day: string,
  options: Readonly<{ active?: boolean; weekdaysOnly?: boolean; most?: number }> = {},
): Promise<ReminderWorld> {
  const world = await portalWorld(web);
  const clock = new Clock(day);
  const at = (scope: Scope): Scope => ({ ...scope, now: clock.now });
  const office: ReminderWorld['office'] = (work) => world.house.office((scope) => work(at(scope)));
  const system: ReminderWorld['system'] = (work) => world.house.system((scope) => work(at(scope)));
  const dana = { kind: 'person', id: world.people.dana.id, name: 'Dana Whitlock' } as const;
  const granted = { customers: [world.customer], accounts: [world.customer], people: [dana.id] };
  const asDana: ReminderWorld['asDana'] = (work) =>
    inTransaction(web.database, { role: 'portal', business: world.house.id, actor: dana, ...granted }, (scope) => work(at(scope)));
  const email = `ap.${newId().slice(-6)}@example.com`;
  const payer = {
    id: (await office((scope) => addPerson(scope, { name: 'Ada Price', email, customerId: world.customer, rights: { bills: true } }))).id,
    email,
  };
  const { active = true, weekdaysOnly = false, most = 20 } = options;
  await office((scope) => changeRules(scope, { version: 1, changes: { active, lateToo: true, weekdaysOnly, most } }));

  const bill: ReminderWorld['bill'] = (dueOn, { amountMinor = 10_000, propertyId, customer = world.customer, to = [payer.id] } = {}) =>
    office(async (scope) => {
      const line = { name: 'Drain', quantityMilli: 1000n, unitPriceMilli: BigInt(amountMinor) * 1000n, taxRateId: null };
      const issuedOn = dueOn < clock.day ? dueOn : clock.day;
      const { id } = await createDraft(scope, { customerId: customer, lines: [line], issuedOn, dueOn, ...(propertyId ? { propertyId } : {}) });
      await sendInvoice(scope, testKeys, { documentId: id, personIds: to });
      return id;
    });
  const deliver: ReminderWorld['deliver'] = async (outcome = () => ({ kind: 'sent', providerId: null })) => {
    const left: Left[] = [];
    const waiting = await office((scope) => listMails(scope, { states: ['queued'], limit: 200 }));
    for (const { id, kind } of waiting.reverse()) {
      if (kind !== 'reminder') continue;
      const taken = await system(async (scope) => {
        const begun = await beginTry(scope, id);
        const mail = begun.kind === 'send' ? await lastLook(scope, begun.mail) : null;
        return mail && { mail, letter: await letterOf(scope, { keys: testKeys, places: mailPlaces('https://pay.example.com') }, mail) };
      });
      if (taken === null) continue;
      const drawn = await renderMail(taken.letter.kind, taken.letter.facts as never, taken.letter.locale);
      const became = outcome();
      left.push({
        mail: taken.mail,
        to: taken.mail.to_address,
        ...drawn,
        documents: (taken.mail.facts['bills'] as { documentId: string }[]).map((bill) => bill.documentId),
      });
      await system(async (scope) => {
        const ended = await endMailTry(scope, taken.mail, became, drawn.subject);
        if (ended === 'done') await endReminder(scope, taken.mail, became.kind);
      });
    }
    return left;
  };
  const round: ReminderWorld['round'] = async (outcome) => {
    if ((await system(beginRound)) === 0) return [];
    for (const customer of [world.customer, world.other]) await system((scope) => remindCustomer(scope, testKeys, customer));
    return deliver(outcome);
  };
  return {
    ...world,
    ...{ clock, payer, office, system, asDana, bill, round, deliver },
    startBank: (documentId, amountMinor) =>
      asDana(async (scope) => {
        const books = { customer: world.customer, person: dana.id } as Parameters<typeof payFor>[0];
        const invoice = { id: documentId, totalMinor: amountMinor, parts: [] };
        return (await startPayment(scope, payFor(books, invoice, amountMinor, { method: 'bank' }))).attempt;
      }),
    bankSays: async (payment, amountMinor, kind) => {
      const settled = { method: 'bank', amountMinor, currency: 'USD', reference: `pm_${payment}` } as const;
      const outcome = kind === 'returned' ? ({ kind, failure: 'returned_by_bank', ...settled } as const) : ({ kind, ...settled } as const);
      await system((scope) => settleAttempt(scope, testKeys, payment, outcome));
    },
  };
}
