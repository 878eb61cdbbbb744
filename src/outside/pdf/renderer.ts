import type { PdfOutcome, PdfRenderer, PdfRequest } from '../../core/gateways.ts';
import { ChildFailure, childPool, type PoolOptions } from '../children/pool.ts';

/** What a child gets: the source of the template beside the request. */
export type PdfWork = Omit<PdfRequest, 'template'> & { source: string };

const FAILURES: Record<ChildFailure['reason'], string> = {
  refused: 'the page could not be laid out',
  timeout: 'it took longer than the limit',
  crashed: 'the process that draws it died',
  busy: 'too many PDFs are waiting',
  closed: 'the server is stopping',
};

/**
 * Draws PDF/UA-1 files in up to two child processes with 30 s each, renewed every 500 files. The same request gives the same bytes;
 * letters none of the fonts has are drawn as □ and listed as 'U+05D0'. `templates`: Typst sources by name.
 */
export function startPdfRenderer(templates: Readonly<Record<string, string>>, changes: Partial<PoolOptions> = {}): PdfRenderer & { close(): Promise<void> } {
  const pool = childPool<PdfWork, Extract<PdfOutcome, { kind: 'rendered' }>>({
    module: new URL('./child', import.meta.url),
    children: 2,
    recycleAfter: 500,
    timeoutMs: 30_000,
    maxQueued: 20_000,
    maxResidentBytes: 400_000_000,
    maxOldSpaceMb: 128,
    // Nothing it draws comes from a network; should the compiler ever try, it finds a closed door.
    env: { HTTP_PROXY: 'http://127.0.0.1:1', HTTPS_PROXY: 'http://127.0.0.1:1', ALL_PROXY: 'http://127.0.0.1:1' },
    ...changes,
  });
  return {
    async render({ template, ...rest }) {
      const source = templates[template];
      if (source === undefined) return { kind: 'failed', reason: `there is no template ${template}` };
      try {
        return await pool.run({ source, ...rest });
      } catch (error) {
        if (!(error instanceof ChildFailure)) throw error;
        const detail = error.reason === 'refused' ? `: ${error.message}` : '';
        return { kind: 'failed', reason: FAILURES[error.reason] + detail };
      }
    },
    close: () => pool.close(),
  };
}
