/** First words of addresses that are ours, or could be, so that no business's front door ever stands on one. */
const reserved = new Set(
  `about account accounts admin api app apps asset assets auth billing blog business businesses changelog contact customer customers dashboard demo docs
  document documents download email enter estimate estimates event events favicon file files find front-door health healthz help home host image images
  inbound inbox index invoice invoices job jobs legal link links live login logo logout mail mailbox manifest me media message messages metrics mobile new
  null oauth office offices openapi operator owner page pages pay payment payments portal press preview pricing privacy public ready receipt receipts register
  reset robots root sandbox schema search security self service setup settings share sign-in sign-out sign-up signin signout signup site sitemap sms staff
  static statement statements status support system task tasks team terms test undefined unsubscribe upload uploads user users v1 verify version webhook
  webhooks well-known worker workers www`.split(/\s+/),
);

export function isReserved(slug: string): boolean {
  return reserved.has(slug);
}

export function isSlug(text: string): boolean {
  return /^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$/.test(text) && !text.includes('--');
}

/**
 * Addresses for a business of this name, best first: "Paper Otter Plumbing (demo)" → paper-otter-plumbing, paper-otter-plumbing-2, …
 * The last ones carry `random`, so that one of them is free.
 */
export function slugCandidates(name: string, random: string): string[] {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\([^)]*\)/g, ' ')
    .replace(/&/g, ' and ')
    .replace(/['’.]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const base = words.slice(0, 32).replace(/-+$/, '');
  const fits = base.length >= 3;
  const numbered = fits ? [base, ...[2, 3, 4, 5, 6, 7, 8, 9].map((n) => `${base}-${n}`)] : [];
  const last = [
    `${fits ? base.slice(0, 24).replace(/-+$/, '') : 'business'}-${random
      .toLowerCase()
      .replace(/[^a-z0-9]/g, '')
      .slice(0, 8)}`,
  ];
  return [...numbered, ...last].filter((slug) => isSlug(slug) && !isReserved(slug));
}
