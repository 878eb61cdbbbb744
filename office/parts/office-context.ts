import { createContext, useContext } from 'react';
import type { Session } from '../api/types.ts';

/** Who is at the desk and for which business; known to every page inside the frame. */
export const OfficeContext = createContext<Session | null>(null);

export function useOffice(): Session {
  const session = useContext(OfficeContext);
  if (session === null) throw new Error('outside the office frame');
  return session;
}
