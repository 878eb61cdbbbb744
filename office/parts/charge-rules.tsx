import { SegmentedControl, Select } from '@mantine/core';
import { useState } from 'react';
import { earlyDaysMax, graceDaysMax } from '../../src/core/charges.ts';
import { formatRate } from '../../src/core/money-format.ts';
import { parseRate } from '../../src/core/money-parse.ts';
import type { EarlyDiscount, LateFee } from '../api/types.ts';
import { DecimalField } from './decimal-field.tsx';
import { useMoney } from './money.tsx';
import { MoneyField } from './money-field.tsx';

/** What is agreed for paying late and early: the same fields in settings, with one customer, and on one invoice. */

const percentText = (ppm: number): string => formatRate(BigInt(ppm), 'en');
const days = (count: number): string => `${count} ${count === 1 ? 'day' : 'days'}`;

export function useRuleWords(currency: string) {
  const money = useMoney();
  return {
    late: (rule: LateFee | null): string => {
      if (rule === null) return 'no late fee';
      const fee = rule.fee.kind === 'amount' ? money(rule.fee.amountMinor, currency) : `${percentText(rule.fee.ratePpm)} of what is overdue`;
      const after = rule.graceDays === 0 ? 'from the day after the due date' : `after ${days(rule.graceDays)} of grace`;
      const cap = rule.capMinor === null ? '' : `, at most ${money(rule.capMinor, currency)}`;
      return `${fee} ${rule.every === 'once' ? 'once' : 'each month'}, ${after}${cap}`;
    },
    early: (rule: EarlyDiscount | null): string =>
      rule === null ? 'no discount' : `${percentText(rule.ratePpm)} off when paid ${rule.days === 0 ? 'the same day' : `within ${days(rule.days)}`}`,
  };
}

/** One text for one rule, to tell whether two are the same. */
export function lateKey(rule: LateFee | null): string {
  if (rule === null) return '';
  return [rule.fee.kind, rule.fee.kind === 'amount' ? rule.fee.amountMinor : rule.fee.ratePpm, rule.graceDays, rule.every, rule.capMinor].join(' ');
}

export const earlyKey = (rule: EarlyDiscount | null): string => (rule === null ? '' : `${rule.ratePpm} ${rule.days}`);

export const firstLateFee: LateFee = { fee: { kind: 'amount', amountMinor: 2_500 }, graceDays: 5, every: 'once', capMinor: null };
export const firstEarly: EarlyDiscount = { ratePpm: 20_000, days: 10 };

type LateProps = { rule: LateFee; currency: string; onRule: (rule: LateFee) => void };

/** Tells only whole rules: while something typed is no amount, the last whole one stands. */
export function LateFeeFields({ rule, currency, onRule }: LateProps) {
  const { fee } = rule;
  return (
    <div className="stack" style={{ gap: '0.625rem' }}>
      <div className="row wrap" style={{ alignItems: 'flex-end' }}>
        <SegmentedControl
          size="xs"
          aria-label="Late fee as"
          data={[
            { value: 'amount', label: 'Amount' },
            { value: 'percent', label: 'Percent' },
          ]}
          value={fee.kind}
          onChange={(kind) => onRule({ ...rule, fee: kind === 'amount' ? { kind, amountMinor: 2_500 } : { kind: 'percent', ratePpm: 15_000 } })}
        />
        {fee.kind === 'amount' ? (
          <MoneyField
            aria-label="Late fee"
            w={120}
            currency={currency}
            minor={fee.amountMinor}
            onMinor={(amountMinor) => amountMinor !== null && amountMinor > 0 && onRule({ ...rule, fee: { kind: 'amount', amountMinor } })}
          />
        ) : (
          <RateField
            label="Late fee, percent of what is overdue"
            ratePpm={fee.ratePpm}
            onRate={(ratePpm) => onRule({ ...rule, fee: { kind: 'percent', ratePpm } })}
          />
        )}
        <Select
          aria-label="How often"
          w={150}
          allowDeselect={false}
          data={[
            { value: 'once', label: 'Once' },
            { value: 'month', label: 'Each month late' },
          ]}
          value={rule.every}
          onChange={(every) => onRule({ ...rule, every: every === 'month' ? 'month' : 'once' })}
        />
      </div>
      <div className="row wrap" style={{ alignItems: 'flex-end' }}>
        <DaysField label="Days of grace" value={rule.graceDays} most={graceDaysMax} onDays={(graceDays) => onRule({ ...rule, graceDays })} />
        <MoneyField
          label="Never more in all than"
          placeholder="No limit"
          w={170}
          currency={currency}
          minor={rule.capMinor}
          onMinor={(capMinor) => (capMinor === null || capMinor > 0) && onRule({ ...rule, capMinor })}
        />
      </div>
    </div>
  );
}

