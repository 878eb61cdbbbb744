import { useCallback, useMemo, useRef, useState } from 'react';

/** Rows chosen for an act on many. They stay chosen while the list is searched or grows. `all`: everything the list would show. */
export type Chosen = {
  ids: readonly string[];
  count: number;
  all: boolean;
  has: (id: string) => boolean;
  /** With Shift, everything between the last one pressed and this one, in the order of `rows`. */
  toggle: (id: string, range?: readonly string[]) => void;
  set: (ids: readonly string[]) => void;
  setAll: () => void;
};

export const chosenMost = 1_000;

export function useChosen(): Chosen {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const [all, everything] = useState(false);
  const last = useRef<string | null>(null);
  const toggle = useCallback((id: string, range?: readonly string[]) => {
    everything(false);
    setIds((before) => {
      const next = new Set(before);
      const on = !before.has(id);
      for (const each of range === undefined ? [id] : between(range, last.current, id)) {
        if (!on) next.delete(each);
        else if (next.size < chosenMost) next.add(each);
      }
      last.current = id;
      return next;
    });
  }, []);
  const set = useCallback((some: readonly string[]) => {
    everything(false);
    setIds(new Set(some.slice(0, chosenMost)));
  }, []);
  const setAll = useCallback(() => everything(true), []);
  return useMemo(() => ({ ids: [...ids], count: ids.size, all, has: (id) => all || ids.has(id), toggle, set, setAll }), [ids, all, toggle, set, setAll]);
}

function between(rows: readonly string[], from: string | null, to: string): readonly string[] {
  const [a, b] = [from === null ? -1 : rows.indexOf(from), rows.indexOf(to)];
  return a < 0 || b < 0 ? [to] : rows.slice(Math.min(a, b), Math.max(a, b) + 1);
}
