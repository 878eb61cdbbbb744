import { ChildFailure, childPool, type PoolOptions } from '../children/pool.ts';

/** A page to be drawn: the template is ours, everything a person typed is in `data` (JSON) and is printed, never run. */
export type PdfWork = {
  template: string;
  data: string;
  /** Files the template may read, by name. */
  files: Record<string, Uint8Array>;
  /** Fixed by the facts, so that the same facts give the same bytes. */
  createdAtSeconds: number;
};

/** `replaced`: letters none of the fonts has, as 'U+05D0'; they are drawn as □. */
export type PdfMade = { pdf: Uint8Array; pages: number; replaced: string[] };

export type PdfRenderer = {
  /** The PDF/UA-1 of this work, the same bytes for the same work. Throws ChildFailure; nothing is kept of a failed render. */
  render(work: PdfWork): Promise<PdfMade>;
  close(): Promise<void>;
};

const MAX_DATA_CHARS = 8_000_000;

/** Draws PDFs in up to two child processes with a 30 s limit each, renewed every 500 renders. */
export function startPdfRenderer(changes: Partial<PoolOptions> = {}): PdfRenderer {
  const pool = childPool<PdfWork, PdfMade>({
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
    async render(work) {
      if (work.data.length > MAX_DATA_CHARS) throw new ChildFailure('refused', 'too much text for one document');
      const made = await pool.run(work);
      return { ...made, pdf: new Uint8Array(made.pdf) };
    },
    close: () => pool.close(),
  };
}
