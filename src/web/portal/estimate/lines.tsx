import type { ReactNode } from 'react';
import { formatQuantity, formatUnitPrice } from '../../../core/money-format.ts';
import { type Package, packageGroups } from '../../../core/packages.ts';
import type { EstimateFacts, EstimateLineFact } from '../../../outgoing/estimate-facts.ts';
import { discountLabel } from '../../../outgoing/pdf/line-rows.ts';
import type { FormProblem } from '../../ui/form.tsx';
import { problemText } from '../../ui/form.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { Reader } from '../../ui/reader.ts';
import { type Choosing, givenName, optionName, packageName, plainQuantity, quantityName } from './choices.ts';

type Shown = Readonly<{ reader: Reader; facts: EstimateFacts; choosing: Choosing; open: boolean }>;
/** A line as it is chosen: with its place among all, and the quantity and amount it comes to now. */
type Priced = EstimateLineFact & Readonly<{ at: number; billed: boolean }>;

function pricedOf(facts: EstimateFacts, { made }: Choosing): Priced[] {
  const billed = new Map(made.lines.map((line) => [line.id, line]));
  return facts.lines.map((line, at) => {
    const now = billed.get(line.id);
    return { ...line, at, billed: now !== undefined, quantityMilli: now?.quantityMilli ?? line.quantityMilli, netMinor: now?.netMinor ?? line.netMinor };
  });
}

/** Everything that is offered: what is always part of it, packages to choose one of, and what may be added. No line is ever left out. */
export function EstimateLines(shown: Shown) {
  const { reader, facts, choosing } = shown;
  const lines = pricedOf(facts, choosing);
  const fixed = lines.filter(({ choice }) => choice === null);
  return (
    <>
      {shown.open && <input type="hidden" name={givenName} value="1" />}
      {fixed.length > 0 && <Fixed {...shown} lines={fixed} />}
      {packageGroups(lines).map(({ group, packages }, at) => (
        <fieldset key={group} className="pick sec">
          <legend>{shown.open ? reader.w.estimate.choosePackage(group) : group}</legend>
          {packages.map((each, place) => (
            <PackageRow key={each.name} {...shown} of={each} name={packageName(at)} value={String(place)} />
          ))}
        </fieldset>
      ))}
      <Options {...shown} lines={lines.filter(({ choice }) => choice?.kind === 'optional')} />
    </>
  );
}

function Fixed({ lines, ...shown }: Shown & Readonly<{ lines: readonly Priced[] }>) {
  const { reader, facts } = shown;
  const sectioned = facts.parts.length > 1;
  const groups = sectioned ? facts.parts.map((part) => ({ part, own: lines.filter(({ partId }) => partId === part.id) })) : [{ part: null, own: lines }];
  return (
    <section>
      <h2>{reader.w.estimate.work}</h2>
      {groups
        .filter(({ own }) => own.length > 0)
        .map(({ part, own }) => (
          <div key={part?.id ?? ''} className={part ? 'grp' : undefined}>
            {part && (
              <header>
                <h3>{part.title || reader.w.invoice.notTiedToProperty}</h3>
                {part.address && <small>{part.address}</small>}
              </header>
            )}
            {own.map((line) => (
              <div className="line" key={line.id}>
                <b>{line.name}</b>
                <span className="n" data-live={line.bounds ? `n${line.at}` : undefined}>
                  {reader.money(line.netMinor)}
                </span>
                <More {...shown} line={line} />
                <Quantity {...shown} line={line} />
              </div>
            ))}
          </div>
        ))}
    </section>
  );
}

/** Quantity and price, what the business wrote, and what is taken off. `plain`: one of it costs what stands beside, so that is not said twice. */
function More({ reader, facts, line, open, plain }: Shown & Readonly<{ line: Priced; plain?: boolean }>) {
  const { locale } = reader;
  const { currency, homeCurrency } = facts.document;
  const price = formatUnitPrice(line.unitPriceMilli, currency, locale, { homeCurrency });
  const amount = [formatQuantity(line.quantityMilli, locale), line.unit].filter(Boolean).join('\u00a0');
  const said = plain && line.quantityMilli === 1000n && line.unit === null && line.discountMinor === 0n;
  const each = open && line.bounds ? `${price} / ${line.unit ?? '1'}` : said ? '' : `${amount} × ${price}`;
  const told = [line.serviceOn && reader.day(line.serviceOn), each].filter(Boolean).join(' · ');
  return (
    <>
      {told && <small>{told}</small>}
      {line.description && <small className="ps">{line.description}</small>}
      {line.discountMinor !== 0n && <small>{discountLabel(line.discount, locale)}</small>}
    </>
  );
}

