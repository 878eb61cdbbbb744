import { beforeAll, describe, expect, test } from 'vitest';
import { type ReminderWorld, reminderWorld } from '../../../test/reminder-world.ts';
import { refusalOf, testKeys } from '../../../test/small-business.ts';
import { testWeb } from '../../../test/web.ts';
import { addDays } from '../../core/calendar.ts';
import { newId } from '../../db/fresh.ts';
import { sendMailTask } from '../../tasks/send-mail.ts';
import { listEvents } from '../events/events.ts';
import { listMails } from '../mails/mails.ts';
import { answerCharge, questionCharge, withdrawQuestion } from '../messages/charges.ts';
import { answerQuestion, askQuestion } from '../messages/messages.ts';
import { announcePayment, endOverAnnouncements, recordPayment } from '../payments/payments.ts';
import { removePerson, setRights } from '../people/people.ts';
import {
  beginRound,
  changeRules,
  chooseForCustomer,
  chooseForInvoice,
  planReminders,
  readInvoiceReminders,
  readReach,
  readRules,
  remindCustomer,
  remindNow,
  setStop,
  skipNext,
} from './reminders.ts';

const web = testWeb();
/** A Tuesday. */
const due = '2027-03-09';
const fresh = (day: string, options: Parameters<typeof reminderWorld>[2] = {}): Promise<ReminderWorld> => reminderWorld(web(), day, options);
const onDay = async (world: ReminderWorld, day: string) => {
  world.clock.set(day);
  return world.round();
};

async function daysOf(world: ReminderWorld, from: string, days: number): Promise<string[]> {
  const sent: string[] = [];
  for (let at = 0; at < days; at += 1) {
    const day = addDays(from, at);
    if ((await onDay(world, day)).length > 0) sent.push(day);
  }
  return sent;
}

describe('a charge in question', () => {
  const asking = (world: ReminderWorld, documentId: string, amountMinor: bigint) => {
    const id = newId();
    const question = { id, documentId, lineId: null, amountMinor, reason: 'not_done', text: '', language: 'en' } as const;
    return world.asDana((scope) => questionCharge(scope, question)).then(() => id);
  };

  test('23 J7 is in no reminder, while the rest of the bill takes its course', async () => {
    const world = await fresh('2027-02-20');
    const bill = await world.bill(due, { amountMinor: 20_000 });
    world.clock.set('2027-03-03');
    await asking(world, bill, 9_000n);
    const left = await onDay(world, '2027-03-09');
    expect(left.map(({ documents }) => documents)).toEqual([[bill], [bill]]);
    expect(left[0]?.text).toContain('$110.00');
    expect(left[0]?.text).not.toContain('$200.00');
  });

  test('23 wholly in question sends nothing, and after the answer the customer has five days', async () => {
    const world = await fresh('2027-02-20');
    const bill = await world.bill(due);
    world.clock.set('2027-03-03');
    const id = await asking(world, bill, 10_000n);
    expect(await daysOf(world, '2027-03-04', 20)).toEqual([]);
    world.clock.set('2027-03-24');
    await world.office((scope) => answerCharge(scope, testKeys, { id, kind: 'explanation', text: 'Done on Tuesday.' }));
    expect(await daysOf(world, '2027-03-24', 16)).toEqual(['2027-03-29', '2027-04-08']);
  });

  test('23 answered before the due day, nothing reminds until then', async () => {
    const world = await fresh('2027-02-20');
    const bill = await world.bill(due);
    world.clock.set('2027-02-25');
    const id = await asking(world, bill, 10_000n);
    await world.office((scope) => answerCharge(scope, testKeys, { id, kind: 'explanation', text: 'Done on Tuesday.' }));
    expect((await daysOf(world, '2027-02-26', 12))[0]).toBe(due);
  });

  test('23 taken back, it is reminded of as before', async () => {
    const world = await fresh('2027-02-20');
    const bill = await world.bill(due);
    world.clock.set('2027-03-01');
    const id = await asking(world, bill, 10_000n);
    await world.asDana((scope) => withdrawQuestion(scope, id));
    expect(await daysOf(world, '2027-03-05', 6)).toEqual(['2027-03-06', due]);
  });
});

