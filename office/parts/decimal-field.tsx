import { TextInput, type TextInputProps } from '@mantine/core';
import { useState } from 'react';

type Props = Omit<TextInputProps, 'value' | 'onChange' | 'defaultValue'> & {
  value: number | null;
  /** What is typed, as an integer of the smallest unit; throws or null when it is no number. */
  read: (text: string) => number | null;
  write: (value: number) => string;
  /** null while what is typed is no number. */
  onValue: (value: number | null) => void;
  wrongWords?: string;
};

/** A number as people type it. What was typed stays while the field has the keyboard, then it is written out properly. */
export function DecimalField({ value, read, write, onValue, error, wrongWords = 'This is not a number.', ...rest }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const safe = (text: string): number | null => {
    try {
      return read(text);
    } catch {
      return null;
    }
  };
  const wrong = typed !== null && typed.trim() !== '' && safe(typed) === null;
  return (
    <TextInput
      inputMode="decimal"
      autoComplete="off"
      {...rest}
      classNames={{ input: 'num' }}
      value={typed ?? (value === null ? '' : write(value))}
      error={wrong ? wrongWords : error}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onValue(event.currentTarget.value.trim() === '' ? null : safe(event.currentTarget.value));
      }}
      onBlur={() => !wrong && setTyped(null)}
    />
  );
}
