import type { PayMethod } from '../../../core/gateways.ts';
import { Choice } from '../../ui/form.tsx';
import type { Reader } from '../../ui/reader.ts';

const ways: readonly PayMethod[] = ['card', 'bank'];

/** Each way the amount can be paid, with what it costs. */
export function MethodChoices({ reader: { w }, amount, chosen }: Readonly<{ reader: Reader; amount: string; chosen: PayMethod }>) {
  const { pay } = w;
  const notes = { card: pay.cardNote, bank: pay.bankNote } as const;
  return (
    <fieldset className="pick">
      <legend>{pay.methodTitle}</legend>
      {ways.map((way) => (
        <Choice key={way} name="method" value={way} checked={way === chosen}>
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
