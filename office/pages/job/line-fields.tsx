import './job.css';
import { ActionIcon, Autocomplete, Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import { useQuery } from '@tanstack/react-query';
import type { Input } from '../../api/client.ts';
import { freshId } from '../../api/fresh-id.ts';
import { itemsQuery } from '../../api/queries.ts';
import { DecimalField } from '../../parts/decimal-field.tsx';
import { MoneyField } from '../../parts/money-field.tsx';

type Body = NonNullable<Input<'createJob'>['body']['lines']>[number];
export type WorkLine = Omit<Body, 'id' | 'visitId'> & Readonly<{ id: Body['id']; visitId: string | null }>;

type Props = {
  lines: readonly WorkLine[];
  currency: string;
  onLines: (lines: readonly WorkLine[]) => void;
  beside?: (line: WorkLine, set: (line: WorkLine) => void) => React.ReactNode;
};

export const emptyLine = (id: string): WorkLine => ({ id, name: '', quantityMilli: 1000, unitPriceMilli: 0, visitId: null });

/** Lines of work: what, how much of it, at what price. */
export function LineFields({ lines, currency, onLines, beside }: Props) {
  const set = (at: number, line: WorkLine): void => onLines(lines.map((each, place) => (place === at ? line : each)));
  return (
    <div className="stack">
      {lines.map((line, at) => (
        <div key={line.id} className="work-line">
          <What line={line} onLine={(next) => set(at, next)} />
          <DecimalField
            aria-label="Quantity"
            value={line.quantityMilli}
            read={(text) => thousandths(text)}
            write={(value) => String(value / 1000)}
            onValue={(value) => set(at, { ...line, quantityMilli: value ?? 0 })}
          />
          <MoneyField
            aria-label="Price"
            currency={currency}
            minor={line.unitPriceMilli / 1000}
            onMinor={(minor) => set(at, { ...line, unitPriceMilli: (minor ?? 0) * 1000 })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Remove ${line.name || 'line'}`}
            onClick={() => onLines(lines.filter((_, place) => place !== at))}
          >
            <IconX size={15} aria-hidden />
          </ActionIcon>
          {beside && <div className="work-line-beside">{beside(line, (next) => set(at, next))}</div>}
        </div>
      ))}
      <AddLine lines={lines} onLines={onLines} />
    </div>
  );
}

/** 1.25 is 1250; null when it is no number of thousandths. */
function thousandths(text: string): number | null {
  const match = /^(\d{1,6})(?:[.,](\d{1,3}))?$/.exec(text.trim());
  return match === null ? null : Number(match[1]) * 1000 + Number((match[2] ?? '').padEnd(3, '0'));
}

/** Free words, or an item of the price book with its price. */
function What({ line, onLine }: { line: WorkLine; onLine: (line: WorkLine) => void }) {
  const [q] = useDebouncedValue(line.name.trim(), 150);
  const items = useQuery(itemsQuery(q)).data?.items ?? [];
  return (
    <Autocomplete
      aria-label="What"
      placeholder="Item or free words"
      data={[...new Set(items.map(({ name }) => name))].slice(0, 8)}
      value={line.name}
      maxLength={120}
      onChange={(name) => onLine({ ...line, name, itemId: null })}
      onOptionSubmit={(name) => {
        const item = items.find((each) => each.name === name);
        if (item) onLine({ ...line, name, itemId: item.id, description: item.description, unit: item.unit, unitPriceMilli: item.unitPriceMilli });
      }}
    />
  );
}

function AddLine({ lines, onLines }: Pick<Props, 'lines' | 'onLines'>) {
  return (
    <div>
      <Button variant="default" size="xs" onClick={() => onLines([...lines, emptyLine(freshId('line'))])}>
        Add line
      </Button>
    </div>
  );
}
