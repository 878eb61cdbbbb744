import { type RefObject, useEffect } from 'react';
import { isTyping, panelOpen } from '../shell/shortcuts.ts';

/** j and k walk the rows of a list, x chooses one, f goes to its search field. Enter opens by itself: the focus stands on a link. */
export function useListKeys(list: RefObject<HTMLElement | null>, options: { choose?: (id: string) => void } = {}): void {
  const { choose } = options;
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || panelOpen()) return;
      if (act(event.key, list.current, choose)) event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [list, choose]);
}

/** Whether the key meant something here. */
function act(key: string, list: HTMLElement | null, choose: ((id: string) => void) | undefined): boolean {
  const links = [...(list?.querySelectorAll<HTMLElement>('.row-link') ?? [])];
  const at = links.indexOf(document.activeElement as HTMLElement);
  if (key === 'j' || key === 'k') {
    const next = links[at < 0 ? 0 : Math.min(links.length - 1, Math.max(0, at + (key === 'j' ? 1 : -1)))];
    next?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: 'nearest' });
    return true;
  }
  if (key === 'x' && choose !== undefined && at >= 0) {
    choose(links[at]?.dataset['id'] ?? '');
    return true;
  }
  if (key !== 'f') return false;
  document.querySelector<HTMLInputElement>('[data-list-search]')?.focus();
  return true;
}
