import type { PayMethod } from '../../../core/gateways.ts';
import { Choice } from '../../ui/form.tsx';
import type { Reader } from '../../ui/reader.ts';
import { type Costs, costOf, WayRuleText, WaySeen, wayText } from './way-fee.tsx';

type Choosing = Readonly<{ reader: Reader; costs: Costs; ways: readonly PayMethod[]; chosen: PayMethod }>;

/** Each way the amount can be paid, with exactly what it costs. */
export function MethodChoices({ reader, costs, ways, chosen }: Choosing) {
  const { pay } = reader.w;
  if (ways.length === 0) return <p className="lead">{pay.belowLeast}</p>;
  const first = ways.includes(chosen) ? chosen : ways[0];
  const notes = { card: pay.cardNote, bank: pay.bankNote } as const;
  return (
    <>
      <WaySeen costs={costs} ways={ways} />
      <fieldset className="pick">
        <legend>{pay.methodTitle}</legend>
        {ways.map((way) => (
          <Choice key={way} name="method" value={way} checked={way === first}>
            <span>
              {pay[way]}
              {wayText(reader, costs, way) && <small>{wayText(reader, costs, way)}</small>}
              <small>{notes[way]}</small>
            </span>
            <span className="n">{reader.money(costOf(costs, way))}</span>
          </Choice>
        ))}
      </fieldset>
      <WayRuleText reader={reader} costs={costs} ways={ways} />
    </>
  );
}

/** One button that says what will be charged; where the ways differ in it, it says that of the way that is chosen, by style alone. */
export function ContinueButton({ reader, costs, ways }: Omit<Choosing, 'chosen'>) {
  const { pay } = reader.w;
  const texts = ways.map((way) => ({ way, text: pay.continueToPay(reader.money(costOf(costs, way))) }));
  const [first] = texts;
  if (first === undefined) return null;
  const same = texts.every(({ text }) => text === first.text);
  return (
    <div className="act stick gap">
      <button className="btn" type="submit">
        {same
          ? first.text
          : texts.map(({ way, text }) => (
              <span key={way} className={`by ${way}`}>
                {text}
              </span>
            ))}
        {!same && <span className="by else">{pay.continueNow}</span>}
      </button>
    </div>
  );
}
