import { ActionIcon, Menu, Textarea, TextInput } from '@mantine/core';
import IconDots from '@tabler/icons-react/dist/esm/icons/IconDotsVertical.mjs';
import { decimalText, exponentOf } from '../../../src/core/money.ts';
import { formatQuantity } from '../../../src/core/money-format.ts';
import { parseQuantity, parseUnitPrice } from '../../../src/core/money-parse.ts';
import { freshId } from '../../api/fresh-id.ts';
import { DecimalField } from '../../parts/decimal-field.tsx';
import { useMoney } from '../../parts/money.tsx';
import { toast } from '../../parts/toast.ts';
import { BoundsChip, ChoiceChip } from './choice-chips.tsx';
import { type EditorLine, type EditorSection, isBlank, withItem } from './draft-state.ts';
import { useSheet } from './editor-context.ts';
import { ItemName } from './item-name.tsx';
import { DiscountChip, ServiceDayChip, TaxChip } from './line-chips.tsx';

type Props = { line: EditorLine; section: EditorSection /** Its place among all lines that are saved. */; at: number };

export function LineRow({ line, section, at }: Props) {
  const { currency, dispatch, live, problems } = useSheet();
  const money = useMoney();
  const change = (fields: Partial<EditorLine>): void => dispatch({ act: 'change_line', id: line.id, fields });
  const figures = live.totals?.lines.find((each) => each.id === line.id);
  const problem = (name: string): string | undefined => problems[`lines[${at}].${name}`];
  const liveProblem = live.problem?.field.startsWith(`lines[${at}]`) ? live.problem.message : undefined;
  return (
    <div className="line" data-line={line.id} data-blank={isBlank(line) || undefined} data-off={line.choice?.chosen === false || undefined}>
      <div className="line-row">
        <ItemName
          line={line}
          error={problem('name')}
          onName={(name) => change({ name, itemId: null, ...(line.taxFrom === 'item' ? { taxRateId: line.taxRateId, taxFrom: 'line' } : {}) })}
          onItem={(item) => change(withItem(item))}
        />
        <DecimalField
          className="line-number"
          aria-label="Quantity"
          data-cell
          value={line.quantityMilli}
          read={(text) => Number(parseQuantity(text, 'en'))}
          write={(value) => formatQuantity(BigInt(value), 'en').replace('\u2212', '-')}
          onValue={(quantityMilli) => quantityMilli !== null && change({ quantityMilli })}
          error={problem('quantityMilli')}
        />
        <TextInput
          className="line-unit"
          aria-label="Unit"
          data-cell
          maxLength={20}
          value={line.unit}
          onChange={(event) => change({ unit: event.currentTarget.value })}
        />
        <DecimalField
          className="line-number"
          aria-label="Price"
          data-cell
          value={line.unitPriceMilli === 0 && isBlank(line) ? null : line.unitPriceMilli}
          read={(text) => Number(parseUnitPrice(text, currency, 'en'))}
          write={(value) => priceText(value, currency)}
          onValue={(unitPriceMilli) => change({ unitPriceMilli: unitPriceMilli ?? 0 })}
          error={problem('unitPriceMilli') ?? liveProblem}
        />
        <span className="line-amount num">{figures ? money(Number(figures.netMinor), currency) : ''}</span>
        <LineMenu line={line} section={section} />
      </div>
      <LineMore line={line} problem={problem} onChange={change} />
    </div>
  );
}

type MoreProps = { line: EditorLine; problem: (name: string) => string | undefined; onChange: (fields: Partial<EditorLine>) => void };

/** What a line may carry beside its price. */
function LineMore({ line, problem, onChange }: MoreProps) {
  const { choosing } = useSheet();
  return (
    <div className="line-more">
      <Textarea
        className="grow"
        aria-label="Description"
        placeholder="Description"
        size="xs"
        autosize
        minRows={1}
        maxRows={12}
        maxLength={2000}
        value={line.description}
        error={problem('description')}
        onChange={(event) => onChange({ description: event.currentTarget.value })}
      />
      <ServiceDayChip line={line} onChange={onChange} />
      <TaxChip line={line} onChange={onChange} />
      <DiscountChip line={line} onChange={onChange} error={problem('discount')} />
      {choosing && (
        <>
          <ChoiceChip line={line} error={problem('choice')} />
          <BoundsChip line={line} onChange={onChange} error={problem('bounds')} />
        </>
      )}
    </div>
  );
}

/** As it is typed: at least the currency's decimals, more where they matter. */
function priceText(unitPriceMilli: number, currency: string): string {
  const exponent = exponentOf(currency);
  const text = decimalText(BigInt(unitPriceMilli), exponent + 3);
  const kept = text.slice(0, text.length - 3);
  const rest = text.slice(-3).replace(/0+$/, '');
  return exponent === 0 && rest === '' ? kept.replace(/\.$/, '') : kept + rest;
}

function LineMenu({ line, section }: { line: EditorLine; section: EditorSection }) {
  const { dispatch } = useSheet();
  const remove = (): void => {
    const at = section.lines.findIndex(({ id }) => id === line.id);
    dispatch({ act: 'remove_line', id: line.id });
    if (!isBlank(line)) toast('Line removed', { undo: () => dispatch({ act: 'put_back', section: section.key, at, line }) });
  };
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon size="sm" aria-label={`More about the line ${line.name}`.trim()}>
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => dispatch({ act: 'move_line', id: line.id, by: -1 })} rightSection={<kbd>Alt ↑</kbd>}>
          Move up
        </Menu.Item>
        <Menu.Item onClick={() => dispatch({ act: 'move_line', id: line.id, by: 1 })} rightSection={<kbd>Alt ↓</kbd>}>
          Move down
        </Menu.Item>
        <Menu.Item onClick={() => dispatch({ act: 'copy_line', id: line.id, newId: freshId('line') })}>Duplicate line</Menu.Item>
        <Menu.Item color="red" onClick={remove}>
          Remove line
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