describe('the steps of a bill', () => {
  test('J6 each goes out once, on its day, to each person who receives the bills, with a link of their own', async () => {
    const world = await fresh('2027-02-20');
    const bill = await world.bill(due);
    expect(await daysOf(world, '2027-03-01', 45)).toEqual(['2027-03-06', '2027-03-09', '2027-03-16', '2027-03-23', '2027-04-08']);
    const mails = (await world.office((scope) => listMails(scope, { documentId: bill, limit: 100 }))).filter(({ kind }) => kind === 'reminder');
    expect(mails.map((mail) => mail.to_address).sort()).toEqual([...Array(5).fill(world.payer.email), ...Array(5).fill(world.people.dana.email)].sort());
    const told = await world.office((scope) => listEvents(scope, { documentId: bill, kinds: ['reminder.sent'], limit: 50 }));
    expect(told).toHaveLength(10);
  });

  test('with weekdays only, a step of a weekend moves before the due day or after it', async () => {
    const world = await fresh('2027-02-20', { weekdaysOnly: true });
    await world.bill(due);
    expect(await daysOf(world, '2027-03-01', 45)).toEqual(['2027-03-05', '2027-03-09', '2027-03-16', '2027-03-23', '2027-04-08']);
  });

  test('J5 after three days without a worker a bill gets its latest step once, and two workers make one round', async () => {
    const world = await fresh('2027-02-20');
    await world.bill(due);
    world.clock.set('2027-03-12');
    expect(await world.round()).toEqual([]);
    world.clock.set('2027-03-19');
    const rounds = await Promise.all([world.system(beginRound), world.system(beginRound), world.system(beginRound)]);
    expect(rounds.filter((tasks) => tasks > 0)).toEqual([1]);
    const queued = await Promise.all(Array.from({ length: 4 }, () => world.system((scope) => remindCustomer(scope, testKeys, world.customer))));
    expect(queued.filter((mails) => mails > 0)).toEqual([2]);
    expect(await world.deliver()).toHaveLength(2);
    expect(await onDay(world, '2027-03-20')).toEqual([]);
    // A clock that jumps back repeats no day.
    world.clock.set('2027-03-18');
    expect(await world.system(beginRound)).toBe(0);
  });

  test('no more than the number chosen, and nothing outside the hours of the morning', async () => {
    const world = await fresh('2027-02-20', { most: 2 });
    await world.bill(due);
    expect(await daysOf(world, '2027-03-01', 45)).toEqual(['2027-03-06', '2027-03-09']);
    const other = await fresh('2027-02-20');
    await other.bill(due);
    for (const hour of [0, 8, 17, 23]) {
      other.clock.set(due, hour);
      expect(await other.system(beginRound), `at ${hour}`).toBe(0);
    }
  });

  test('M14 the hour on the wall stays the same across both clock changes for 24 months', async () => {
    const world = await fresh('2027-01-01');
    const begun: number[] = [];
    for (let month = 0; month < 24; month += 1) {
      const day = Temporal.PlainDate.from('2027-01-08').add({ months: month }).toString();
      const bill = await world.bill(day, { amountMinor: 100 });
      for (const hour of [8, 9]) {
        world.clock.set(day, hour, 0);
        if ((await world.system(beginRound)) > 0) begun.push(hour);
      }
      await world.office((scope) => chooseForInvoice(scope, { documentId: bill, off: true, pausedUntil: null }));
    }
    expect(begun).toEqual(Array(24).fill(9));
  });
});

