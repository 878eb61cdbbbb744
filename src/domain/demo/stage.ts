import type { EarlyDiscount, LateFee } from '../../core/charges.ts';
import type { PlannedInstallment } from '../../core/installments.ts';
import { newId } from '../../db/fresh.ts';
import type { Scope } from '../../db/scope.ts';
import { href } from '../../routes.ts';
import { chargeLateFees, requestDeposit } from '../charges/charges.ts';
import { readDesk } from '../desk/desk.ts';
import { addAttachment, createDraft, issueMany, replaceInvoice, saveDraft, voidInvoice } from '../invoices/invoices.ts';
import { markSeen, sendInvoice } from '../links/links.ts';
import { questionCharge } from '../messages/charges.ts';
import { askQuestion } from '../messages/messages.ts';
import {
  announcePayment,
  askProcessor,
  beginSaving,
  giveMandate,
  type OfflineMethod,
  openCheckout,
  openSetup,
  planBills,
  recordPayment,
  settleSetup,
  startPayment,
} from '../payments/payments.ts';
import { askableOf, type QuestionReason } from '../questions/questions.ts';
import type { Days } from './days.ts';
import type { DemoHouse } from './founding.ts';
import { lineOf } from './history.ts';
import { draftOfJob } from './job-bill.ts';
import type { DemoTools } from './tools.ts';
import type { DemoLine } from './work.ts';

/** A bill told one by one. `customer` and `to` are names of the cast. */
export type Bill = Readonly<{
  customer: string;
  lines: readonly DemoLine[];
  to?: readonly string[];
  property?: string;
  po?: string;
  wo?: string;
  message?: string;
  terms?: number;
  discountMinor?: bigint;
  /** What is agreed for paying late and early. */
  lateFee?: LateFee;
  early?: EarlyDiscount;
  /** What it is paid in, instead of a due day. */
  installments?: readonly PlannedInstallment[];
  /** The job it bills, told before under this name. */
  job?: string;
  /** A photo of the work, attached. */
  photo?: string;
}>;

/** What became of a bill or an estimate. `link` is the way in of the first person it went to. */
export type Made = Readonly<{ kind?: 'estimate'; documentId: string; number: string | null; totalMinor: bigint; customerId: string; link: string | null }>;

/** Its PDF is drawn when somebody first asks for it. */
async function issueOne(scope: Scope, draftId: string) {
  const [issued] = await issueMany(scope, [draftId], { show: true, paper: false });
  if (issued === undefined) throw new Error('one draft in, one invoice out');
  return issued;
}

/** The acts of a business's people, each at a moment of the past, one after the other. */
export class Stage {
  readonly made = new Map<string, Made>();
  readonly jobs = new Map<string, string>();
  readonly tools: DemoTools;
  readonly house: DemoHouse;
  readonly days: Days;

  constructor(tools: DemoTools, house: DemoHouse, days: Days) {
    this.tools = tools;
    this.house = house;
    this.days = days;
  }

  of(key: string): Made {
    const made = this.made.get(key);
    if (made === undefined) throw new Error(`the demo has no bill "${key}" yet`);
    return made;
  }

  private draft(scope: Scope, bill: Bill) {
    const { house } = this;
    if (bill.job !== undefined) return draftOfJob(scope, house, this.jobs.get(bill.job) ?? '', bill);
    return createDraft(scope, {
      customerId: house.customers.get(bill.customer),
      propertyId: bill.property === undefined ? null : house.properties.get(bill.property),
      lines: bill.lines.map((line) => lineOf(house, line)),
      poNumber: bill.po ?? '',
      workOrderNumber: bill.wo ?? '',
      ...(bill.message === undefined ? {} : { message: bill.message }),
      ...(bill.terms === undefined ? {} : { termsDays: bill.terms }),
      lateFee: bill.lateFee ?? null,
      earlyDiscount: bill.early ?? null,
      installments: bill.installments ?? null,
      discount: bill.discountMinor === undefined ? null : { kind: 'amount', amountMinor: bill.discountMinor },
      recipients: (bill.to ?? []).map((person) => house.people.get(person)?.id),
    });
  }

  /** Begins a draft and leaves it so. */
  async begin(at: Temporal.Instant, key: string, bill: Bill): Promise<void> {
    const draft = await this.house.office(at, (scope) => this.draft(scope, bill));
    this.keep(key, draft.id, null, draft.totals.totalMinor, bill, null);
  }

  /** Writes, sends and delivers a bill. */
  async send(at: Temporal.Instant, key: string, bill: Bill): Promise<void> {
    const photo = bill.photo === undefined ? null : await this.photo(bill.photo);
    const { id, number, totalMinor, mails } = await this.house.office(at, async (scope) => {
      const draft = await this.draft(scope, bill);
      if (photo !== null) await addAttachment(scope, draft.id, photo);
      const issued = await issueOne(scope, draft.id);
      return { ...issued, ...(await sendInvoice(scope, this.tools.keys, { documentId: draft.id, personIds: this.people(bill) })) };
    });
    this.keep(key, id, number, totalMinor, bill, mails[0]?.linkId ?? null);
    await this.deliver(at, mails);
  }

