import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { sessionQuery } from '../../api/queries.ts';
import type { Session } from '../../api/types.ts';

/** Opens the office where the person wanted to go. Only addresses of the office itself are followed. */
export function useAfterSignIn(): (session: Session, to?: string) => void {
  const client = useQueryClient();
  const router = useRouter();
  return (session, to) => {
    client.clear();
    client.setQueryData(sessionQuery.queryKey, session);
    const safe = to !== undefined && /^\/(?!\/)[^\\]*$/.test(to) ? to : '/';
    void router.navigate({ href: safe, replace: true });
  };
}
