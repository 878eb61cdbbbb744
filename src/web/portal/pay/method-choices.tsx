import type { PayMethod } from '../../../core/gateways.ts';
import { Choice } from '../../ui/form.tsx';
import type { Reader } from '../../ui/reader.ts';

/** Each way the amount can be paid, with what it costs. */
export function MethodChoices({ reader, amount, ways, chosen }: Readonly<{ reader: Reader; amount: string; ways: readonly PayMethod[]; chosen: PayMethod }>) {
  const { pay } = reader.w;
  if (ways.length === 0) return <p className="lead">{pay.belowLeast}</p>;
  const first = ways.includes(chosen) ? chosen : ways[0];
  const notes = { card: pay.cardNote, bank: pay.bankNote } as const;
  return (
    <fieldset className="pick">
      <legend>{pay.methodTitle}</legend>
      {ways.map((way) => (
        <Choice key={way} name="method" value={way} checked={way === first}>
          <span>
            {pay[way]}
            <small>{notes[way]}</small>
          </span>
          <span className="n">{amount}</span>
        </Choice>
      ))}
    </fieldset>
  );
}
