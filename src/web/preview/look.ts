import type { Settings } from '../../domain/businesses/businesses.ts';
import type { WebContext } from '../context.ts';
import { invoicePage } from '../portal/invoice/invoice.tsx';
import { answerPreview } from './answer.ts';
import { sampleView } from './sample.ts';

export type LookTried = Readonly<{ brandColor: string; greeting?: string | undefined; language?: 'en' | 'es' | 'fr' | undefined }>;

/** A sample invoice in a look that is not saved yet: nothing of any customer is in it. */
export function lookPreview(c: WebContext, settings: Settings, tried: LookTried): Response {
  const { brandColor, language = settings.look.defaultLanguage } = tried;
  const greeting = tried.greeting ?? settings.look.greeting[language];
  const extras = {
    zone: settings.company.timeZone,
    online: settings.waysToPay.gateway !== null,
    partPayment: settings.waysToPay.partPayment,
    floorMinor: settings.waysToPay.paymentFloorMinor,
    ...{ visits: {}, history: [], messages: [], asked: [], announced: null, seq: 0 },
  };
  const grant = { person: null, name: '', sentTo: null, canPay: true, canAsk: true, preview: true };
  return answerPreview(c, invoicePage({ view: sampleView(settings, { brandColor, greeting, language }), extras, grant }, language, ''));
}
