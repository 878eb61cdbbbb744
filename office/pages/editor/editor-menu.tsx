import { Button, Menu } from '@mantine/core';
import IconDots from '@tabler/icons-react/dist/esm/icons/IconDots.mjs';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useAct } from '../../parts/act.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { MenuLink } from '../../parts/links.tsx';
import { toast } from '../../parts/toast.ts';
import { useEditor } from './editor-context.ts';
import { forgetFresh } from './fresh-draft.ts';

export function EditorMenu() {
  const { invoice } = useEditor();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const discard = useAct('discardDraft', {
    renew: ['invoices', 'home'],
    done: async (_, __, client) => {
      forgetFresh(invoice.id);
      await navigate({ to: '/invoices' });
      client.removeQueries({ queryKey: ['invoices', 'one', invoice.id] });
      toast('Draft thrown away');
    },
  });
  const duplicate = useAct('duplicateInvoice', {
    renew: ['invoices'],
    done: (copy) => navigate({ to: '/invoices/$invoiceId/edit', params: { invoiceId: copy.id } }),
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
          <MenuLink to="/invoices/$invoiceId/preview" params={{ invoiceId: invoice.id }}>
            Open as customer
          </MenuLink>
          <Menu.Item onClick={() => duplicate.mutate({ params: { invoiceId: invoice.id } })}>Duplicate</Menu.Item>
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
          onAct={() => discard.mutate({ params: { invoiceId: invoice.id } })}
          onClose={() => setAsking(false)}
        >
          It has no number yet and nobody has seen it. It cannot be brought back.
        </Confirm>
      )}
    </>
  );
}
