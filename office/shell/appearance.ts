import { useMantineColorScheme } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { call } from '../api/client.ts';
import { sessionQuery } from '../api/queries.ts';
import type { Session } from '../api/types.ts';
import { useOffice } from '../parts/office-context.ts';
import { toastProblem } from '../parts/toast.ts';

export type Theme = Session['theme'];
export const themes: readonly Theme[] = ['light', 'dark', 'auto'];

/** How the office looks to this person. It changes at once here and follows them to other devices. */
export function useAppearance(): [Theme, (theme: Theme) => void] {
  const client = useQueryClient();
  const { theme } = useOffice();
  const { setColorScheme } = useMantineColorScheme();
  const choose = (next: Theme): void => {
    setColorScheme(next);
    call('changeAppearance', { body: { theme: next } }).then(
      (session) => client.setQueryData(sessionQuery.queryKey, session),
      (error: unknown) => toastProblem(error),
    );
  };
  return [theme, choose];
}

/** Takes over what was chosen on another device. The browser paints with what it knew until then. */
export function useKeptAppearance(theme: Theme): void {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const shown = useRef(colorScheme);
  shown.current = colorScheme;
  useEffect(() => {
    if (shown.current !== theme) setColorScheme(theme);
  }, [theme, setColorScheme]);
}
