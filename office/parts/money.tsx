import { formatMoney } from '../../src/core/money-format.ts';
import { useOffice } from './office-context.ts';

/** An amount in words, as everywhere: $1,234.50; another currency than the business's own carries its code. */
export function moneyText(minor: number, currency: string, homeCurrency = currency): string {
  return formatMoney(BigInt(minor), currency, 'en', { homeCurrency });
}

export function useMoney(): (minor: number, currency?: string) => string {
  const home = useOffice().business.currency;
  return (minor, currency = home) => moneyText(minor, currency, home);
}

export function Money({
  minor,
  currency,
  dimZero = false,
  className = '',
}: {
  minor: number;
  currency?: string | undefined;
  dimZero?: boolean;
  className?: string;
}) {
  const money = useMoney();
  return <span className={`num ${dimZero && minor === 0 ? 'dim' : ''} ${className}`}>{money(minor, currency)}</span>;
}
