import type { Words } from '../../core/words/words.ts';
import { Icon } from './icon.tsx';

/** Print, or on a phone share: one of them appears where scripts run, in a place kept for both, so that nothing moves. */
export function ShareRow({ w, pdf, name }: Readonly<{ w: Words; pdf: string; name: string }>) {
  return (
    <share-row data-pdf={pdf} data-name={name}>
      <button type="button" className="q">
        <Icon name="print" />
        {w.common.print}
      </button>
      <button type="button" className="q">
        <Icon name="share" />
        {w.common.share}
      </button>
    </share-row>
  );
}
