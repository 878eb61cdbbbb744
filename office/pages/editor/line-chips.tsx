import { Menu, Popover, TextInput } from '@mantine/core';
import IconCalendar from '@tabler/icons-react/dist/esm/icons/IconCalendar.mjs';
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs';
import IconDiscount from '@tabler/icons-react/dist/esm/icons/IconDiscount.mjs';
import IconPercentage from '@tabler/icons-react/dist/esm/icons/IconPercentage.mjs';
import { lazy, Suspense, useState } from 'react';
import { formatRate } from '../../../src/core/money-format.ts';
import type { DraftLine } from '../../api/types.ts';
import { shortDay } from '../../parts/days.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { discountText, readDiscount, typedDiscount } from './discount-text.ts';
import { useSheet } from './editor-context.ts';

const DayField = lazy(() => import('../../parts/day-field.tsx').then((module) => ({ default: module.DayField })));

type Chip = { line: DraftLine; onChange: (fields: Partial<DraftLine>) => void };

/** What a line may carry beside its price: small, out of the way, one press to set. */

export function ServiceDayChip({ line, onChange }: Chip) {
  const { today } = useOffice();
  const [open, setOpen] = useState(false);
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" shadow="md" trapFocus withinPortal>
      <Popover.Target>
        <button
          type="button"
          className="chip"
          data-set={line.serviceOn !== null || undefined}
          onClick={() => setOpen(!open)}
          aria-label={line.serviceOn ? `Service date ${line.serviceOn}` : 'Service date'}
        >
          <IconCalendar size={14} aria-hidden />
          {line.serviceOn === null ? 'Date' : shortDay(line.serviceOn, today)}
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <Suspense>
          <DayField
            label="Service date"
            day={line.serviceOn}
            clearable
            popoverProps={{ withinPortal: false }}
            onDay={(serviceOn) => {
              onChange({ serviceOn });
              if (serviceOn !== null) setOpen(false);
            }}
          />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}

export function TaxChip({ line, onChange }: Chip) {
  const { taxRates, taxExempt, taxes } = useSheet();
  if (taxExempt || taxes === 'none') return null;
  const rate = taxRates.find(({ id }) => id === line.taxRateId);
  const why = { line: 'Chosen for this line', property: 'Usual at this property', item: 'Usual for this item', business: 'As in settings' }[line.taxFrom];
  const choose = (taxRateId: string | null): void => onChange({ taxRateId, taxFrom: 'line' });
  return (
    <Menu withinPortal>
      <Menu.Target>
        <button type="button" className="chip" data-set={rate !== undefined || undefined} aria-label={`Tax: ${rate?.name ?? 'No tax'}`} title={why}>
          <IconPercentage size={14} aria-hidden />
          {rate ? rate.name : 'No tax'}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {taxRates.map((each) => (
          <Menu.Item
            key={each.id}
            rightSection={each.id === line.taxRateId ? <IconCheck size={14} aria-label="Chosen" /> : undefined}
            onClick={() => choose(each.id)}
          >
            {each.name} <span className="dim num">{formatRate(BigInt(each.ratePpm), 'en')}</span>
          </Menu.Item>
        ))}
        <Menu.Item rightSection={line.taxRateId === null ? <IconCheck size={14} aria-label="Chosen" /> : undefined} onClick={() => choose(null)}>
          No tax
        </Menu.Item>
        {line.taxFrom === 'line' ? (
          taxes === 'usual' && <Menu.Item onClick={() => onChange({ taxRateId: null, taxFrom: 'business' })}>As usual</Menu.Item>
        ) : (
          <Menu.Label>{why}</Menu.Label>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

export function DiscountChip({ line, onChange, error }: Chip & { error: string | undefined }) {
  const { currency } = useSheet();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const read = readDiscount(typed, currency);
  const show = (on: boolean): void => {
    if (on) setTyped(typedDiscount(line.discount, currency));
    setOpen(on);
  };
  const take = (): void => {
    if (read === undefined) return;
    onChange({ discount: read });
    setOpen(false);
  };
  return (
    <Popover opened={open} onChange={show} position="bottom-end" shadow="md" trapFocus withinPortal>
      <Popover.Target>
        <button
          type="button"
          className={`chip ${error ? 'bad' : ''}`}
          data-set={line.discount !== null || undefined}
          onClick={() => show(!open)}
          aria-label={line.discount ? `Discount ${discountText(line.discount, currency)}` : 'Discount'}
        >
          <IconDiscount size={14} aria-hidden />
          {line.discount === null ? 'Discount' : discountText(line.discount, currency)}
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <TextInput
          label="Discount on this line"
          placeholder="10% or 25.00"
          value={typed}
          data-autofocus
          error={read === undefined ? 'Write 10% or an amount.' : error}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onBlur={take}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            event.stopPropagation();
            take();
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
