import { useQueryClient } from '@tanstack/react-query';
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { call } from '../../api/client.ts';
import { ApiProblem, isProblemCode } from '../../api/problem.ts';
import { invoiceQuery } from '../../api/queries.ts';
import type { Draft, Invoice } from '../../api/types.ts';
import { draftText } from './draft-state.ts';

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

const quietMs = 600;
const retryMs = 4_000;

export type Autosave = {
  state: SaveState;
  /** The version of what was last saved; the preview shows it. */
  version: number;
  /** Saves what is open now and resolves when it is safe; false when it is not. */
  flush: () => Promise<boolean>;
  /** After a conflict: save ours over this version, or go on from theirs. */
  goOn: (version: number, theirs: Draft | null) => void;
};

/** Keeps a draft saved while it is written: one save at a time, each over the version the one before answered. */
export function useAutosave(invoice: Invoice, draft: Draft): Autosave {
  const client = useQueryClient();
  const text = draftText(draft);
  const now = useRef({ draft, text });
  const saved = useRef({ version: invoice.version, text: invoice.draft === null ? '' : draftText(invoice.draft) });
  const running = useRef<Promise<boolean> | null>(null);
  const blocked = useRef(false);
  const [state, setState] = useState<SaveState>({ kind: 'saved' });
  const [version, setVersion] = useState(invoice.version);
  now.current = { draft, text };

  const saveOnce = useCallback(async (): Promise<boolean> => {
    const sent = now.current;
    setState({ kind: 'saving' });
    try {
      const answer = await call('saveDraft', { params: { invoiceId: invoice.id }, body: sent.draft, version: saved.current.version });
      saved.current = { version: answer.version, text: sent.text };
      setVersion(answer.version);
      client.setQueryData(invoiceQuery(invoice.id).queryKey, answer);
      setState(now.current.text === sent.text ? { kind: 'saved' } : { kind: 'unsaved' });
      return true;
    } catch (error) {
      setState(stateAfter(error));
      blocked.current = isProblemCode(error, 'stale_version', 'already_issued', 'not_a_draft');
      return false;
    }
  }, [client, invoice.id]);

  const flush = useCallback(async (): Promise<boolean> => {
    for (let tries = 0; tries < 5; tries += 1) {
      if (running.current !== null) await running.current;
      if (blocked.current) return false;
      if (now.current.text === saved.current.text) return true;
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
  useLeaving(() => now.current.text !== saved.current.text, blocked, flush);

  const goOn = useCallback(
    (at: number, theirs: Draft | null): void => {
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
  if (error.code === 'stale_version' || error.code === 'already_issued' || error.code === 'not_a_draft') return { kind: 'conflict' };
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
