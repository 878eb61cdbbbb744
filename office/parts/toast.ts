import { notifications } from '@mantine/notifications';
import { createElement } from 'react';
import { sentenceOf } from '../api/problem.ts';
import { ToastBody } from './toast-body.tsx';

/** Says in a corner what was done; with `undo` one press takes it back. */
export function toast(message: string, options: { undo?: () => unknown; undoLabel?: string; tone?: 'good' | 'bad' } = {}): void {
  const id = crypto.randomUUID();
  const { undo, undoLabel = 'Undo', tone = 'good' } = options;
  const press =
    undo &&
    (() => {
      notifications.hide(id);
      void undo();
    });
  notifications.show({
    closeButtonProps: { 'aria-label': 'Close' },
    id,
    message: createElement(ToastBody, { message, undoLabel, ...(press ? { press } : {}) }),
    autoClose: undo ? 8_000 : tone === 'bad' ? 9_000 : 3_500,
    withBorder: true,
    color: tone === 'bad' ? 'red' : 'pine',
  });
}

export function toastProblem(error: unknown): void {
  toast(sentenceOf(error), { tone: 'bad' });
}