describe('rule 28 decided at the second of sending', () => {
  test('J7 a bill that was paid after the round is not in the mail that leaves, and a mail with nothing left does not leave', async () => {
    const world = await fresh('2027-02-20');
    const [paid, open] = [await world.bill(due), await world.bill(due, { amountMinor: 7_700 })];
    world.clock.set(due);
    await world.system(beginRound);
    await world.system((scope) => remindCustomer(scope, testKeys, world.customer));
    await pay(world, paid, 10_000n);
    // Money came within the last 24 hours: nothing at all leaves.
    expect(await world.deliver()).toEqual([]);
    expect((await world.office((scope) => readInvoiceReminders(scope, open))).past[0]).toMatchObject({ outcome: 'dropped', reason: 'payment_just_now' });
    const [next] = await onDay(world, addDays(due, 2));
    expect(next).toBeUndefined();
    const later = await onDay(world, addDays(due, 7));
    expect(later.map((mail) => mail.documents)).toEqual([[open], [open]]);
  });

  test('several overdue bills of one customer go in one mail per person, and each has a fresh link of its own', async () => {
    const world = await fresh('2027-02-20');
    const bills = [await world.bill(due), await world.bill(due, { amountMinor: 2_500 }), await world.bill('2027-03-02', { amountMinor: 4_000 })];
    const left = await onDay(world, due);
    expect(left.map((mail) => mail.documents.length)).toEqual([3, 3]);
    const links = left.flatMap((mail) => [...mail.text.matchAll(/\/l\/([\w-]+)/g)].map(([, token]) => token));
    expect(new Set(links).size).toBe(6);
    expect(left[0]?.text).toContain('$165.00');
    expect(left[0]?.documents[0]).toBe(bills[2]);
  });

  test('nobody is reminded of a bill they may not see whole (rule 29)', async () => {
    const world = await fresh('2027-02-20');
    const [own, other] = world.properties;
    const mine = await world.bill(due, { propertyId: own ?? '' });
    await world.bill(due, { propertyId: other ?? '' });
    const left = await onDay(world, due);
    const edgars = left.filter((mail) => mail.to === world.people.edgar.email);
    expect(edgars.map((mail) => mail.documents)).toEqual([[mine]]);
  });

  test('after a payment, a question or another reminder nothing leaves for 24 hours', async () => {
    const world = await fresh('2027-02-20');
    const bill = await world.bill(due);
    expect(await onDay(world, due)).toHaveLength(2);
    expect((await refusalOf(world.office((scope) => remindNow(scope, testKeys, bill)))).code).toBe('reminder_held_back');
    world.clock.set(addDays(due, 1), 9, 29);
    expect((await refusalOf(world.office((scope) => remindNow(scope, testKeys, bill)))).code).toBe('reminder_held_back');
    world.clock.set(addDays(due, 1), 9, 31);
    expect(await world.office((scope) => remindNow(scope, testKeys, bill))).toEqual({ mails: 2 });
    await world.deliver();
    // What was sent by hand early is not sent again on its day.
    expect(await daysOf(world, addDays(due, 2), 10)).toEqual([]);
  });
});

describe('money that moves and questions', () => {
  test('rule 18 what is processing or announced is never reminded; an announcement that ran out brings one friendly notice', async () => {
    const world = await fresh('2027-02-20');
    const bill = await world.bill(due);
    world.clock.set('2027-03-10');
    const note = { id: newId(), documentId: bill, method: 'check', alreadyPaid: false, amountMinor: 10_000n, expectedOn: '2027-03-14', note: '' } as const;
    await world.asDana((scope) => announcePayment(scope, { ...note, personId: world.people.dana.id }));
    expect(await daysOf(world, '2027-03-11', 14)).toEqual([]);
    world.clock.set('2027-03-25', 1);
    await world.system(endOverAnnouncements);
    const [first] = await onDay(world, '2027-03-25');
    expect(first?.subject).toContain('has not arrived yet');
    expect(await daysOf(world, '2027-03-26', 20)).toEqual(['2027-04-08']);
  });

  test('rule 19 a payment begun on the due day is not late; returned, the next reminder waits three days', async () => {
    const world = await fresh('2027-02-20');
    const bill = await world.bill(due);
    world.clock.set(due, 8);
    const payment = await world.startBank(bill, 10_000n);
    await world.bankSays(payment, 10_000n, 'processing');
    expect(await daysOf(world, due, 9)).toEqual([]);
    world.clock.set('2027-03-18', 15);
    await world.bankSays(payment, 10_000n, 'returned');
    expect(await daysOf(world, '2027-03-19', 5)).toEqual(['2027-03-22']);
  });

  test('rule 23 an open question holds it, and an answer gives five days', async () => {
    const world = await fresh('2027-02-20');
    const bill = await world.bill(due);
    world.clock.set('2027-03-15', 18);
    const { threadId } = await world.asDana((scope) => askQuestion(scope, { documentId: bill, lineId: null, text: 'Why?' }));
    expect(await daysOf(world, '2027-03-16', 3)).toEqual([]);
    world.clock.set('2027-03-19', 12);
    await world.office((scope) => answerQuestion(scope, testKeys, { threadId, text: 'Two visits.' }));
    expect(await daysOf(world, '2027-03-20', 8)).toEqual(['2027-03-25']);
  });
});

