import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { call, workIn } from '../api/client.ts';
import { sessionQuery } from '../api/queries.ts';
import { useOffice } from '../parts/office-context.ts';
import { toast, toastProblem } from '../parts/toast.ts';

/** Opens another of my businesses: everything read so far belongs to the other one and is let go. */
export function useSwitchBusiness(): (businessId: string) => void {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { business } = useOffice();
  return (businessId) => {
    if (businessId === business.id) return;
    call('switchBusiness', { body: { businessId } }).then(
      async (session) => {
        workIn(session.business.id);
        await navigate({ to: '/' });
        client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
        client.setQueryData(sessionQuery.queryKey, session);
        toast(`You are now working in ${session.business.name}`);
      },
      (error: unknown) => toastProblem(error),
    );
  };
}

/** Calls of this window name the business it shows, whatever another window switched to. */
export function useWorkIn(businessId: string): void {
  workIn(businessId);
  useEffect(() => () => workIn(null), []);
}
