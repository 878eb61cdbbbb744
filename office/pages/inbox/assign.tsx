import { Button, Menu } from '@mantine/core';
import IconPerson from '@tabler/icons-react/dist/esm/icons/IconUser.mjs';
import { useQuery } from '@tanstack/react-query';
import { staffQuery, threadQuery } from '../../api/queries.ts';
import type { Thread } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { useOffice } from '../../parts/office-context.ts';

/** Gives a question to somebody; the answer is shown at once, and both lists are read anew. */
export function useAssign(threadId: string) {
  const assign = useAct('assignThread', {
    renew: ['threads'],
    done: (thread, _, client) => client.setQueryData(threadQuery(threadId).queryKey, thread),
  });
  return { busy: assign.isPending, give: (staffId: string | null) => assign.mutate({ params: { threadId }, body: { staffId } }) };
}

/** Who answers. Oneself first, then the colleagues who may. */
export function Assign({ thread }: { thread: Thread }) {
  const { staff: me } = useOffice();
  const staff = useQuery(staffQuery);
  const { busy, give } = useAssign(thread.id);
  const others = (staff.data?.items ?? []).filter(({ id, role }) => id !== me.id && role !== 'field');
  const name = thread.assignee === null ? 'Nobody yet' : thread.assignee.id === me.id ? 'You' : thread.assignee.name;
  const item = (id: string | null, label: string) => (
    <Menu.Item
      key={id ?? 'nobody'}
      role="menuitemradio"
      aria-checked={(thread.assignee?.id ?? null) === id}
      data-chosen={(thread.assignee?.id ?? null) === id || undefined}
      onClick={() => give(id)}
    >
      {label}
    </Menu.Item>
  );
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default" size="xs" loading={busy} leftSection={<IconPerson size={14} aria-hidden />} aria-label={`Who answers: ${name}`}>
          {name}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Who answers</Menu.Label>
        {item(me.id, `${me.name} (you)`)}
        {others.map(({ id, name: other }) => item(id, other))}
        <Menu.Divider />
        {item(null, 'Nobody yet')}
      </Menu.Dropdown>
    </Menu>
  );
}
