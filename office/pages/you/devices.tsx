import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { devicesQuery } from '../../api/queries.ts';
import { useAct } from '../../parts/act.ts';
import { Moment } from '../../parts/days.tsx';
import { ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Section } from '../../parts/page.tsx';
import { toast } from '../../parts/toast.ts';

/** Where one is signed in; nobody else sees this list. */
export function Devices() {
  const query = useQuery(devicesQuery);
  const end = useAct('signOutDevice', { renew: ['devices'], done: () => toast('Signed out there') });
  const others = useAct('signOutOthers', { renew: ['devices'], done: () => toast('Signed out everywhere else') });
  const many = (query.data?.items.length ?? 0) > 1;
  return (
    <Section
      title="Signed in on"
      id="devices"
      actions={
        many && (
          <Button variant="subtle" size="compact-sm" color="red" loading={others.isPending} onClick={() => others.mutate({})}>
            Sign out everywhere else
          </Button>
        )
      }
    >
      {query.isPending ? (
        <SkeletonRows rows={2} />
      ) : query.isError ? (
        <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <table className="list">
          <tbody>
            {query.data.items.map((one) => (
              <tr key={one.id}>
                <td>
                  <span className="strong">{one.device}</span>
                  {one.here && <span className="dim"> · this device</span>}
                  <span className="second dim">
                    last used <Moment at={one.lastUsedAt} />, since <Moment at={one.createdAt} />
                  </span>
                </td>
                <td className="end">
                  {!one.here && (
                    <Button size="compact-sm" variant="subtle" color="red" onClick={() => end.mutate({ params: { sessionId: one.id } })}>
                      Sign out
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}
