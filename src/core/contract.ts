/** What one piece of work stands at, in minor units: agreed first, and the change orders that stand approved, which may take away. */
export type Agreed = Readonly<{ originalMinor: bigint; changesMinor: bigint }>;

/** Contract to date. */
export function contractMinor({ originalMinor, changesMinor }: Agreed): bigint {
  return originalMinor + changesMinor;
}

/** What the contract comes to once this change is approved too. */
export function contractWith(contractToDateMinor: bigint, changeMinor: bigint): bigint {
  return contractToDateMinor + changeMinor;
}

/** "E-1001-CO2": the second change order of what was agreed as E-1001. */
export function changeOrderNumber(contract: string, position: number): string {
  return `${contract}-CO${position}`;
}

/** Which change order of its contract a number is; null for an estimate's. */
export function changeOrderOf(number: string): number | null {
  const found = /^.+-CO([1-9]\d*)$/.exec(number);
  return found ? Number(found[1]) : null;
}

/** What customers read a paper is called: a change order everywhere, an estimate as the business calls it. */
export function wordOf(number: string | null, estimateWord: string): string {
  return number !== null && changeOrderOf(number) !== null ? 'change_order' : estimateWord;
}
