import { Button, Menu } from '@mantine/core';
import IconDots from '@tabler/icons-react/dist/esm/icons/IconDots.mjs';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useAct } from '../../parts/act.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { MenuLink } from '../../parts/links.tsx';
import { toast } from '../../parts/toast.ts';
import { forgetFresh } from '../editor/fresh-draft.ts';
import { useEstimate } from './estimate-context.ts';

export function EstimateMenu() {
  const { estimate } = useEstimate();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const discard = useAct('discardEstimate', {
    renew: ['estimates', 'home'],
    done: async (_, __, client) => {
      forgetFresh(estimate.id);
      await navigate({ to: '/estimates' });
      client.removeQueries({ queryKey: ['estimates', 'one', estimate.id] });
      toast('Draft thrown away');
    },
  });
  const duplicate = useAct('duplicateEstimate', {
    renew: ['estimates'],
    done: (copy) => navigate({ to: '/estimates/$estimateId/edit', params: { estimateId: copy.id } }),
  });
  return (
    <>
      <Menu>
        <Menu.Target>
          <Button variant="default" px={8} aria-label="More about this draft">
            <IconDots size={18} aria-hidden />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {estimate.replaces && (
            <MenuLink to="/estimates/$estimateId" params={{ estimateId: estimate.replaces.id }}>
              See version {estimate.replaces.revision}
            </MenuLink>
          )}
          {estimate.amends && (
            <MenuLink to="/estimates/$estimateId" params={{ estimateId: estimate.amends.id }}>
              See {estimate.amends.number}
            </MenuLink>
          )}
          <Menu.Item onClick={() => duplicate.mutate({ params: { estimateId: estimate.id } })}>Duplicate</Menu.Item>
          <Menu.Divider />
          <Menu.Item color="red" onClick={() => setAsking(true)}>
            Throw draft away
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asking && (
        <Confirm
          title="Throw this draft away?"
          act="Throw draft away"
          keep="Keep it"
          danger
          busy={discard.isPending}
          onAct={() => discard.mutate({ params: { estimateId: estimate.id } })}
          onClose={() => setAsking(false)}
        >
          {estimate.replaces
            ? `Version ${estimate.replaces.revision} of ${estimate.replaces.number} stays as it is.`
            : 'It has no number yet and nobody has seen it. It cannot be brought back.'}
        </Confirm>
      )}
    </>
  );
}
