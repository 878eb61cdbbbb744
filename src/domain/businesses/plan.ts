/** What a plan includes. Nothing a customer was once shown is ever in here: portals, links and payments work on every plan. */
export type Plan = Readonly<{ name: string; label: string }>;

const plans: Readonly<Record<string, Plan>> = { free: { name: 'free', label: 'Free' } };

/** The plan of a business: the one place where the field is read. An unknown name counts as free, so that no one is locked out by a typo. */
export function planOf(business: { plan: string }): Plan {
  return plans[business.plan] ?? { name: 'free', label: 'Free' };
}
