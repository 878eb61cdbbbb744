/** One line of the table. `limit` is the budget in the same unit; `ratio` stands where the budget is one. */
export type Result = Readonly<{ name: string; value: number; unit: string; limit: number | null; atMost: boolean; ratio?: number; spread?: string }>;

export function isMet({ value, limit, atMost }: Result): boolean {
  return limit === null || (atMost ? value <= limit : value >= limit);
}

/** Median and extremes, in words. */
export function spreadOf(values: readonly number[]): { median: number; text: string } {
  const sorted = [...values].sort((a, b) => a - b);
  return { median: percentile(sorted, 50), text: `${short(sorted[0] ?? 0)} … ${short(sorted.at(-1) ?? 0)}` };
}

export function percentile(sorted: readonly number[], percent: number): number {
  return sorted[Math.min(sorted.length - 1, Math.trunc((sorted.length * percent) / 100))] ?? 0;
}

export function short(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: value >= 100 ? Math.max(3, Math.trunc(value).toString().length) : 3 });
}
