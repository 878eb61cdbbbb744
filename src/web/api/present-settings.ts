import type { z } from '@hono/zod-openapi';
import type { Settings } from '../../domain/businesses/businesses.ts';
import { idOrNull, plain } from './present.ts';
import { logoUrl } from './present-session.ts';
import type { settings } from './schemas/settings.ts';

export function presentSettings(of: Settings): z.input<typeof settings> {
  const { slug, country, currency, progress } = of;
  const { paymentFloorMinor, cardFeeFixedMinor, cardFeeMostMinor, ...ways } = of.waysToPay;
  const fees = { cardFeeFixedMinor: plain(cardFeeFixedMinor), cardFeeMostMinor: cardFeeMostMinor === null ? null : plain(cardFeeMostMinor) };
  return {
    version: of.version,
    company: { ...of.company, slug, country, currency },
    look: { ...of.look, languages: [...of.look.languages], logoUrl: logoUrl({ slug, logo: of.logoForPages }) },
    numbering: { prefix: of.numbering.prefix, next: plain(of.numbering.next), highestUsed: plain(of.highestUsed) },
    billing: { ...of.billing, defaultTaxRateId: idOrNull('taxRate', of.billing.defaultTaxRateId) },
    mail: of.mail,
    waysToPay: { ...ways, ...fees, tipPercents: [...ways.tipPercents], paymentFloorMinor: plain(paymentFloorMinor), sandboxAvailable: of.sandboxAvailable },
    history: { hiddenInvoices: progress.hiddenInvoices, shownAt: progress.historyShownAt },
    welcome: { logo: of.logo !== null, customer: progress.hasCustomer, invoice: progress.hasInvoice, dismissed: of.welcomeDismissed },
  };
}