  /** Asks for money ahead. */
  async deposit(at: Temporal.Instant, key: string, bill: Pick<Bill, 'customer' | 'to' | 'message'>, title: string, amountMinor: bigint): Promise<void> {
    const { house } = this;
    const asked = { kind: 'amount', amountMinor } as const;
    const request = { customerId: house.customers.get(bill.customer) ?? '', propertyId: null, title, description: '', asked, dueOn: null };
    const { id, number, mails } = await house.office(at, async (scope) => {
      const draft = await requestDeposit(scope, request);
      const issued = await issueOne(scope, draft.id);
      return { ...issued, ...(await sendInvoice(scope, this.tools.keys, { documentId: draft.id, personIds: this.people({ ...bill, lines: [] }) })) };
    });
    this.keep(key, id, number, amountMinor, { ...bill, lines: [] }, mails[0]?.linkId ?? null);
    await this.deliver(at, mails);
  }

  /** The bill is late: its fee is judged that day, looked at and sent by the office. */
  async chargeLate(at: Temporal.Instant, late: string, key: string, bill: Pick<Bill, 'customer' | 'to'>): Promise<void> {
    const { house } = this;
    await house.system(at, (scope) => chargeLateFees(scope, this.tools.keys, this.of(late).documentId));
    const { id, number, totalMinor, mails } = await house.office(at, async (scope) => {
      const [fee] = (await readDesk(scope, this.of(late).documentId)).lateFees;
      if (fee === undefined) throw new Error('a late bill has a fee');
      const issued = await issueOne(scope, fee.id);
      return { ...issued, ...(await sendInvoice(scope, this.tools.keys, { documentId: fee.id, personIds: this.people({ ...bill, lines: [] }) })) };
    });
    this.keep(key, id, number, totalMinor, { ...bill, lines: [] }, mails[0]?.linkId ?? null);
    await this.deliver(at, mails);
  }

  /** Corrects a sent bill: a new one takes its place and is sent to the same people. */
  async replace(at: Temporal.Instant, old: string, key: string, bill: Bill): Promise<void> {
    const { number, id, totalMinor, mails } = await this.house.office(at, async (scope) => {
      const draft = await replaceInvoice(scope, this.of(old).documentId);
      await saveDraft(scope, {
        documentId: draft.id,
        version: draft.version,
        body: { ...draft.body, lines: bill.lines.map((line) => lineOf(this.house, line)) },
      });
      const issued = await issueOne(scope, draft.id);
      return { ...issued, ...(await sendInvoice(scope, this.tools.keys, { documentId: draft.id, personIds: this.people(bill) })) };
    });
    this.keep(key, id, number, totalMinor, bill, mails[0]?.linkId ?? null);
    await this.deliver(at, mails);
  }

  cancel(at: Temporal.Instant, key: string, reason: string): Promise<void> {
    return this.house.office(at, (scope) => voidInvoice(scope, { documentId: this.of(key).documentId, reason }));
  }

  /** Money the office received; `over` is kept as credit. */
  async receive(
    at: Temporal.Instant,
    key: string,
    method: OfflineMethod,
    more: Readonly<{ amountMinor?: bigint; over?: bigint; reference?: string }> = {},
  ): Promise<void> {
    const { documentId, totalMinor, customerId } = this.of(key);
    const { amountMinor = totalMinor, over = 0n, reference = '' } = more;
    const receivedOn = at.toZonedDateTimeISO('America/Chicago').toPlainDate().toString();
    const payment = { id: newId(), customerId, method, amountMinor: amountMinor + over, currency: 'USD', receivedOn, reference };
    await this.house.office(at, (scope) => recordPayment(scope, { ...payment, targets: [{ documentId, amountMinor }], keepCredit: over > 0n }));
  }

  /** Somebody has the page open. */
  open(at: Temporal.Instant, key: string, person: string): Promise<void> {
    const { id, name } = this.person(person);
    return this.house.system(at, (scope) => markSeen({ ...scope, actor: { kind: 'person', id, name } }, this.of(key).documentId));
  }

  async ask(at: Temporal.Instant, key: string, person: string, text: string): Promise<void> {
    await this.as(at, person, key, (scope, { documentId }) => askQuestion(scope, { documentId, lineId: null, text }));
  }

  /** A customer questions one line of a bill. */
  async question(
    at: Temporal.Instant,
    key: string,
    person: string,
    asked: Readonly<{ line: string; amountMinor: bigint; reason: QuestionReason; text: string }>,
  ) {
    const { line, ...question } = asked;
    await this.as(at, person, key, async (scope, { documentId }) => {
      const { lines } = await askableOf(scope, documentId);
      const lineId = lines.find(({ name }) => name === line)?.id ?? null;
      return questionCharge(scope, { id: newId(), documentId, lineId, language: 'en', ...question });
    });
  }

