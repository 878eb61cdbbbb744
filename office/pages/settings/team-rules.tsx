import { Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { isProblemCode } from '../../api/problem.ts';
import { teamRulesQuery } from '../../api/queries.ts';
import type { TeamRulesPatch } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Note } from '../../parts/notes.tsx';
import { Section } from '../../parts/page.tsx';

/** What holds for everybody here; it counts from each one's next press. */
export function TeamRules({ owner }: { owner: boolean }) {
  const query = useQuery(teamRulesQuery);
  const change = useAct('changeTeamRules', {
    renew: ['session'],
    done: (rules, _, client) => client.setQueryData(teamRulesQuery.queryKey, rules),
    failed: (error) => isProblemCode(error, 'second_factor_required'),
  });
  const rules = query.data;
  if (rules === undefined) return null;
  const set = (body: TeamRulesPatch): void => change.mutate({ body, version: rules.version });
  return (
    <Section title="For everybody" id="rules">
      <div className="stack">
        <Switch
          label="Everyone signs in with a passkey or an authenticator app"
          description={owner ? 'Who has none is asked to set one up before anything else opens' : 'Only an owner can change this'}
          disabled={!owner}
          checked={rules.twoStep}
          onChange={(event) => set({ twoStep: event.currentTarget.checked })}
        />
        {isProblemCode(change.error, 'second_factor_required') && (
          <Note tone="warn">
            Set up your own first, under{' '}
            <Link to="/you" className="link">
              You and your devices
            </Link>
            , and sign in with it.
          </Note>
        )}
        <Switch
          label="The crew sees prices and totals"
          description="Of their own customers and the price book; never reports or bank details"
          checked={rules.crewPrices}
          onChange={(event) => set({ crewPrices: event.currentTarget.checked })}
        />
        <Switch
          label="The crew sends invoices"
          description="Otherwise they hand them to the office, where they wait under Needs you"
          checked={rules.crewSends}
          onChange={(event) => set({ crewSends: event.currentTarget.checked })}
        />
      </div>
    </Section>
  );
}
