import { type RefObject, useEffect } from 'react';
import { isTyping, panelOpen } from '../shell/shortcuts.ts';

/** j and k walk the rows of a list, x chooses one, f goes to its search field. Enter opens by itself: the focus stands on a link. */
export function useListKeys(list: RefObject<HTMLElement | null>, options: { choose?: (id: string) => void } = {}): void {
  const { choose } = options;
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || panelOpen()) return;
      const links = [...(list.current?.querySelectorAll<HTMLElement>('.row-link') ?? [])];
      const at = links.findIndex((link) => link === document.activeElement);
      if (event.key === 'j' || event.key === 'k') {
        const next = links[at < 0 ? 0 : Math.min(links.length - 1, Math.max(0, at + (event.key === 'j' ? 1 : -1)))];
        next?.focus({ preventScroll: true });
        next?.scrollIntoView({ block: 'nearest' });
      } else if (event.key === 'x' && choose !== undefined && at >= 0) {
        choose(links[at]?.dataset['id'] ?? '');
      } else if (event.key === 'f') {
        document.querySelector<HTMLInputElement>('[data-list-search]')?.focus();
      } else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [list, choose]);
}