type EarlyProps = { rule: EarlyDiscount; onRule: (rule: EarlyDiscount) => void };

export function EarlyFields({ rule, onRule }: EarlyProps) {
  return (
    <div className="stack" style={{ gap: '0.625rem' }}>
      <div className="row wrap" style={{ alignItems: 'flex-end' }}>
        <RateField label="Discount" shown ratePpm={rule.ratePpm} onRate={(ratePpm) => onRule({ ...rule, ratePpm })} />
        <DaysField label="If paid in full within days" value={rule.days} most={earlyDaysMax} onDays={(count) => onRule({ ...rule, days: count })} />
      </div>
    </div>
  );
}

type RateProps = {
  label: string;
  shown?: boolean;
  description?: string;
  error?: string | undefined;
  w?: number;
  least?: number;
  most?: number;
  ratePpm: number;
  onRate: (ratePpm: number) => void;
};

export function RateField({ label, shown = false, w = 110, least = 1, most = 999_999, ratePpm, onRate, description, error }: RateProps) {
  return (
    <DecimalField
      {...(shown ? { label } : { 'aria-label': label })}
      {...(description === undefined ? {} : { description })}
      error={error}
      w={w}
      value={ratePpm}
      read={(text) => between(Number(parseRate(text)), least, most)}
      write={percentText}
      wrongWords={most === 999_999 ? 'Between 0 and 100%' : `At most ${percentText(most)}`}
      onValue={(value) => value !== null && onRate(value)}
    />
  );
}

function DaysField({ label, value, most, onDays }: { label: string; value: number; most: number; onDays: (count: number) => void }) {
  return (
    <DecimalField
      label={label}
      w={170}
      value={value}
      read={(text) => (/^\d{1,3}$/.test(text.trim()) ? between(Number(text), 0, most) : null)}
      write={String}
      wrongWords={`0 to ${most}`}
      onValue={(count) => count !== null && onDays(count)}
    />
  );
}

const between = (value: number, least: number, most: number): number | null => (value >= least && value <= most ? value : null);

type PickProps<T> = {
  label: string;
  /** What holds when nothing else is said; undefined: there is no such thing here. */
  usual?: string | undefined;
  none: string;
  own: string;
  value: T | 'off' | 'usual';
  first: T;
  disabled?: boolean;
  onValue: (value: T | 'off' | 'usual') => void;
  children: (rule: T) => React.ReactNode;
};

/** As usual, none, or a rule of its own with its fields. */
export function RulePick<T extends object>({ label, usual, none, own, value, first, disabled = false, onValue, children }: PickProps<T>) {
  const [kept, keep] = useState<T>(typeof value === 'object' ? value : first);
  const data = [...(usual === undefined ? [] : [{ value: 'usual', label: `As usual: ${usual}` }]), { value: 'off', label: none }, { value: 'own', label: own }];
  return (
    <div className="stack" style={{ gap: '0.625rem' }}>
      <Select
        label={label}
        data={data}
        allowDeselect={false}
        disabled={disabled}
        value={typeof value === 'object' ? 'own' : value}
        onChange={(chosen) => {
          if (typeof value === 'object') keep(value);
          onValue(chosen === 'own' ? kept : chosen === 'usual' ? 'usual' : 'off');
        }}
      />
      {typeof value === 'object' && children(value)}
    </div>
  );
}
