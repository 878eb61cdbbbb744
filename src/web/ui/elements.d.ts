import type { DetailedHTMLProps, HTMLAttributes } from 'react';

type Custom = DetailedHTMLProps<HTMLAttributes<HTMLElement>, HTMLElement>;

/** The small elements that make a working page more comfortable. */
declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'share-row': Custom;
      'choice-form': Custom;
      'live-status': Custom;
      'seen-mark': Custom;
    }
  }
}
