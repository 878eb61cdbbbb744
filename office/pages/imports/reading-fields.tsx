import { NativeSelect } from '@mantine/core';
import type { Import } from '../../api/types.ts';

type Reading = Import['reading'];
type Props = { of: Import; busy: boolean; onChange: (reading: Partial<Reading>) => void };

const choices = {
  dates: {
    label: 'Dates are written',
    data: [
      ['mdy', 'Month first: 12/31/2025'],
      ['dmy', 'Day first: 31/12/2025'],
      ['iso', 'Year first: 2025-12-31'],
    ],
  },
  decimals: {
    label: 'Amounts are written',
    data: [
      ['point', '1,234.50'],
      ['comma', '1.234,50'],
    ],
  },
  delimiter: {
    label: 'Cells are parted by',
    data: [
      ['comma', 'Commas'],
      ['semicolon', 'Semicolons'],
      ['tab', 'Tabs'],
    ],
  },
  encoding: {
    label: 'Letters',
    data: [
      ['utf-8', 'UTF-8'],
      ['windows-1252', 'Windows (Western)'],
      ['utf-16le', 'UTF-16'],
      ['utf-16be', 'UTF-16, big-endian'],
    ],
  },
} as const;

/** How the file is written. What was guessed says so, and can be changed. */
export function ReadingFields({ of, busy, onChange }: Props) {
  return (Object.keys(choices) as (keyof typeof choices)[]).map((part) => (
    <NativeSelect
      key={part}
      label={choices[part].label}
      value={of.reading[part]}
      disabled={busy}
      data={choices[part].data.map(([value, label]) => ({ value, label: value === of.guessed[part] ? `${label} (guessed)` : label }))}
      onChange={(event) => onChange({ [part]: event.currentTarget.value })}
    />
  ));
}
