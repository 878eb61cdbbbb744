import { publicId } from '../../../core/ids.ts';
import { paidBy } from '../../../core/installments.ts';
import { type PayFacts, waysFor } from '../../../domain/payments/payments.ts';
import { paperTitle } from '../../../outgoing/charge-words.ts';
import { href } from '../../../routes.ts';
import { ActId, Field, FormAlert } from '../../ui/form.tsx';
import { Icon } from '../../ui/icon.tsx';
import { renderPage } from '../../ui/page.tsx';
import type { Reader } from '../../ui/reader.ts';
import { Note } from '../invoice/banner.tsx';
import { Row } from '../invoice/lines.tsx';
import { smallestMinor } from './amount.ts';
import { Amount, atOf, Chosen, costsOf, type PayPage, type Sure } from './chosen.tsx';
import { ContinueButton, MethodChoices } from './method-choices.tsx';
import { TipField } from './tip.tsx';
import { costOf, WaySeen, wayText } from './way-fee.tsx';

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

function Methods(page: Sure) {
  const { reader, facts, wanted } = page;
  const { pay } = reader.w;
  const ways = waysFor(facts.ways, wanted.amountMinor);
  const costs = costsOf(page);
  return (
    <>
      <FormAlert w={reader.w} problem={page.problem} />
      <Amount {...page} />
      {page.tip && ways.length > 0 && (
        <TipField reader={reader} tip={page.tip} problem={page.problem} kept={page.kept} to={(asked) => href('pay', atOf(page), { ...page.kept, ...asked })} />
      )}
      <Saved {...page} />
      <form method="post" action={href('pay', atOf(page))}>
        <ActId id={page.act} />
        <Chosen {...page} />
        <div className="cols">
          <div>
            <MethodChoices reader={reader} costs={costs} ways={ways} chosen={page.method} />
            <ContinueButton reader={reader} costs={costs} ways={ways} />
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

/** One press for each kept card or account: the button says what will be charged to what. */
function Saved(page: Sure) {
  const { reader, facts, wanted } = page;
  const { autopay } = reader.w;
  const ways = waysFor(facts.ways, wanted.amountMinor);
  const saved = page.saved.filter(({ method }) => ways.includes(method.method));
  const costs = costsOf(page);
  if (saved.length === 0) return null;
  return (
    <section className="sec">
      {saved.map(({ method, act }, at) => (
        <form key={method.id} className="gap" method="post" action={href('pay', atOf(page))}>
          <ActId id={act} />
          <Chosen {...page} />
          <WaySeen costs={costs} ways={[method.method]} />
          <input type="hidden" name="method" value={method.method} />
          <input type="hidden" name="saved" value={publicId('method', method.id)} />
          <button className={at === 0 ? 'btn' : 'q'} type="submit">
            {autopay.payNow(reader.money(costOf(costs, method.method)), method.own ? method.label : autopay.addedBy(method.label, method.addedBy))}
          </button>
          {wayText(reader, costs, method.method) && <p className="lead s">{wayText(reader, costs, method.method)}</p>}
        </form>
      ))}
      <h2 className="gap">{autopay.another}</h2>
    </section>
  );
}

/** How the processor is called on our pages; the payer reads the same name on its own. */
export function processorName(gateway: string | null): string {
  return gateway === 'sandbox' ? 'Sandbox' : gateway === 'stripe' ? 'Stripe' : (gateway ?? '');
}

function WhatItPays({ page }: Readonly<{ page: Sure }>) {
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
        {page.tip !== null && page.tip.tipMinor > 0n && <Row label={reader.w.tips.tip} value={reader.money(page.tip.tipMinor)} />}
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
