import { limits } from '../../../core/limits.ts';
import { Refusal } from '../../../core/refusal.ts';
import type { Share } from '../payment.ts';
import { sharesOf } from '../shares.ts';
import type { Bill, Credit } from '../view/pay-facts.ts';

/** Why something of a bill is left out until the payer asks for it. What is on its way already cannot be asked for. */
export type LeftOut = 'question' | 'announced' | 'later';

/** What a payer chose on the page of several bills. */
export type PayChoice = Readonly<{
  /** Empty: all that is due. */
  documentIds: readonly string[];
  /** Only what is for this property; left out: wherever it is for. */
  propertyId?: string | null;
  /** What is paid although it would be left out. */
  also: readonly Readonly<{ documentId: string; what: LeftOut }>[];
  /** An amount of their own, oldest due first; null: all that was chosen. */
  amountMinor: bigint | null;
  /** What the chosen bills do not take stays as credit (rule 22). */
  keepCredit: boolean;
  /** Credit of the account pays first, the rest is charged. */
  useCredit: boolean;
}>;

export type AllocatedLine = Readonly<{
  bill: Bill;
  amountMinor: bigint;
  /** What may still be paid on the bill afterwards, with what was left out. */
  leftMinor: bigint;
  /** Saved by paying early. */
  savedMinor: bigint;
  shares: readonly Share[];
  /** Of the amount, what credit of the account pays. */
  byCreditMinor: bigint;
}>;

/** What one payment will pay, bill by bill, before anything is paid. All amounts in minor units of `currency`. */
export type Allocation = Readonly<{
  customerId: string;
  currency: string;
  lines: readonly AllocatedLine[];
  /** What was chosen or is due, but gets nothing of this payment. */
  without: readonly Bill[];
  amountMinor: bigint;
  /** Kept as credit. */
  creditMinor: bigint;
  /** Credit the payer may use on these bills; 0 when it is not theirs to use (rule 34). */
  availableMinor: bigint;
  /** Of it, what is used; the rest of the amount is charged. */
  usedMinor: bigint;
  chargedMinor: bigint;
  /** All that the chosen bills take now. */
  fullMinor: bigint;
}>;

const zero = 0n;
const lesser = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const positive = (a: bigint): bigint => (a > zero ? a : zero);

/** What is open on a bill: the whole, where paying it early costs less. */
export function openOn(bill: Bill): bigint {
  return bill.early ? bill.early.insteadMinor : bill.payableMinor;
}

/** What of a bill waits to be asked for, in the order it is taken away from what is open. */
export function leftOutOf(bill: Bill): readonly Readonly<{ what: LeftOut; amountMinor: bigint }>[] {
  let roomMinor = openOn(bill);
  const wanted = [
    { what: 'question', amountMinor: bill.inQuestionMinor },
    { what: 'announced', amountMinor: bill.announcedMinor },
    { what: 'later', amountMinor: bill.dueLaterMinor },
  ] as const;
  return wanted.flatMap(({ what, amountMinor }) => {
    const taken = lesser(amountMinor, roomMinor);
    roomMinor -= taken;
    return taken > zero ? [{ what, amountMinor: taken }] : [];
  });
}

/** How much a bill takes now, and how much more of it that is only not due yet. */
function takesOf(bill: Bill, choice: PayChoice): { nowMinor: bigint; laterMinor: bigint } {
  const out = leftOutOf(bill).filter(({ what }) => !choice.also.some((each) => each.documentId === bill.documentId && each.what === what));
  const outMinor = out.reduce((total, each) => total + each.amountMinor, zero);
  const laterMinor = out.reduce((total, each) => total + (each.what === 'later' ? each.amountMinor : zero), zero);
  return { nowMinor: outMinor === zero ? bill.payableMinor : positive(openOn(bill) - outMinor), laterMinor };
}

/** All that the chosen bills take now. */
export function fullOf(bills: readonly Bill[], choice: PayChoice): bigint {
  return chosenOf(bills, choice).reduce((total, bill) => total + takesOf(bill, choice).nowMinor, zero);
}

/** What a payment of its own would be for: bills of one account in one currency, and what they take now. */
export type OneAccount = Readonly<{ customerId: string; currency: string; documentIds: readonly string[]; fullMinor: bigint }>;

/** The chosen bills by account and currency, which one payment never mixes. Those that take nothing now are left out. */
export function apart(bills: readonly Bill[], choice: PayChoice): OneAccount[] {
  const taking = chosenOf(bills, choice)
    .map((bill) => ({ bill, ...takesOf(bill, choice) }))
    .filter(({ nowMinor }) => nowMinor > zero);
  return [...Map.groupBy(taking, ({ bill }) => `${bill.customerId} ${bill.currency}`).values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { customerId, currency } = first.bill;
    const fullMinor = group.reduce((total, { nowMinor }) => total + nowMinor, zero);
    return [{ customerId, currency, documentIds: group.map(({ bill }) => bill.documentId), fullMinor }];
  });
}

/**
 * Says what a payment pays, line by line: what was chosen, or an amount over it oldest due first; first what is due, then what is due later.
 * Over the sections of one bill it is spread in proportion, largest remainder first (rule 31). The page shows it, the payment does it.
 * Refuses `not_found`, `not_allowed`, `one_payment_one_account`, `nothing_to_pay`, and amounts that are too small, too large, below the
 * floor, above what is left without keeping the rest, or parts where parts are not taken.
 */
