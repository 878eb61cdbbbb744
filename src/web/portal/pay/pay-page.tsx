import { publicId } from '../../../core/ids.ts';
import { paidBy } from '../../../core/installments.ts';
import type { Locale } from '../../../core/locale.ts';
import { payRest } from '../../../core/settlement.ts';
import { type PayFacts, type SavedMethod, waysFor } from '../../../domain/payments/payments.ts';
import { paperTitle } from '../../../outgoing/charge-words.ts';
import { href } from '../../../routes.ts';
import { ActId, Field, FormAlert, type FormProblem } from '../../ui/form.tsx';
import { Icon } from '../../ui/icon.tsx';
import { type PageLook, renderPage } from '../../ui/page.tsx';
import type { Reader } from '../../ui/reader.ts';
import { Note } from '../invoice/banner.tsx';
import { Row } from '../invoice/lines.tsx';
import { smallestMinor, type Wanted } from './amount.ts';
import { MethodChoices } from './method-choices.tsx';

export type PayPage = Readonly<{
  look: PageLook;
  locale: Locale;
  reader: Reader;
  facts: PayFacts;
  document: string;
  wanted: Wanted | null;
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

const atOf = ({ look, document }: PayPage) => ({ business: look.slug, document: publicId('invoice', document) });

/** Amount, then methods, then one button that says exactly what will happen. */
export function payPage(page: PayPage) {
  const { look, locale, reader, facts, wanted } = page;
  const { w } = reader;
  return renderPage(
    { look, locale, title: payTitle(page), path: href('pay', atOf(page)), wide: true, stick: wanted !== null && !page.choosing },
    <>
      <p>
        <a href={href('document', atOf(page))}>{w.question.backToInvoice}</a>
      </p>
      <h1 className="gap">{payTitle(page)}</h1>
      {page.before && (
        <Note icon="alert" hot>
          {page.before}
        </Note>
      )}
      <Warnings reader={reader} facts={facts} />
      {page.choosing || wanted === null ? <ChooseAmount {...page} /> : <Methods {...page} wanted={wanted} />}
    </>,
  );
}

const payTitle = ({ reader: { w }, facts }: PayPage): string => (facts.purpose === 'deposit' ? w.charges.payDeposit(facts.number) : w.pay.title(facts.number));

function Warnings({ reader, facts }: Readonly<{ reader: Reader; facts: PayFacts }>) {
  const { pay } = reader.w;
  const [announced] = facts.announced;
  return (
    <>
      {facts.checking && <Note icon="search" hot>{`${pay.checkingTitle}. ${pay.checking}`}</Note>}
      {facts.processingMinor > 0n && <Note icon="moving">{pay.processingWarning(reader.money(facts.processingMinor))}</Note>}
      {announced && <Note icon="mail">{pay.announcedWarning(reader.money(announced.amountMinor), reader.day(announced.expectedOn))}</Note>}
    </>
  );
}

function Methods(page: PayPage & { wanted: Wanted }) {
  const { reader, facts, wanted } = page;
  const { pay } = reader.w;
  const amount = reader.money(wanted.amountMinor);
  const ways = waysFor(facts.ways, wanted.amountMinor);
  const canChoose = facts.partPayment || facts.parts.length > 1;
  return (
    <>
      <FormAlert w={reader.w} problem={page.problem} />
      <Saved {...page} />
      <form method="post" action={href('pay', atOf(page))}>
        <ActId id={page.act} />
        <input type="hidden" name="amountMinor" value={String(wanted.amountMinor)} />
        {wanted.chosen?.map((part) => (
          <input key={part} type="hidden" name="part" value={publicId('part', part)} />
        ))}
        <p className={amount.length > 10 ? 'big long' : 'big'}>{amount}</p>
        {facts.early && wanted.amountMinor === facts.payableMinor && (
          <p className="lead">{reader.w.charges.earlyOffer(amount, reader.day(facts.early.untilOn), reader.money(facts.early.insteadMinor))}</p>
        )}
        <Questioned page={page} />
        <nav className="quiet" aria-label={pay.amountTitle}>
          <OtherAmounts {...page} />
          {canChoose && <a href={href('pay', atOf(page), { other: '1' })}>{pay.anotherAmount}</a>}
        </nav>
        <div className="cols">
          <div>
            <MethodChoices reader={reader} amount={amount} ways={ways} chosen={page.method} />
            {ways.length > 0 && (
              <div className="act stick gap">
                <button className="btn" type="submit">
                  {pay.continueToPay(amount)}
                </button>
              </div>
            )}
            <p className="lead s">{pay.securePage(processorName(facts.gateway))}</p>
          </div>
          <aside>
            <WhatItPays page={page} />
          </aside>
        </div>
      </form>
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

/** One press for each kept card or account: the button says what will be charged to what. */
function Saved(page: PayPage & { wanted: Wanted }) {
  const { reader, facts, wanted } = page;
  const { autopay } = reader.w;
  const ways = waysFor(facts.ways, wanted.amountMinor);
  const saved = page.saved.filter(({ method }) => ways.includes(method.method));
  if (saved.length === 0) return null;
  return (
    <section className="sec">
      {saved.map(({ method, act }, at) => (
        <form key={method.id} className="gap" method="post" action={href('pay', atOf(page))}>
          <ActId id={act} />
          <input type="hidden" name="amountMinor" value={String(wanted.amountMinor)} />
          <input type="hidden" name="saved" value={publicId('method', method.id)} />
          {wanted.chosen?.map((part) => (
            <input key={part} type="hidden" name="part" value={publicId('part', part)} />
          ))}
          <button className={at === 0 ? 'btn' : 'q'} type="submit">
            {autopay.payNow(reader.money(wanted.amountMinor), method.own ? method.label : autopay.addedBy(method.label, method.addedBy))}
          </button>
        </form>
      ))}
      <h2 className="gap">{autopay.another}</h2>
    </section>
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

/** How the processor is called on our pages; the payer reads the same name on its own. */
export function processorName(gateway: string | null): string {
  return gateway === 'sandbox' ? 'Sandbox' : gateway === 'stripe' ? 'Stripe' : (gateway ?? '');
}

function WhatItPays({ page }: Readonly<{ page: PayPage & { wanted: Wanted } }>) {
  const { reader, facts, wanted } = page;
  const { pay, invoice, part: partWords } = reader.w;
  const titled = facts.parts.length > 1;
  const early = facts.early !== null && wanted.amountMinor === facts.payableMinor;
  const ofPlan = wanted.chosen === null && !early ? paidBy(facts.installments ?? [], wanted.amountMinor) : [];
  return (
    <section>
      <h2>{pay.whatItPays}</h2>
      <dl className="tot">
        {ofPlan.length > 0 ? (
          ofPlan.map((row) => (
            <Row
              key={row.at}
              label={`${reader.w.charges.installment(row.at + 1, facts.installments?.length ?? 0)} · ${reader.w.invoice.dueOn(reader.day(row.dueOn))}`}
              value={reader.money(row.amountMinor)}
            />
          ))
        ) : titled ? (
          wanted.shares.map((share) => (
            <Row key={share.partId} label={titleOf(facts, share.partId) || invoice.notTiedToProperty} value={reader.money(share.amountMinor)} />
          ))
        ) : (
          <Row
            label={paperTitle(reader.w, facts)}
            value={reader.money(facts.early && wanted.amountMinor === facts.payableMinor ? facts.early.insteadMinor : wanted.amountMinor)}
          />
        )}
        {facts.early && wanted.amountMinor === facts.payableMinor && (
          <Row label={reader.w.charges.early} value={reader.less(facts.early.insteadMinor - facts.payableMinor)} />
        )}
        <Row
          label={pay.leftAfterLabel}
          value={reader.money(wanted.amountMinor === facts.payableMinor ? 0n : (facts.early?.insteadMinor ?? facts.payableMinor) - wanted.amountMinor)}
          strong
        />
      </dl>
      {titled && wanted.chosen === null && wanted.amountMinor < facts.payableMinor && <p className="lead s">{partWords.spread}</p>}
    </section>
  );
}

function titleOf(facts: PayFacts, partId: string): string {
  return facts.parts.find((part) => part.partId === partId)?.title ?? '';
}

/** Another amount, or some of the properties: the next page says what that pays before anything is paid. */
function ChooseAmount(page: PayPage) {
  const { reader, facts } = page;
  const { pay, part: partWords } = reader.w;
  const open = facts.parts.filter((part) => part.mayPay && part.openMinor > 0n);
  if (facts.payableMinor <= 0n) return <p className="lead">{reader.w.errors.refusal.nothing_to_pay}</p>;
  return (
    <form method="get" action={href('pay', atOf(page))} className="narrow">
      <FormAlert w={reader.w} problem={page.problem} />
      {open.length > 1 && (
        <fieldset className="pick">
          <legend>{partWords.chooseProperties}</legend>
          {open.map((part) => (
            <label key={part.partId}>
              <input type="checkbox" name="part" value={publicId('part', part.partId)} defaultChecked={page.picked.includes(publicId('part', part.partId))} />
              <span>{part.title || reader.w.invoice.notTiedToProperty}</span>
              <span className="n">{reader.money(part.openMinor)}</span>
            </label>
          ))}
        </fieldset>
      )}
      {facts.partPayment && (
        <Field
          label={pay.amountLabel}
          name="amount"
          inputMode="decimal"
          maxLength={20}
          value={page.typed}
          hint={pay.amountHint(reader.money(smallestMinor(facts)), reader.money(facts.payableMinor))}
          problem={page.problem}
        />
      )}
      <button className="btn" type="submit">
        {pay.showAmount}
        <Icon name="next" />
      </button>
      <p className="gap">
        <a href={href('pay', atOf(page))}>{reader.w.common.notNow}</a>
      </p>
    </form>
  );
}
