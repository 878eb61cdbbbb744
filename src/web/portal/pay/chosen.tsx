import { publicId } from '../../../core/ids.ts';
import type { Locale } from '../../../core/locale.ts';
import { payRest } from '../../../core/settlement.ts';
import type { PayFacts, SavedMethod } from '../../../domain/payments/payments.ts';
import { href } from '../../../routes.ts';
import type { FormProblem } from '../../ui/form.tsx';
import type { PageLook } from '../../ui/page.tsx';
import type { Reader } from '../../ui/reader.ts';
import type { Wanted } from './amount.ts';
import type { TipWanted } from './tip.tsx';
import type { Costs } from './way-fee.tsx';

export type PayPage = Readonly<{
  look: PageLook;
  locale: Locale;
  reader: Reader;
  facts: PayFacts;
  document: string;
  wanted: Wanted | null;
  /** Null: no tip is offered with this amount. */
  tip: TipWanted | null;
  /** How the amount was chosen, as its address says it. */
  kept: Readonly<Record<string, string>>;
  /** Kept cards and accounts whoever is signed in may pay with, and an id for a press of each. */
  saved: readonly Readonly<{ method: SavedMethod; act: string }>[];
  /** The payer asked to choose the amount or the properties. */
  choosing: boolean;
  act: string;
  method: 'card' | 'bank';
  typed: string;
  picked: readonly string[];
  problem: FormProblem;
  /** A sentence about the try before this one. */
  before: string | null;
}>;

export const atOf = ({ look, document }: PayPage) => ({ business: look.slug, document: publicId('invoice', document) });

export type Sure = PayPage & { wanted: Wanted };

/** Amount and tip, before the way of paying adds a fee to it or takes a saving off. */
export const totalOf = ({ tip, wanted }: Sure): bigint => tip?.totalMinor ?? wanted.amountMinor;

export const costsOf = ({ facts, tip, wanted }: Sure): Costs => ({ rule: facts.wayRule, amountMinor: wanted.amountMinor, tipMinor: tip?.tipMinor ?? 0n });

/** What will be charged, of what it is made, and ways to another amount. */
export function Amount(page: Sure) {
  const { reader, facts, wanted, tip } = page;
  const { pay, charges, tips } = reader.w;
  const [amount, billed] = [reader.money(totalOf(page)), reader.money(wanted.amountMinor)];
  const canChoose = facts.partPayment || facts.parts.length > 1;
  return (
    <>
      <p className={amount.length > 10 ? 'big long' : 'big'}>{amount}</p>
      {tip !== null && tip.tipMinor > 0n && <p className="lead">{tips.inIt(billed, reader.money(tip.tipMinor))}</p>}
      {facts.early && wanted.amountMinor === facts.payableMinor && (
        <p className="lead">{charges.earlyOffer(billed, reader.day(facts.early.untilOn), reader.money(facts.early.insteadMinor))}</p>
      )}
      <Questioned page={page} />
      <nav className="quiet" aria-label={pay.amountTitle}>
        <OtherAmounts {...page} />
        {canChoose && <a href={href('pay', atOf(page), { other: '1' })}>{pay.anotherAmount}</a>}
      </nav>
    </>
  );
}

/** What a form of this page pays, exactly as it was shown. */
export function Chosen({ wanted, tip }: Sure) {
  return (
    <>
      <input type="hidden" name="amountMinor" value={String(wanted.amountMinor)} />
      {tip !== null && tip.tipMinor > 0n && <input type="hidden" name="tipMinor" value={String(tip.tipMinor)} />}
      {wanted.chosen?.map((part) => (
        <input key={part} type="hidden" name="part" value={publicId('part', part)} />
      ))}
    </>
  );
}

/** With installments: the one that is next, or all of them. */
function OtherAmounts(page: PayPage & { wanted: Wanted }) {
  const { reader, facts, wanted } = page;
  const { nextMinor } = facts;
  const { restMinor } = payRest(facts);
  const { charges } = reader.w;
  if (nextMinor === null || nextMinor === restMinor) return null;
  return (
    <>
      {wanted.amountMinor !== nextMinor && <a href={href('pay', atOf(page))}>{charges.payNext(reader.money(nextMinor))}</a>}
      {wanted.amountMinor !== restMinor && <a href={href('pay', atOf(page), { rest: '1' })}>{charges.payRest(reader.money(restMinor))}</a>}
    </>
  );
}

/** What is in question is left out unless the payer takes it in, and paying it ends the question (rules 23, 24). */
function Questioned({ page: { reader, facts, wanted, ...page } }: Readonly<{ page: PayPage & { wanted: Wanted } }>) {
  const { questioned } = reader.w;
  const { restMinor, askedMinor } = payRest(facts);
  if (askedMinor === 0n || wanted.chosen !== null || (wanted.amountMinor !== restMinor && wanted.amountMinor !== facts.payableMinor)) return null;
  const asked = reader.money(askedMinor);
  const left = wanted.amountMinor === restMinor;
  const at = { business: page.look.slug, document: publicId('invoice', page.document) };
  return (
    <p className="lead s">
      {left ? questioned.payRest(asked) : questioned.included(asked)}{' '}
      <a href={href('pay', at, left ? { all: '1' } : {})}>{left ? questioned.include(asked) : questioned.leaveOut(asked)}</a>
    </p>
  );
}
