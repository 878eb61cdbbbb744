import type { TextInputProps } from '@mantine/core';
import { decimalText, exponentOf } from '../../src/core/money.ts';
import { currencySign } from '../../src/core/money-format.ts';
import { parseMoney } from '../../src/core/money-parse.ts';
import { DecimalField } from './decimal-field.tsx';

type Props = Omit<TextInputProps, 'value' | 'onChange' | 'defaultValue'> & {
  minor: number | null;
  currency: string;
  /** null while what is typed is no amount. */
  onMinor: (minor: number | null) => void;
};

/** An amount as people type it: 1,234.5 or $12. */
export function MoneyField({ minor, currency, onMinor, ...rest }: Props) {
  return (
    <DecimalField
      leftSection={<span className="dim small">{currencySign(currency)}</span>}
      wrongWords="This is not an amount of money."
      {...rest}
      value={minor}
      read={(text) => Number(parseMoney(text, currency, 'en'))}
      write={(value) => decimalText(BigInt(value), exponentOf(currency))}
      onValue={onMinor}
    />
  );
}
