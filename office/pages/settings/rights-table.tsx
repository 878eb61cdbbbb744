import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs';
import { useQuery } from '@tanstack/react-query';
import { rightsQuery } from '../../api/queries.ts';
import { Section } from '../../parts/page.tsx';
import { roles } from './roles.ts';

/** Who may do what, in words, as the server itself judges. */
export function RightsTable() {
  const rows = useQuery(rightsQuery).data?.items ?? [];
  if (rows.length === 0) return null;
  return (
    <Section title="What each role may do" id="rights">
      <div className="wide-table">
        <table className="list rights-table">
          <thead>
            <tr>
              <th>May</th>
              {roles.map(({ value, label }) => (
                <th key={value} className="center">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.words}>
                <td className="wraps">{row.words}</td>
                {roles.map(({ value, label }) => (
                  <td key={value} className="center">
                    {row.roles.includes(value) ? <IconCheck size={16} role="img" aria-label={`${label}: yes`} /> : <span className="sr-only">{label}: no</span>}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
