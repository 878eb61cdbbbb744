import { useQuery } from '@tanstack/react-query';
import { staffQuery } from '../../api/queries.ts';
import { Moment } from '../../parts/days.tsx';
import { ProblemNote, SkeletonRows } from '../../parts/notes.tsx';

const roles: Readonly<Record<string, string>> = { owner: 'Owner', admin: 'Admin', office: 'Office', field: 'Field' };

/** Who works here. */
export function Team() {
  const query = useQuery(staffQuery);
  if (query.isPending) return <SkeletonRows rows={3} />;
  if (query.isError) return <ProblemNote error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <table className="list">
      <thead>
        <tr>
          <th>Name</th>
          <th>E-mail</th>
          <th>Role</th>
          <th className="end">Since</th>
        </tr>
      </thead>
      <tbody>
        {query.data.items.map((one) => (
          <tr key={one.id}>
            <td className="strong">
              {one.name}
              {one.you && <span className="dim"> (you)</span>}
              <span className="second only-phone">{one.email}</span>
            </td>
            <td className="only-desk">{one.email}</td>
            <td>{roles[one.role]}</td>
            <td className="end dim only-desk">
              <Moment at={one.createdAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
