import { Combobox, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { formatUnitPrice } from '../../../src/core/money-format.ts';
import { itemsQuery } from '../../api/queries.ts';
import type { DraftLine, Item } from '../../api/types.ts';
import { useSheet } from './editor-context.ts';

type Props = { line: DraftLine; error: string | undefined; onName: (name: string) => void; onItem: (item: Item) => void };

const shown = 8;

/** The name of a line: free words, or an item of the price book that brings its price along. */
export function ItemName({ line, error, onName, onItem }: Props) {
  const { currency } = useSheet();
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() });
  const [q] = useDebouncedValue(line.itemId === null ? line.name.trim() : '', 120);
  const items = useQuery({ ...itemsQuery(q), enabled: box.dropdownOpened });
  const found = (items.data?.items ?? []).filter((item) => item.id !== line.itemId).slice(0, shown);
  return (
    <Combobox
      store={box}
      withinPortal
      position="bottom-start"
      width={360}
      onOptionSubmit={(id) => {
        const item = found.find((each) => each.id === id);
        if (item) onItem(item);
        box.closeDropdown();
      }}
    >
      <Combobox.Target>
        <TextInput
          className="line-name"
          aria-label="What"
          placeholder="Item or free words"
          data-cell
          maxLength={120}
          value={line.name}
          error={error}
          onChange={(event) => {
            onName(event.currentTarget.value);
            box.openDropdown();
          }}
          onClick={() => line.name === '' && box.openDropdown()}
          onBlur={() => box.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={found.length === 0}>
        <Combobox.Options mah={320} style={{ overflowY: 'auto' }}>
          {found.map((item) => (
            <Combobox.Option key={item.id} value={item.id} className="spread">
              <span className="clip">
                {item.name}
                {item.description !== '' && <span className="dim small"> {item.description}</span>}
              </span>
              <span className="num dim small">
                {formatUnitPrice(BigInt(item.unitPriceMilli), currency, 'en')}
                {item.unit !== '' && ` / ${item.unit}`}
              </span>
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