export function allocate(bills: readonly Bill[], choice: PayChoice, credits: readonly Credit[] = []): Allocation {
  const chosen = chosenOf(bills, choice);
  const [first] = chosen;
  if (first === undefined) throw new Refusal(bills.length > 0 && !bills.some((bill) => bill.mayPay) ? 'not_allowed' : 'nothing_to_pay');
  if (chosen.some((bill) => bill.customerId !== first.customerId || bill.currency !== first.currency)) throw new Refusal('one_payment_one_account');
  const taking = chosen.map((bill) => ({ bill, ...takesOf(bill, choice) }));
  const fullMinor = taking.reduce((total, each) => total + each.nowMinor, zero);
  const wantedMinor = choice.amountMinor ?? fullMinor;
  const whole = chosen.every(seesWhole);
  const availableMinor = whole ? (credits.find((each) => each.customerId === first.customerId && each.currency === first.currency)?.creditMinor ?? zero) : zero;
  const lines = linesOf(taking, wantedMinor, choice.useCredit && !choice.keepCredit ? availableMinor : zero);
  const usedMinor = lines.reduce((total, line) => total + line.byCreditMinor, zero);
  const paidMinor = lines.reduce((total, line) => total + line.amountMinor, zero);
  const creditMinor = wantedMinor - paidMinor;
  check(first, { wantedMinor, fullMinor, paidMinor, creditMinor, keep: choice.keepCredit, whole, usedMinor });
  const paid = new Set(lines.map(({ bill }) => bill.documentId));
  const without = chosen.filter(({ documentId }) => !paid.has(documentId));
  return {
    customerId: first.customerId,
    currency: first.currency,
    lines,
    without,
    amountMinor: wantedMinor,
    creditMinor,
    availableMinor,
    usedMinor,
    chargedMinor: wantedMinor - usedMinor,
    fullMinor,
  };
}

const seesWhole = (bill: Bill): boolean => bill.whole && bill.parts.every((part) => part.mayPay);

function chosenOf(bills: readonly Bill[], { documentIds }: PayChoice): Bill[] {
  if (documentIds.some((id) => !bills.some((bill) => bill.documentId === id))) throw new Refusal('not_found');
  const mine = bills.filter((bill) => bill.mayPay);
  return documentIds.length === 0 ? mine.filter((bill) => openOn(bill) > zero) : mine.filter((bill) => documentIds.includes(bill.documentId));
}

function linesOf(taking: readonly Readonly<{ bill: Bill; nowMinor: bigint; laterMinor: bigint }>[], wantedMinor: bigint, creditMinor: bigint): AllocatedLine[] {
  let leftMinor = wantedMinor;
  let unusedMinor = creditMinor;
  const take = (most: bigint): bigint => {
    const taken = lesser(leftMinor, most);
    leftMinor -= taken;
    return taken;
  };
  const now = taking.map(({ nowMinor }) => take(nowMinor));
  const later = taking.map(({ laterMinor }) => take(laterMinor));
  return taking.flatMap(({ bill }, at) => {
    const amountMinor = (now[at] ?? zero) + (later[at] ?? zero);
    const byCreditMinor = lesser(unusedMinor, amountMinor);
    unusedMinor -= byCreditMinor;
    return amountMinor > zero ? [{ ...lineOf(bill, amountMinor), byCreditMinor }] : [];
  });
}

function lineOf(bill: Bill, amountMinor: bigint): Omit<AllocatedLine, 'byCreditMinor'> {
  const early = bill.early !== null && amountMinor >= bill.payableMinor;
  const savedMinor = early ? positive(openOn(bill) - amountMinor) : zero;
  const own = bill.parts.filter((part) => part.mayPay);
  return {
    bill,
    amountMinor,
    leftMinor: openOn(bill) - amountMinor - savedMinor,
    savedMinor,
    shares: sharesOf({ documentId: bill.documentId, amountMinor }, own),
  };
}

type Sums = Readonly<{ wantedMinor: bigint; fullMinor: bigint; paidMinor: bigint; creditMinor: bigint; keep: boolean; whole: boolean; usedMinor: bigint }>;

function check(house: Bill, { wantedMinor, fullMinor, paidMinor, creditMinor, keep, whole, usedMinor }: Sums): void {
  const field = 'amount';
  if (paidMinor === zero && (wantedMinor === fullMinor || fullMinor === zero)) throw new Refusal('nothing_to_pay');
  if (wantedMinor < limits.paymentMinMinor) throw new Refusal('amount_too_small', { field });
  if (wantedMinor > limits.paymentMaxMinor) throw new Refusal('amount_too_large', { field });
  if (creditMinor > zero && !whole) throw new Refusal('above_balance', { field });
  if (creditMinor > zero && !keep) throw new Refusal('above_balance', { field, creditMinor });
  if (wantedMinor >= fullMinor) return;
  if (!house.partPayment) throw new Refusal('part_payment_off', { field });
  // Credit costs nothing to take: the floor is for what is charged.
  if (wantedMinor > usedMinor && wantedMinor - usedMinor < lesser(house.floorMinor, fullMinor)) throw new Refusal('below_floor', { field });
}

/** What was shown of an allocation, as the form sends it back: a payment is started for exactly this, or not at all. */
export function seenOf({ lines, amountMinor, creditMinor, usedMinor }: Allocation): string {
  return [...lines.map((line) => `${line.bill.documentId} ${line.amountMinor} ${line.leftMinor}`), `${amountMinor} ${creditMinor} ${usedMinor}`].join(',');
}

/** How the credit that is used goes on the sections of its bills. */
export function creditSharesOf({ lines }: Allocation): Share[] {
  return lines.flatMap(({ bill, byCreditMinor }) =>
    byCreditMinor > zero
      ? sharesOf(
          { documentId: bill.documentId, amountMinor: byCreditMinor },
          bill.parts.filter((part) => part.mayPay),
        )
      : [],
  );
}