describe('what the office and the customer choose', () => {
  test('rule 2 off at first; switched on, the count is told, and what was late before is left alone unless meant too', async () => {
    const world = await fresh('2027-02-20', { active: false });
    await world.bill('2027-02-10');
    await world.bill(due);
    expect(await onDay(world, '2027-02-22')).toEqual([]);
    const reach = await world.office((scope) => readReach(scope));
    expect(reach.own).toEqual({ bills: 2, customers: 1, lateBills: 1, lateCustomers: 1 });
    const { version } = await world.office(readRules);
    await world.office((scope) => changeRules(scope, { version, changes: { active: true } }));
    expect(await daysOf(world, '2027-02-23', 14)).toEqual(['2027-02-24', '2027-03-06']);
  });

  test('off for a customer or an invoice, quiet until a day, one step left out', async () => {
    const world = await fresh('2027-02-20');
    const bill = await world.bill(due);
    await world.office((scope) => chooseForCustomer(scope, { customerId: world.customer, on: false }));
    expect(await daysOf(world, '2027-03-06', 2)).toEqual([]);
    await world.office((scope) => chooseForCustomer(scope, { customerId: world.customer, on: true, lateToo: true }));
    await world.office((scope) => chooseForInvoice(scope, { documentId: bill, off: false, pausedUntil: '2027-03-09' }));
    expect(await daysOf(world, '2027-03-08', 2)).toEqual(['2027-03-09']);
    await world.office((scope) => skipNext(scope, bill));
    expect(await daysOf(world, '2027-03-10', 15)).toEqual(['2027-03-23']);
    await world.office((scope) => chooseForInvoice(scope, { documentId: bill, off: true, pausedUntil: null }));
    expect(await daysOf(world, '2027-03-26', 20)).toEqual([]);
  });

  test('who stopped reminders gets none, the others still do, and the plan says so', async () => {
    const world = await fresh('2027-02-20');
    await world.bill(due);
    await world.asDana((scope) => setStop(scope, { personId: world.people.dana.id, kind: 'reminders', stopped: true, via: 'portal' }));
    world.clock.set('2027-03-01');
    const plan = await world.office((scope) => planReminders(scope, { days: 30 }));
    expect(plan.days.map(({ day, mails }) => [day, mails.map((mail) => [mail.receivers.map(({ name }) => name), mail.leftOut])])).toEqual(
      ['2027-03-06', '2027-03-09', '2027-03-16', '2027-03-23'].map((day) => [
        day,
        [[['Ada Price'], [{ personId: world.people.dana.id, name: 'Dana Whitlock', why: 'stopped' }]]],
      ]),
    );
    expect((await onDay(world, due)).map((mail) => mail.to)).toEqual([world.payer.email]);
    await world.asDana((scope) => setStop(scope, { personId: world.people.dana.id, kind: 'reminders', stopped: false, via: 'portal' }));
    expect(await onDay(world, '2027-03-16')).toHaveLength(2);
  });

  test('what came back once is dropped and told, and decided again for nobody', async () => {
    const world = await fresh('2027-02-20');
    const bill = await world.bill(due);
    world.clock.set(due);
    await world.round(() => ({ kind: 'bounced', reason: '550' }));
    const { past } = await world.office((scope) => readInvoiceReminders(scope, bill));
    expect(past.map(({ outcome, reason }) => [outcome, reason])).toEqual([['dropped', 'bounced']]);
    expect(await daysOf(world, addDays(due, 1), 10)).toEqual([]);
  });
});

