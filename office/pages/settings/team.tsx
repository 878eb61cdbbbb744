import { Button, Menu } from '@mantine/core';
import IconDots from '@tabler/icons-react/dist/esm/icons/IconDots.mjs';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { apiKeysQuery, staffQuery } from '../../api/queries.ts';
import type { Colleague } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { Moment } from '../../parts/days.tsx';
import { ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { Section } from '../../parts/page.tsx';
import { SidePanel } from '../../parts/side-panel.tsx';
import { toast } from '../../parts/toast.ts';
import { Invitations, InviteForm } from './invitations.tsx';
import { RightsTable } from './rights-table.tsx';
import { type Role, roleNames, roles } from './roles.ts';
import { TeamRules } from './team-rules.tsx';

type Act = { what: 'role'; role: Role; who: Colleague } | { what: 'remove' | 'sign-out'; who: Colleague };

/** Who works here, what each may do, and what holds for everybody. */
export function Team() {
  const { staff: me } = useOffice();
  const query = useQuery(staffQuery);
  const [inviting, setInviting] = useState(false);
  const [act, setAct] = useState<Act | null>(null);
  if (query.isPending) return <SkeletonRows rows={3} />;
  if (query.isError) return <ProblemNote error={query.error} onRetry={() => void query.refetch()} />;
  const runs = me.role === 'owner' || me.role === 'admin';
  return (
    <>
      <Section
        title="Team"
        id="team"
        actions={
          runs && (
            <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setInviting(true)}>
              Invite
            </Button>
          )
        }
      >
        <table className="list">
          <thead>
            <tr>
              <th>Name</th>
              <th className="only-desk">E-mail</th>
              <th>Role</th>
              <th className="end only-desk">Since</th>
              <th className="end">
                <span className="sr-only">Change</span>
              </th>
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
                <td>{roleNames[one.role]}</td>
                <td className="end dim only-desk">
                  <Moment at={one.createdAt} />
                </td>
                <td className="end">
                  {runs && (me.role === 'owner' || one.role !== 'owner') && <RowMenu who={one} owner={me.role === 'owner'} onAct={setAct} />}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Section>
      {runs && <Invitations />}
      {runs && <TeamRules owner={me.role === 'owner'} />}
      <RightsTable />
      {inviting && (
        <SidePanel title="Invite somebody" onClose={() => setInviting(false)}>
          <InviteForm owner={me.role === 'owner'} onDone={() => setInviting(false)} />
        </SidePanel>
      )}
      {act !== null && <ActBox act={act} onClose={() => setAct(null)} />}
    </>
  );
}

function RowMenu({ who, owner, onAct }: { who: Colleague; owner: boolean; onAct: (act: Act) => void }) {
  return (
    <Menu>
      <Menu.Target>
        <Button size="compact-sm" variant="subtle" color="gray" aria-label={`Change ${who.name}`}>
          <IconDots size={16} aria-hidden />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Role</Menu.Label>
        {roles
          .filter(({ value }) => value !== who.role && (owner || value !== 'owner'))
          .map(({ value, label }) => (
            <Menu.Item key={value} onClick={() => onAct({ what: 'role', role: value, who })}>
              Make {label.toLowerCase()}
            </Menu.Item>
          ))}
        <Menu.Divider />
        {!who.you && <Menu.Item onClick={() => onAct({ what: 'sign-out', who })}>Sign out everywhere</Menu.Item>}
        <Menu.Item color="red" onClick={() => onAct({ what: 'remove', who })}>
          Remove from the team
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function ActBox({ act, onClose }: { act: Act; onClose: () => void }) {
  const done = (text: string) => () => {
    toast(text);
    onClose();
  };
  const { who } = act;
  const change = useAct('changeColleague', { renew: ['staff', 'session'], done: done(`${who.name} has another role`) });
  const remove = useAct('removeColleague', { renew: ['staff', 'api-keys'], done: done(`${who.name} is out`) });
  const signOut = useAct('signOutColleague', { done: done(`${who.name} is signed out everywhere`) });
  const params = { staffId: who.id };
  if (act.what === 'role')
    return (
      <Confirm
        title={`Make ${who.name} ${roleNames[act.role].toLowerCase()}?`}
        act="Change the role"
        busy={change.isPending}
        onAct={() => change.mutate({ params, body: { role: act.role } })}
        onClose={onClose}
      >
        It counts from their next press.
      </Confirm>
    );
  if (act.what === 'sign-out')
    return (
      <Confirm
        title={`Sign ${who.name} out everywhere?`}
        act="Sign out everywhere"
        busy={signOut.isPending}
        onAct={() => signOut.mutate({ params })}
        onClose={onClose}
      >
        For a lost phone. They can sign in again.
      </Confirm>
    );
  return (
    <Confirm
      title={`Remove ${who.name} from the team?`}
      act={`Remove ${who.name}`}
      keep="Keep them"
      danger
      busy={remove.isPending}
      onAct={() => remove.mutate({ params })}
      onClose={onClose}
    >
      They are out with their next press, on every device. <KeysOf name={who.name} />
    </Confirm>
  );
}

/** Keys end with whoever made them: said before, not after. */
function KeysOf({ name }: { name: string }) {
  const keys = useQuery(apiKeysQuery).data?.items.filter((key) => key.revokedAt === null && key.createdBy === name) ?? [];
  if (keys.length === 0) return null;
  return <>API keys they made end too: {keys.map((key) => key.name).join(', ')}.</>;
}
