import { Checkbox, Radio } from '@mantine/core';
import { formatQuantity } from '../../../src/core/money-format.ts';
import { parseQuantity } from '../../../src/core/money-parse.ts';
import type { EstimatePaper } from '../../api/types.ts';
import { DecimalField } from '../../parts/decimal-field.tsx';
import { useMoney } from '../../parts/money.tsx';
import { groupsOf, isTaken, type Picked } from './recording.ts';

type Lines = EstimatePaper['lines'];
type Props = { lines: Lines; currency: string; picked: Picked; onPicked: (picked: Picked) => void };

/** What the customer chose: packages, options, then quantities of what is taken. */
export function ChoiceFields({ lines, currency, picked, onPicked }: Props) {
  const money = useMoney();
  const options = lines.filter(({ choice }) => choice?.kind === 'optional');
  const toggle = (id: string, taken: boolean): void =>
    onPicked({ ...picked, options: taken ? [...picked.options, id] : picked.options.filter((each) => each !== id) });
  return (
    <>
      {groupsOf(lines).map(({ group, packages }) => (
        <Radio.Group
          key={group}
          label={group}
          value={picked.packages.find((each) => each.group === group)?.package ?? null}
          onChange={(name) => onPicked({ ...picked, packages: [...picked.packages.filter((each) => each.group !== group), { group, package: name }] })}
        >
          <div className="choice-rows">
            {packages.map((each) => (
              <Radio key={each.name} value={each.name} label={`${each.name}, ${money(each.netMinor, currency)}`} description={each.lines.join(', ')} />
            ))}
          </div>
        </Radio.Group>
      ))}
      {options.length > 0 && (
        <fieldset className="fieldset">
          <legend>Options</legend>
          <div className="choice-rows">
            {options.map(({ id, name, netMinor }) => (
              <Checkbox
                key={id}
                label={`${name}, ${money(netMinor, currency)}`}
                checked={picked.options.includes(id)}
                onChange={(event) => toggle(id, event.currentTarget.checked)}
              />
            ))}
          </div>
        </fieldset>
      )}
      <Quantities lines={lines} picked={picked} onPicked={onPicked} />
    </>
  );
}

const quantityText = (milli: number): string => formatQuantity(BigInt(milli), 'en');

function Quantities({ lines, picked, onPicked }: Omit<Props, 'currency'>) {
  return lines.map((line) => {
    if (line.bounds === null || !isTaken(line, picked)) return null;
    const { minMilli, maxMilli } = line.bounds;
    const typed = picked.quantities[line.id];
    return (
      <DecimalField
        key={line.id}
        label={`${line.name}: quantity`}
        description={`${quantityText(minMilli)} to ${quantityText(maxMilli)} ${line.unit}`.trimEnd()}
        value={typed === undefined ? line.quantityMilli : typed}
        read={(text) => Number(parseQuantity(text, 'en'))}
        write={quantityText}
        onValue={(value) => onPicked({ ...picked, quantities: { ...picked.quantities, [line.id]: value } })}
        maw={240}
      />
    );
  });
}
