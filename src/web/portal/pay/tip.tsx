import type { Locale } from '../../../core/locale.ts';
import { decimalText, exponentOf } from '../../../core/money.ts';
import { parseMoney } from '../../../core/money-parse.ts';
import { Refusal } from '../../../core/refusal.ts';
import { giveTip, type PayFacts, type Tip, type TipOffer, tipOffer } from '../../../domain/payments/payments.ts';
import { Field, type FormProblem } from '../../ui/form.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { Reader } from '../../ui/reader.ts';
import type { Given } from '../given.ts';
import type { Wanted } from './amount.ts';

/** What an address says of a tip: one of the suggested percents, or `own` and the amount as typed. */
export type TipAsked = Readonly<{ tip: string; own: string }>;

/** A tip beside the amount of a page, where one may be given. */
export type TipWanted = Tip & Readonly<{ offer: TipOffer; typed: string }>;

/** Null: none is offered here. One that cannot be taken comes back as its refusal, and the page without a tip. */
export function tipFrom(facts: PayFacts, wanted: Wanted | null, asked: TipAsked, locale: Locale): [TipWanted | null, Refusal | null] {
  const offer = wanted === null || wanted.chosen !== null ? null : tipOffer(facts, wanted.amountMinor);
  if (offer === null) return [null, null];
  const typed = asked.tip === 'own' ? asked.own.slice(0, 20) : '';
  try {
    return [{ offer, typed, ...giveTip(offer, minorOf(offer, asked, facts.currency, locale)) }, null];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return [{ offer, typed, ...giveTip(offer, 0n) }, new Refusal(error.code, { field: 'own' })];
  }
}

function minorOf({ choices }: TipOffer, { tip, own }: TipAsked, currency: string, locale: Locale): bigint {
  if (tip === 'own') return own.trim() === '' ? 0n : parseMoney(own, currency, locale);
  return choices.find(({ percent }) => String(percent) === tip)?.tipMinor ?? 0n;
}

/** The tip of a form, in minor units exactly as its page wrote them. */
export function tipIn(given: Given): bigint {
  const text = given.text('tipMinor');
  if (!/^\d{0,8}$/.test(text)) throw new Refusal('amount_invalid', { field: 'own' });
  return BigInt(text === '' ? '0' : text);
}

/** The same tip as an address says it, so that a page that comes back still has it. */
export function askedFor(tipMinor: bigint, currency: string): TipAsked {
  return tipMinor > 0n ? { tip: 'own', own: decimalText(tipMinor, exponentOf(currency)) } : { tip: '', own: '' };
}

type At = Readonly<{ reader: Reader; tip: TipWanted; problem: FormProblem; to: (asked: TipAsked) => string; kept: Readonly<Record<string, string>> }>;

/** Suggestions of one press each and an amount of their own; the page comes back with what that comes to. Nothing is chosen beforehand. */
export function TipField({ reader, tip, problem, to, kept }: At) {
  const { tips } = reader.w;
  const { choices } = tip.offer;
  const among = tip.tipMinor === 0n || choices.some(({ tipMinor }) => tipMinor === tip.tipMinor);
  const [path] = to({ tip: '', own: '' }).split('?');
  return (
    <section>
      <h2 id="tip">{tips.title}</h2>
      <p className="lead s">{tips.lead}</p>
      <nav className="tips gap" aria-labelledby="tip">
        <Suggestion href={to({ tip: '', own: '' })} chosen={tip.tipMinor === 0n} text={tips.none} />
        {choices.map(({ percent, tipMinor }) => (
          <Suggestion
            key={percent}
            href={to({ tip: String(percent), own: '' })}
            chosen={tip.tipMinor === tipMinor}
            text={tips.percent(percent, reader.money(tipMinor))}
          />
        ))}
      </nav>
      <details className="gap" open={!among || problem?.field === 'own' || undefined}>
        <summary>{tips.own}</summary>
        <form method="get" action={path} className="narrow">
          {Object.entries(kept).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <input type="hidden" name="tip" value="own" />
          <Field
            label={tips.ownLabel}
            name="own"
            inputMode="decimal"
            maxLength={20}
            value={among && problem?.field !== 'own' ? '' : tip.typed}
            hint={tips.ownHint(reader.money(tip.offer.mostMinor))}
            problem={problem}
          />
          <button className="btn two" type="submit">
            {tips.show}
          </button>
        </form>
      </details>
    </section>
  );
}

function Suggestion({ href, chosen, text }: Readonly<{ href: string; chosen: boolean; text: string }>) {
  return (
    <a className="btn two" href={href} aria-current={chosen || undefined}>
      {chosen && <Icon name="check" />}
      {text}
    </a>
  );
}
