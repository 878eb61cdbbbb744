import type { ReactNode } from 'react';
import { todayIn } from '../../../core/calendar.ts';
import { publicId } from '../../../core/ids.ts';
import { textLimits } from '../../../core/limits.ts';
import { formatQuantity } from '../../../core/money-format.ts';
import { maskEmail } from '../../../core/text.ts';
import { href } from '../../../routes.ts';
import { ActId, Field, FormAlert, type FormProblem } from '../../ui/form.tsx';
import { type Page, renderPage } from '../../ui/page.tsx';
import type { Reader } from '../../ui/reader.ts';
import { withChoices } from './choice-address.ts';
import { ContractFigures } from './contract.tsx';
import { insteadOf, limitOf, type Standing } from './deciding.ts';
import type { EstimatePageData } from './page-data.ts';
import { estimateReader } from './speaker.ts';
import { EstimateTotals, Stages } from './totals.tsx';

export type Signing = Readonly<{
  standing: Standing;
  /** Who else may approve, for whoever may not. */
  approvers: readonly string[];
  typed: Readonly<{ typedName: string; poNumber: string; reason: string; accepted: boolean }>;
  act: string;
  problem: FormProblem;
  sentTo: string | null;
}>;

type Shown = Readonly<{ reader: Reader; data: EstimatePageData; signing: Signing }>;

const placeOf = ({ view }: EstimatePageData) => ({ business: view.facts.business.slug, document: publicId('estimate', view.facts.document.id) });

/** What is approved, what it comes to, the terms, and the name; the press says what it binds. */
export function approvePage(data: EstimatePageData, signing: Signing, locale: 'en' | 'es' | 'fr'): Page {
  const { facts } = data.view;
  const { word, number, revision } = facts.document;
  const reader = estimateReader(locale, facts.document);
  const { estimate, common } = reader.w;
  const at = placeOf(data);
  const shown = { reader, data, signing };
  return renderPage(
    { look: facts.business, locale, title: estimate.approve.title, path: href('approve', at), query: data.choosing.fields },
    <>
      <h1>{estimate.approve.title}</h1>
      <p className="lead">{estimate.title(word, number, revision)}</p>
      <Chosen {...shown} />
      <section>
        <h2>{estimate.approve.totals}</h2>
        <EstimateTotals reader={reader} facts={facts} choosing={data.choosing} />
        <Stages reader={reader} choosing={data.choosing} />
      </section>
      <ContractFigures reader={reader} view={data.view} choosing={data.choosing} />
      <section>
        <h2>{estimate.approve.terms}</h2>
        <p className="ps s lead">{facts.document.terms ?? estimate.approve.noTerms}</p>
      </section>
      <Last {...shown} />
      <p className="gap noprint">
        <a href={href('decline', at)}>{estimate.approve.decline}</a>
        {' · '}
        <a href={href('askForChanges', at)}>{estimate.approve.changes}</a>
        {' · '}
        <a href={withChoices(href('document', at), data.choosing.fields)}>{common.notNow}</a>
      </p>
    </>,
  );
}

function Chosen({ reader, data }: Shown) {
  const { estimate } = reader.w;
  const lines = new Map(data.view.facts.lines.map((line) => [line.id, line]));
  return (
    <section>
      <h2>{estimate.approve.chosen}</h2>
      {data.choosing.made.lines.map((line) => {
        const unit = lines.get(line.id)?.unit;
        const choice = lines.get(line.id)?.choice;
        return (
          <div className="line" key={line.id}>
            <b>{line.name}</b>
            <span className="n">{reader.money(line.netMinor)}</span>
            <small>
              {[
                [formatQuantity(line.quantityMilli, reader.locale), unit].filter(Boolean).join('\u00a0'),
                choice?.kind === 'package' && `${choice.group}: ${choice.package}`,
                choice?.kind === 'optional' && estimate.optional,
              ]
                .filter(Boolean)
                .join(' · ')}
            </small>
          </div>
        );
      })}
      {data.choosing.made.lines.length < data.view.facts.lines.length && (
        <p className="gap">
          <a href={withChoices(href('document', placeOf(data)), data.choosing.fields)}>{estimate.approve.change}</a>
        </p>
      )}
    </section>
  );
}

