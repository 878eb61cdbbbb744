import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { ApiProblem } from '../../api/problem.ts';
import { draftText, type EditorLine } from './draft-state.ts';

export type SaveState =
  | { kind: 'saved' }
  | { kind: 'unsaved' }
  | { kind: 'saving' }
  /** Could not reach the server; tries again by itself. */
  | { kind: 'waiting' }
  /** The server said no to something typed. */
  | { kind: 'refused'; problem: ApiProblem }
  /** Someone else saved meanwhile; nothing is saved until one decides. */
  | { kind: 'conflict' };

const conflicts: readonly string[] = ['stale_version', 'already_issued', 'estimate_issued', 'not_a_draft'];
const quietMs = 600;
const retryMs = 4_000;

type Kept = { propertyId: string | null; lines: EditorLine[] };

/** What is kept saved: as it was read, and how it is saved over a version. `save` answers the new version. */
export type Saving<D extends Kept> = {
  version: number;
  draft: D | null;
  save: (draft: D, version: number) => Promise<number>;
};

export type Autosave<D> = {
  state: SaveState;
  /** The version of what was last saved; the preview shows it. */
  version: number;
  /** Saves what is open now and resolves when it is safe; false when it is not. */
  flush: () => Promise<boolean>;
  /** After a conflict: save ours over this version, or go on from theirs. */
  goOn: (version: number, theirs: D | null) => void;
};

/** Keeps a draft saved while it is written: one save at a time, each over the version the one before answered. */
export function useAutosave<D extends Kept>(saving: Saving<D>, draft: D): Autosave<D> {
  const text = draftText(draft);
  const latest = useRef({ draft, text });
  const saved = useRef({ version: saving.version, text: saving.draft === null ? '' : draftText(saving.draft) });
  const save = useRef(saving.save);
  save.current = saving.save;
  const running = useRef<Promise<boolean> | null>(null);
  const blocked = useRef(false);
  const [state, setState] = useState<SaveState>({ kind: 'saved' });
  const [version, setVersion] = useState(saving.version);
  latest.current = { draft, text };

  const saveOnce = useCallback(async (): Promise<boolean> => {
    const sent = latest.current;
    setState({ kind: 'saving' });
    try {
      const now = await save.current(sent.draft, saved.current.version);
      saved.current = { version: now, text: sent.text };
      setVersion(now);
      setState(latest.current.text === sent.text ? { kind: 'saved' } : { kind: 'unsaved' });
      return true;
    } catch (error) {
      setState(stateAfter(error));
      blocked.current = error instanceof ApiProblem && conflicts.includes(error.code);
      return false;
    }
  }, []);

  const flush = useCallback(async (): Promise<boolean> => {
    for (let tries = 0; tries < 5; tries += 1) {
      if (running.current !== null) await running.current;
      if (blocked.current) return false;
      if (latest.current.text === saved.current.text) return true;
      running.current = saveOnce().finally(() => {
        running.current = null;
      });
      if (!(await running.current)) return false;
    }
    return false;
  }, [saveOnce]);

  useEffect(() => {
    if (text === saved.current.text || blocked.current) return;
    setState((before) => (before.kind === 'waiting' ? before : { kind: 'unsaved' }));
    const timer = setTimeout(() => void flush(), quietMs);
    return () => clearTimeout(timer);
  }, [text, flush]);

  useRetry(state.kind === 'waiting', flush);
  useLeaving(() => latest.current.text !== saved.current.text, blocked, flush);

  const goOn = useCallback(
    (at: number, theirs: D | null): void => {
      blocked.current = false;
      saved.current = { version: at, text: theirs === null ? '' : draftText(theirs) };
      setVersion(at);
      setState({ kind: theirs === null ? 'unsaved' : 'saved' });
      if (theirs === null) void flush();
    },
    [flush],
  );
  return { state, version, flush, goOn };
}

function stateAfter(error: unknown): SaveState {
  if (!(error instanceof ApiProblem)) throw error;
  if (conflicts.includes(error.code)) return { kind: 'conflict' };
  return error.status === 0 || error.status >= 500 || error.status === 429 ? { kind: 'waiting' } : { kind: 'refused', problem: error };
}

/** While the server cannot be reached: again and again, and at once when the network is back. */
function useRetry(waiting: boolean, flush: () => Promise<boolean>): void {
  useEffect(() => {
    if (!waiting) return;
    const again = (): void => void flush();
    const timer = setInterval(again, retryMs);
    window.addEventListener('online', again);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', again);
    };
  }, [waiting, flush]);
}

/** Going to another page saves what is open; closing the window with something unsaved asks first. */
function useLeaving(unsaved: () => boolean, blocked: RefObject<boolean>, flush: () => Promise<boolean>): void {
  const ask = useRef(unsaved);
  ask.current = unsaved;
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent): void => {
      if (ask.current()) event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => {
      window.removeEventListener('beforeunload', warn);
      if (!blocked.current) void flush();
    };
  }, [blocked, flush]);
}