describe('J7 between the round and the mail', () => {
  const queued = async () => {
    const world = await fresh('2027-02-20');
    const bill = await world.bill(due);
    world.clock.set(due);
    await world.system(beginRound);
    await world.system((scope) => remindCustomer(scope, testKeys, world.customer));
    const people = [world.payer.id, world.people.dana.id];
    const past = async () => (await world.office((scope) => readInvoiceReminders(scope, bill))).past.map(({ outcome, reason }) => [outcome, reason]);
    const noBills = (personId: string) => world.office((scope) => setRights(scope, { personId, customerId: world.customer, rights: { bills: false } }));
    return { world, people, past, noBills };
  };

  test('who no longer receives the bills gets none, the others still do', async () => {
    const { world, past, noBills } = await queued();
    await noBills(world.payer.id);
    expect((await world.deliver()).map((mail) => mail.to)).toEqual([world.people.dana.email]);
    expect(await past()).toEqual([['sent', '']]);
  });

  test('with nobody left who may see the whole of it, it is dropped and not counted as sent (rule 29)', async () => {
    const { world, people, past } = await queued();
    const rights = { propertyIds: world.properties.slice(0, 1) };
    for (const personId of people) await world.office((scope) => setRights(scope, { personId, customerId: world.customer, rights }));
    expect(await world.deliver()).toEqual([]);
    expect(await past()).toEqual([['dropped', 'no_recipients']]);
  });

  test('whose readers were removed is dropped by the task itself', async () => {
    const { world, people, past } = await queued();
    const mails = (await world.office((scope) => listMails(scope, { states: ['queued'], limit: 50 }))).filter(({ kind }) => kind === 'reminder');
    for (const personId of people) await world.office((scope) => removePerson(scope, { personId, customerId: world.customer }));
    const mail = { send: () => Promise.reject(new Error('nothing may leave')) };
    const send = sendMailTask({
      ...{ database: web().database, keys: testKeys, mail },
      ...{ appUrl: 'https://pay.example.com', mailFrom: 'billing@example.com', bounceAddress: 'bounces@example.com' },
    });
    for (const { id } of mails) await send({ businessId: world.house.id, mailId: id });
    expect(mails).toHaveLength(2);
    expect(await past()).toEqual([['dropped', 'person_removed']]);
  });
});

describe('I5 wording', () => {
  let world: ReminderWorld;
  beforeAll(async () => {
    world = await fresh('2027-02-20');
  });
  const payloads = [
    '{{7*7}}',
    '${7*7}',
    '<%= 7*7 %>',
    '{constructor}',
    '{__proto__}',
    '{toString}',
    '#{7*7}',
    '<script>alert(1)</script>',
    '<img src=x onerror=1>',
    '{name',
    '{{name}}',
    '{Name}',
  ];

  test('a template can do nothing: 40 payloads stand in the mail as they were typed', async () => {
    const own = [
      ...payloads,
      ...payloads.map((text) => `a ${text} b`),
      ...payloads.map((text) => `{amount}${text}`),
      '{}',
      '{ name }',
      '{constructor.constructor("return 1")()}',
      '[[name]]',
    ];
    expect(own.length).toBe(40);
    const { version } = await world.office(readRules);
    const step = { id: 'on', offsetDays: 0, tone: 'friendly', texts: { en: { subject: 'Now {amount}', text: own.join('\n\n') } } } as const;
    await world.office((scope) => changeRules(scope, { version, changes: { steps: [step] } }));
    await world.bill(due);
    const [left] = await onDay(world, due);
    for (const text of own) expect(left?.text).toContain(text.replaceAll('{amount}', '$100.00').replaceAll('{name}', 'Dana Whitlock'));
    expect(left?.html).not.toMatch(/<script>|<img src=x|>49</);
    expect(left?.subject).toBe('Now $100.00');
  });
});

async function pay(world: ReminderWorld, documentId: string, amountMinor: bigint): Promise<void> {
  const payment = { id: newId(), customerId: world.customer, method: 'cash', amountMinor, currency: 'USD', receivedOn: world.clock.day } as const;
  await world.office((scope) => recordPayment(scope, { ...payment, targets: [{ documentId, amountMinor }] }));
}