/** A quantity the customer may change, within its bounds. */
function Quantity({ reader, line, choosing, open }: Shown & Readonly<{ line: Priced }>) {
  if (!open || line.bounds === null) return null;
  const { estimate } = reader.w;
  const { minMilli, maxMilli, stepMilli } = line.bounds;
  const name = quantityName(line.at);
  const least = formatQuantity(minMilli, reader.locale);
  const most = [formatQuantity(maxMilli, reader.locale), line.unit].filter(Boolean).join('\u00a0');
  const wrong: FormProblem = choosing.problem?.field === name ? choosing.problem : null;
  return (
    <div className="qty">
      <input
        id={name}
        name={name}
        type="number"
        inputMode="decimal"
        aria-label={estimate.quantityOf(line.name)}
        aria-invalid={wrong !== null || undefined}
        aria-describedby={`${name}-hint`}
        min={plainQuantity(minMilli)}
        max={plainQuantity(maxMilli)}
        step={stepMilli ? plainQuantity(stepMilli) : 'any'}
        defaultValue={plainQuantity(line.quantityMilli)}
      />
      <small id={`${name}-hint`}>{estimate.quantityWithin(least, most)}</small>
      {wrong && (
        <p className="err" role="alert">
          <Icon name="alert" />
          {problemText(reader.w, wrong)}
        </p>
      )}
    </div>
  );
}

/** One package: its name and what it costs, and every line that is in it. */
function PackageRow({ of, name, value, ...shown }: Shown & Readonly<{ of: Package<Priced>; name: string; value: string }>) {
  const { reader, open } = shown;
  const chosen = of.lines.some(({ billed }) => billed);
  return (
    <Row
      {...shown}
      id={`${name}-${value}`}
      chosen={chosen}
      amount={of.netMinor}
      control={<input id={`${name}-${value}`} type="radio" name={name} value={value} defaultChecked={chosen} />}
      title={of.name}
    >
      {of.lines.map((line) => (
        <span className="in" key={line.id}>
          <span>{line.name}</span>
          <More {...shown} line={line} plain={of.lines.length === 1} />
        </span>
      ))}
      {!open && !chosen && <small>{reader.w.estimate.notIncluded}</small>}
      {of.lines.map((line) => (
        <Quantity key={line.id} {...shown} line={line} />
      ))}
    </Row>
  );
}

function Options({ lines, ...shown }: Shown & Readonly<{ lines: readonly Priced[] }>) {
  const { reader, open } = shown;
  if (lines.length === 0) return null;
  return (
    <fieldset className="pick sec">
      <legend>{open ? reader.w.estimate.options : reader.w.estimate.optional}</legend>
      {lines.map((line) => (
        <Row
          key={line.id}
          {...shown}
          chosen={line.billed}
          amount={line.netMinor}
          title={line.name}
          id={`${optionName}-${line.at}`}
          control={<input id={`${optionName}-${line.at}`} type="checkbox" name={optionName} value={String(line.at)} defaultChecked={line.billed} />}
        >
          <More {...shown} line={line} plain />
          {!open && <small>{line.billed ? reader.w.estimate.included : reader.w.estimate.notIncluded}</small>}
          <Quantity {...shown} line={line} />
        </Row>
      ))}
    </fieldset>
  );
}

type RowProps = Shown & Readonly<{ id: string; control: ReactNode; title: string; amount: bigint; chosen: boolean; children: ReactNode }>;

/** A choice with its amount; the whole row can be pressed. Once nothing can be chosen, what was not is dim. */
function Row({ reader, open, id, control, title, amount, chosen, children }: RowProps) {
  const inner = (
    <>
      <span>
        <b>{title}</b>
        {children}
      </span>
      <span className="n" data-live={open ? `n${id}` : undefined}>
        {reader.money(amount)}
      </span>
    </>
  );
  if (!open) return <div className={chosen ? 'row' : 'row dim'}>{inner}</div>;
  return (
    <label htmlFor={id}>
      {control}
      {inner}
    </label>
  );
}
