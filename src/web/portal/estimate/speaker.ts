import type { Locale } from '../../../core/locale.ts';
import type { EstimateDocumentFact } from '../../../outgoing/estimate-facts.ts';
import { type Reader, readerOf } from '../../ui/reader.ts';

type Paper = Pick<EstimateDocumentFact, 'currency' | 'homeCurrency' | 'amends'>;

/** How a reader reads an estimate; of a change order the pages say what it is. */
export function estimateReader(locale: Locale, { currency, homeCurrency, amends }: Paper): Reader {
  const reader = readerOf(locale, currency, homeCurrency);
  if (amends === null) return reader;
  const { estimate, changeOrder } = reader.w;
  const { instead, banner, decline, undo, timeline } = changeOrder;
  const said = {
    ...{ ...estimate, ...instead, banner: { ...estimate.banner, ...banner } },
    ...{ decline: { ...estimate.decline, ...decline }, undo: { ...estimate.undo, ...undo } },
    timeline: { ...estimate.timeline, ...timeline },
  };
  return { ...reader, w: { ...reader.w, estimate: said } };
}