/** The last act: sign, recommend, prove first who it is, or be told who may. */
function Last(shown: Shown) {
  const { reader, data, signing } = shown;
  const { approve } = reader.w.estimate;
  const at = placeOf(data);
  if (signing.standing === 'named') {
    return (
      <Told title={approve.sharedTitle} text={[approve.sharedLead, signing.approvers.length > 0 && approve.sharedWho(signing.approvers.join(', '))]}>
        <a className="btn two" href={href('frontDoor', { business: at.business }, { stay: '1' })}>
          {reader.w.signIn.otherPerson}
        </a>
      </Told>
    );
  }
  if (signing.standing === 'code') {
    return (
      <Told title={approve.codeTitle} text={[approve.codeLead(maskEmail(signing.sentTo ?? ''))]}>
        <a className="btn" href={withChoices(href('documentConfirm', at, { to: 'approve' }), data.choosing.fields)}>
          {approve.codePress}
        </a>
      </Told>
    );
  }
  if (signing.standing === 'waits') {
    return (
      <Told title={reader.w.authority.waitingSecond} text={[reader.w.authority.youDid(dayOf(shown, data.extras.first?.at))]}>
        <a href={href('undoApproval', at)}>{reader.w.authority.takeBack}</a>
      </Told>
    );
  }
  return <SignForm {...shown} />;
}

const dayOf = ({ reader, data }: Pick<Shown, 'reader' | 'data'>, at: string | undefined): string =>
  at === undefined ? '' : reader.day(todayIn(data.extras.zone, at));

/** Where two people approve: that it is so, and what this yes comes to. */
function OfTwo({ reader, data, signing }: Shown) {
  const { authority } = reader.w;
  const from = data.view.asks.twoFromMinor;
  const { first } = data.extras;
  if (from === null || (signing.standing !== 'first' && signing.standing !== 'second')) return null;
  const said =
    signing.standing === 'second' && first
      ? authority.second(first.typedName, dayOf({ reader, data }, first.at))
      : [authority.first, first && authority.other(first.typedName, reader.money(first.totalMinor))].filter(Boolean).join(' ');
  return (
    <p className="note">
      {authority.rule(from === 0n ? '' : reader.money(from))} {said}
    </p>
  );
}

function Told({ title, text, children }: Readonly<{ title: string; text: readonly (string | false)[]; children: ReactNode }>) {
  return (
    <section>
      <h2>{title}</h2>
      {text.map((each) => each && <p key={each}>{each}</p>)}
      <div className="gap narrow">{children}</div>
    </section>
  );
}

/** That the press is one in the place of somebody who is away. */
function InPlaceOf({ reader, data }: Pick<Shown, 'reader' | 'data'>) {
  const away = insteadOf(data.view, data.choosing.made.totals.totalMinor);
  return away && <p className="note">{reader.w.authority.youStandIn(away.name, reader.day(away.untilOn))}</p>;
}

function SignForm({ reader, data, signing }: Shown) {
  const { view, choosing } = data;
  const { facts, asks, viewer } = view;
  const { approve } = reader.w.estimate;
  const { typed, problem } = signing;
  const recommends = signing.standing === 'recommend';
  const { totalMinor } = choosing.made.totals;
  const amount = reader.money(totalMinor);
  const limit = limitOf(view);
  return (
    <form method="post" action={href('approve', placeOf(data))} className="narrow sec">
      <ActId id={signing.act} />
      <input type="hidden" name="totalMinor" value={String(totalMinor)} />
      {choosing.fields.map(([name, value]) => (
        <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
      ))}
      <FormAlert w={reader.w} problem={problem} />
      <OfTwo reader={reader} data={data} signing={signing} />
      {!recommends && <InPlaceOf reader={reader} data={data} />}
      {recommends && <p className="note">{limit !== null && limit > 0n ? approve.above(reader.money(limit)) : approve.aboveAll}</p>}
      <div className="pick">
        <label htmlFor="acceptTerms">
          <input id="acceptTerms" type="checkbox" name="acceptTerms" value="1" required defaultChecked={typed.accepted} />
          <span>{facts.document.terms ? approve.accept : approve.acceptAll}</span>
        </label>
      </div>
      {asks.poRequired && !recommends && (
        <Field
          {...{ label: approve.po, name: 'poNumber', hint: approve.poHint, required: true, maxLength: textLimits.poNumber, problem }}
          value={typed.poNumber || (facts.document.poNumber ?? '')}
        />
      )}
      {recommends && <Field label={approve.recommendWhy} name="reason" rows={3} maxLength={textLimits.reason} value={typed.reason} problem={problem} />}
      <Field
        {...{ label: approve.name, name: 'typedName', hint: approve.nameHint, required: true, autoComplete: 'name', maxLength: textLimits.name, problem }}
        value={typed.typedName}
      />
      {viewer && <p className="lead">{approve.signingAs(viewer.name)}</p>}
      {!recommends && signing.standing !== 'first' && (
        <p className="gap">
          {approve.binds(facts.billTo.company ?? facts.billTo.name, amount, facts.business.name)}{' '}
          {asks.undoHours > 0 ? approve.undo(asks.undoHours) : approve.noUndo}
        </p>
      )}
      <button className="btn" type="submit">
        {recommends ? approve.recommend(amount) : signing.standing === 'first' ? reader.w.authority.pressFirst(amount) : approve.press(amount)}
      </button>
    </form>
  );
}
