import { Autocomplete, Button, Popover, SegmentedControl, Switch } from '@mantine/core';
import IconBounds from '@tabler/icons-react/dist/esm/icons/IconArrowsHorizontal.mjs';
import IconChoice from '@tabler/icons-react/dist/esm/icons/IconListCheck.mjs';
import { useState } from 'react';
import { formatQuantity } from '../../../src/core/money-format.ts';
import { parseQuantity } from '../../../src/core/money-parse.ts';
import { DecimalField } from '../../parts/decimal-field.tsx';
import { boundsFor, chooseFor, groupNames, packageNames } from './choices-state.ts';
import type { EditorLine } from './draft-state.ts';
import { useSheet } from './editor-context.ts';

type Choice = NonNullable<EditorLine['choice']>;
type Kind = 'always' | Choice['kind'];
const kinds = [
  { value: 'always', label: 'Always' },
  { value: 'optional', label: 'Optional' },
  { value: 'package', label: 'Package' },
];

const choiceText = (choice: Choice | null): string => {
  if (choice === null) return 'Always';
  if (choice.kind === 'optional') return choice.chosen ? 'Optional, ticked' : 'Optional';
  return `${choice.group}: ${choice.package}${choice.chosen ? ', suggested' : ''}`;
};

/** Whether the customer takes a line or leaves it, or which package it belongs to. */
export function ChoiceChip({ line, error }: { line: EditorLine; error: string | undefined }) {
  const { sheet, dispatch } = useSheet();
  const [open, setOpen] = useState(false);
  const choice = line.choice ?? null;
  const kind: Kind = choice?.kind ?? 'always';
  const set = (next: Choice | null): void => {
    for (const { id, fields } of chooseFor(sheet, line.id, next)) dispatch({ act: 'change_line', id, fields });
  };
  const begin = (next: Kind): void => {
    if (next === 'always') set(null);
    else if (next === 'optional') set({ kind: 'optional', chosen: false });
    else set({ kind: 'package', ...firstPackage(groupNames(sheet), (group) => packageNames(sheet, group)), chosen: false });
  };
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" shadow="md" trapFocus withinPortal>
      <Popover.Target>
        <button
          type="button"
          className={`chip ${error ? 'bad' : ''}`}
          data-set={choice !== null || undefined}
          onClick={() => setOpen(!open)}
          aria-label={`Choice: ${choiceText(choice)}`}
        >
          <IconChoice size={14} aria-hidden />
          {choiceText(choice)}
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className="stack choice-form">
          <SegmentedControl aria-label="How the customer may choose" data={kinds} value={kind} onChange={(value) => begin(value as Kind)} data-autofocus />
          {choice?.kind === 'optional' && (
            <Switch
              label="Ticked to begin with"
              description="Counts in the total as suggested"
              checked={choice.chosen}
              onChange={(event) => set({ ...choice, chosen: event.currentTarget.checked })}
            />
          )}
          {choice?.kind === 'package' && <PackageFields choice={choice} onChoice={set} />}
          {kind === 'always' && <p className="dim small">Part of the estimate as it stands.</p>}
          {error !== undefined && <p className="bad small">{error}</p>}
          <Button size="xs" variant="default" onClick={() => setOpen(false)}>
            Done
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

const usualNames = ['Good', 'Better', 'Best'];

/** Where a line goes that becomes part of a package: the group there is, the next name nobody took. */
function firstPackage(groups: readonly string[], packagesOf: (group: string) => readonly string[]): { group: string; package: string } {
  const group = groups.at(-1) ?? 'Options';
  const taken = new Set(packagesOf(group));
  return { group, package: usualNames.find((name) => !taken.has(name)) ?? `Package ${taken.size + 1}` };
}

function PackageFields({ choice, onChoice }: { choice: Extract<Choice, { kind: 'package' }>; onChoice: (choice: Choice) => void }) {
  const { sheet } = useSheet();
  const [group, setGroup] = useState(choice.group);
  const [name, setName] = useState(choice.package);
  const take = (fields: Partial<typeof choice>): void => {
    const next = { ...choice, ...fields };
    if (next.group.trim() !== '' && next.package.trim() !== '') onChoice({ ...next, group: next.group.trim(), package: next.package.trim() });
  };
  return (
    <>
      <Autocomplete
        label="Choice between"
        description="What is chosen, such as Faucet"
        data={groupNames(sheet)}
        value={group}
        maxLength={120}
        comboboxProps={{ withinPortal: false }}
        onChange={setGroup}
        onOptionSubmit={(value) => take({ group: value, package: name })}
        onBlur={() => group !== choice.group && take({ group, chosen: false })}
      />
      <Autocomplete
        label="Package"
        description="Lines of the same name come together"
        data={packageNames(sheet, group)}
        value={name}
        maxLength={120}
        comboboxProps={{ withinPortal: false }}
        onChange={setName}
        onOptionSubmit={(value) => take({ package: value, chosen: false })}
        onBlur={() => name !== choice.package && take({ package: name, chosen: false })}
      />
      <Switch label="Suggest this package" checked={choice.chosen} disabled={choice.chosen} onChange={() => take({ chosen: true })} />
    </>
  );
}

const quantityText = (milli: number): string => formatQuantity(BigInt(milli), 'en');

/** Within what the customer may change the quantity. */
export function BoundsChip({ line, onChange, error }: { line: EditorLine; onChange: (fields: Partial<EditorLine>) => void; error: string | undefined }) {
  const [open, setOpen] = useState(false);
  const bounds = line.bounds ?? null;
  const field = (name: 'minMilli' | 'maxMilli' | 'stepMilli', label: string) =>
    bounds && (
      <DecimalField
        label={label}
        value={bounds[name]}
        read={(text) => Number(parseQuantity(text, 'en'))}
        write={quantityText}
        onValue={(value) => (value !== null || name === 'stepMilli') && onChange({ bounds: { ...bounds, [name]: value } })}
      />
    );
  const text = bounds === null ? 'Fixed' : `${quantityText(bounds.minMilli)} to ${quantityText(bounds.maxMilli)}`;
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" shadow="md" trapFocus withinPortal>
      <Popover.Target>
        <button
          type="button"
          className={`chip ${error ? 'bad' : ''}`}
          data-set={bounds !== null || undefined}
          onClick={() => setOpen(!open)}
          aria-label={`Quantity: ${text}`}
        >
          <IconBounds size={14} aria-hidden />
          {text}
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className="stack choice-form">
          <Switch
            data-autofocus
            label="Customer may change the quantity"
            checked={bounds !== null}
            disabled={bounds === null && line.quantityMilli <= 0}
            onChange={(event) => onChange({ bounds: event.currentTarget.checked ? boundsFor(line.quantityMilli) : null })}
          />
          {bounds && (
            <div className="bounds-fields">
              {field('minMilli', 'Least')}
              {field('maxMilli', 'Most')}
              {field('stepMilli', 'In steps of')}
            </div>
          )}
          {error !== undefined && <p className="bad small">{error}</p>}
          <Button size="xs" variant="default" onClick={() => setOpen(false)}>
            Done
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
