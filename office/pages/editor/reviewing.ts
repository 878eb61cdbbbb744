import { useCallback, useEffect, useRef, useState } from 'react';

/** Saves what is open, then goes on. Ctrl+Enter does the same from any field. */
export function useReviewing(flush: () => Promise<boolean>, next: () => void): { go: () => void; busy: boolean } {
  const [busy, setBusy] = useState(false);
  const onward = useRef(next);
  onward.current = next;
  const go = useCallback(() => {
    setBusy(true);
    void flush().then((safe) => {
      setBusy(false);
      if (safe) onward.current();
    });
  }, [flush]);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      go();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [go]);
  return { go, busy };
}
