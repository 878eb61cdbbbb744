import { publicId } from '../../../core/ids.ts';
import { textLimits } from '../../../core/limits.ts';
import { decimalText, exponentOf } from '../../../core/money.ts';
import { type Askable, type QuestionReason, questionReasons } from '../../../domain/questions/questions.ts';
import { href } from '../../../routes.ts';
import { ActId, Choice, Field, FormAlert, type FormProblem } from '../../ui/form.tsx';
import { type Page, type PageLook, renderPage } from '../../ui/page.tsx';
import type { Reader } from '../../ui/reader.ts';

export type ChargeForm = Readonly<{ charge: string; amount: string | null; reason: QuestionReason | null; text: string; act: string; problem: FormProblem }>;
export type ChargePage = Readonly<{ look: PageLook; reader: Reader; at: Readonly<{ business: string; document: string }>; askable: Askable }>;

/** What the address calls the whole; a line goes by its id. */
export const wholeCharge = 'whole';

/** The charge an address or form names; null: it names none that is here. */
export function chargeIn({ whole, lines }: Askable, charge: string): Charge | null {
  if (charge === wholeCharge) return { lineId: null, name: null, ...whole };
  const line = lines.find(({ id }) => publicId('line', id) === charge);
  return line === undefined ? null : { lineId: line.id, name: line.name, mostMinor: line.mostMinor, open: line.open };
}

export type Charge = Readonly<{ lineId: string | null; name: string | null; mostMinor: bigint; open: boolean }>;

function pageOf({ look, reader, at }: ChargePage, body: React.ReactNode): Page {
  const { common, questioned } = reader.w;
  return renderPage(
    { look, locale: reader.locale, title: questioned.title, path: href('questionCharge', at) },
    <div className="narrow">
      <h1>{questioned.title}</h1>
      {body}
      <p className="gap">
        <a href={href('document', at)}>{common.notNow}</a>
      </p>
    </div>,
  );
}

/** Which charge: each line with what it costs in all, then the whole. */
export function chooseCharge(page: ChargePage, problem: FormProblem): Page {
  const { reader, at, askable } = page;
  const { questioned } = reader.w;
  const choices = [...askable.lines.map((line) => ({ ...line, key: publicId('line', line.id) })), wholeOf(page)];
  const open = choices.filter(({ mostMinor }) => mostMinor > 0n);
  return pageOf(
    page,
    <>
      <FormAlert w={reader.w} problem={problem} />
      <p className="lead">{open.length === 0 ? questioned.nothing : questioned.lead(askable.number)}</p>
      <ul className="rows">
        {choices.map(({ key, name, mostMinor, taxed, open: asked }) => (
          <li key={key}>
            {mostMinor > 0n ? (
              <a className="row" href={href('questionCharge', at, { charge: key })}>
                {name}
              </a>
            ) : (
              <span className="dim">{name}</span>
            )}
            {mostMinor > 0n && <span className="n">{reader.money(mostMinor)}</span>}
            {asked ? <small>{reader.w.invoice.inQuestion}</small> : taxed && mostMinor > 0n && <small>{questioned.withTax}</small>}
          </li>
        ))}
      </ul>
    </>,
  );
}

function wholeOf({ reader, askable }: ChargePage) {
  const { questioned } = reader.w;
  const begun = askable.lines.some(({ open }) => open);
  return { ...askable.whole, key: wholeCharge, taxed: false, name: begun ? questioned.rest(askable.number) : questioned.whole(askable.number) };
}

/** How much, why, and in words what happens then. */
export function questionForm(page: ChargePage, charge: Charge, form: ChargeForm): Page {
  const { reader, at, askable } = page;
  const { questioned } = reader.w;
  const most = reader.money(charge.mostMinor);
  return pageOf(
    page,
    <>
      <p className="lead">
        <b>{charge.name ?? questioned.whole(askable.number)}</b> · <span className="n">{most}</span>
      </p>
      {askable.lines.length > 1 && (
        <p className="s">
          <a href={href('questionCharge', at)}>{questioned.another}</a>
        </p>
      )}
      <form method="post" action={href('questionCharge', at)}>
        <ActId id={form.act} />
        <input type="hidden" name="charge" value={form.charge} />
        <FormAlert w={reader.w} problem={form.problem} />
        <fieldset className="pick">
          <legend>{questioned.why}</legend>
          {questionReasons.map((reason) => (
            <Choice key={reason} name="reason" value={reason} checked={form.reason === reason}>
              <span>{questioned.reason[reason]}</span>
            </Choice>
          ))}
        </fieldset>
        <Field label={questioned.textLabel} name="text" rows={4} maxLength={textLimits.question} value={form.text} problem={form.problem} />
        <Field
          label={questioned.amountLabel}
          name="amount"
          inputMode="decimal"
          maxLength={20}
          required
          value={form.amount ?? decimalText(charge.mostMinor, exponentOf(askable.currency))}
          hint={questioned.amountHint(most)}
          problem={form.problem}
        />
        <WhatHappens page={page} />
        <button className="btn" type="submit">
          {questioned.sendPlain}
        </button>
      </form>
    </>,
  );
}

function WhatHappens({ page: { reader, askable } }: Readonly<{ page: ChargePage }>) {
  const { questioned } = reader.w;
  if (askable.paid) return <p className="lead">{questioned.paidLead}</p>;
  return (
    <section>
      <h2>{questioned.whatHappens}</h2>
      <ul className="lead">
        <li>{questioned.restPayable}</li>
        <li>{questioned.noReminder}</li>
        <li>{questioned.afterAnswer}</li>
      </ul>
    </section>
  );
}