  /** A customer says that a check is coming. */
  announce(at: Temporal.Instant, key: string, person: string, expectedOn: string): Promise<void> {
    const { id: personId } = this.person(person);
    return this.as(at, person, key, (scope, { documentId, totalMinor }) =>
      announcePayment(scope, { id: newId(), documentId, method: 'check', alreadyPaid: false, amountMinor: totalMinor, expectedOn, note: '', personId }),
    );
  }

  /** A customer keeps a card, agrees to autopay for their whole account, and the bill is planned: told that day, charged on its due day. */
  async autopay(at: Temporal.Instant, key: string, person: string, terms: Readonly<{ capMinor: bigint; noticeDays: number }>): Promise<void> {
    const { tools, house } = this;
    const { id: personId, name } = this.person(person);
    const { customerId } = this.of(key);
    const signedIn = <T>(work: (scope: Scope) => Promise<T>): Promise<T> =>
      house.portal(at, [personId], [customerId], (scope) => work({ ...scope, actor: { kind: 'person', id: personId, name } }), newId());
    const methodId = newId();
    const back = tools.appUrl + href('home', { business: house.cast.slug });
    const place = { returnUrl: back, cancelUrl: back, payee: house.cast.name, locale: 'en' as const, payerEmail: null };
    const started = await signedIn((scope) => beginSaving(scope, { id: methodId, customerId }));
    const page = await openSetup(tools.till, started, place);
    if (page.kind !== 'redirect') throw new Error(`the sandbox did not open a page: ${page.kind}`);
    await tools.press(new URL(page.url).pathname, { instrument: 'card_success' });
    const outcome = await tools.till.cards['sandbox']?.fetchSetup({ setup: methodId, business: house.business, session: null });
    if (outcome === undefined) throw new Error('the demo has its own processor');
    await house.system(at, (scope) => settleSetup(scope, methodId, outcome));
    const asked = { id: newId(), customerId, propertyId: null, methodId, locale: 'en' as const, remoteAddress: '198.51.100.7', what: name };
    await signedIn((scope) => giveMandate(scope, { ...asked, ...terms }));
    await house.system(at, (scope) => planBills(scope, tools.till.keys, customerId));
  }

  /**
   * Pays a whole bill through the sandbox processor, as a browser would: the attempt, its page, one press. A bank debit is left with the
   * bank, or sent back by it. Answers the payment's id.
   */
  async checkout(key: string, person: string, how: 'card_success' | 'bank_clears' | 'bank_returns'): Promise<string> {
    const { tools, house } = this;
    const id = newId();
    const { id: personId } = this.person(person);
    const { documentId, totalMinor, customerId, number } = this.of(key);
    const method = how === 'card_success' ? ('card' as const) : ('bank' as const);
    const attempt = { id, customerId, method, currency: 'USD', targets: [{ documentId, amountMinor: totalMinor }], personId };
    const started = await this.as(null, person, key, (scope) => startPayment(scope, attempt));
    const back = tools.appUrl + href('home', { business: house.cast.slug });
    const place = { returnUrl: back, cancelUrl: back, payee: house.cast.name, description: `Invoice ${number}`, locale: 'en' as const, payerEmail: null };
    const answer = await openCheckout(tools.till, started, place);
    if (answer.kind !== 'redirect') throw new Error(`the sandbox did not open a page: ${answer.kind}`);
    const next = await tools.press(new URL(answer.url).pathname, { instrument: how });
    if (how === 'bank_returns') {
      await askProcessor(tools.till, house.business, id);
      await tools.press(new URL(next, tools.appUrl).pathname, { decision: 'return' });
    }
    await askProcessor(tools.till, house.business, id);
    return id;
  }

  private as<T>(at: Temporal.Instant | null, person: string, key: string, work: (scope: Scope, made: Made) => Promise<T>): Promise<T> {
    const { id, name } = this.person(person);
    const made = this.of(key);
    return this.house.portal(at, [id], [made.customerId], (scope) => work({ ...scope, actor: { kind: 'person', id, name } }, made));
  }

  person(key: string) {
    const found = this.house.people.get(key);
    if (found === undefined) throw new Error(`nobody of the cast is called "${key}" here`);
    return found;
  }

  private people(bill: Bill): string[] {
    return (bill.to ?? []).map((person) => this.person(person).id);
  }

  private async photo(name: string) {
    const { tools, house } = this;
    const bytes = await tools.pictures.drain();
    const { sha256, size } = await tools.files.put(house.business, bytes);
    return { name, mediaType: 'image/jpeg', bytes: size, sha256 };
  }

  private keep(key: string, documentId: string, number: string | null, totalMinor: bigint, bill: Bill, linkId: string | null): void {
    const { house, tools } = this;
    const link = linkId === null ? null : href('link', { business: house.cast.slug, token: tools.keys.linkToken(house.business, linkId) });
    this.made.set(key, { documentId, number, totalMinor, customerId: house.customers.get(bill.customer) ?? '', link });
  }

  async deliver(at: Temporal.Instant, mails: readonly Readonly<{ mailId: string | null }>[]): Promise<void> {
    await this.house.system(at.add({ minutes: 1 }), async (scope) => {
      for (const { mailId } of mails) if (mailId !== null) await this.tools.deliver(scope, mailId);
    });
  }
}
