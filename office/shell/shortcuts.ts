import { useEffect, useRef } from 'react';

/** Keys of the whole office. They rest while somebody types, while a panel is open, and with Ctrl, Alt or Cmd. */

const typing = 'input, textarea, select, [contenteditable=true], [role=combobox], [role=textbox]';

export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest(typing) !== null && !target.closest('[data-keys-through]');
}

/** Something lies over the page. Closed lists may stay in it, so only what can be seen counts. */
export function panelOpen(): boolean {
  return [...document.querySelectorAll('[role=dialog], [role=menu], [role=listbox]')].some((panel) => panel.checkVisibility({ visibilityProperty: true }));
}

/** Ctrl or Cmd with K, from inside a field too; only another panel keeps it. */
export function usePaletteKey(open: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      const panels = [...document.querySelectorAll('[role=dialog]')];
      if (!panels.some((panel) => panel.checkVisibility({ visibilityProperty: true }))) open();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [open]);
}

/** Calls what belongs to a key. A pair such as "g i" is pressed one after the other. */
export function useShortcuts(keys: Readonly<Record<string, () => void>>): void {
  const now = useRef(keys);
  now.current = keys;
  useEffect(() => {
    let before = '';
    let timer = 0;
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || panelOpen()) return;
      const act = now.current[before === 'g' ? `g ${event.key}` : event.key];
      before = event.key;
      clearTimeout(timer);
      timer = window.setTimeout(() => {
        before = '';
      }, 900);
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', press);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('keydown', press);
    };
  }, []);
}
