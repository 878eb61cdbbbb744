import { Button, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiProblem } from '../../api/problem.ts';
import { invitationsQuery } from '../../api/queries.ts';
import type { InvitationBody } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Moment } from '../../parts/days.tsx';
import { Form, FormProblem } from '../../parts/form.tsx';
import { Section } from '../../parts/page.tsx';
import { toast } from '../../parts/toast.ts';
import { roleNames, roles } from './roles.ts';

const languages = [
  { value: 'en', label: 'English' },
  { value: 'es', label: 'Spanish' },
  { value: 'fr', label: 'French' },
];

/** Who was asked and has not come yet. */
export function Invitations() {
  const query = useQuery(invitationsQuery);
  const resend = useAct('resendInvitation', { renew: ['staff'], done: ({ email }) => toast(`Sent again to ${email}`) });
  const withdraw = useAct('withdrawInvitation', { renew: ['staff'], done: () => toast('Taken back') });
  const items = query.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Section title="Invited" id="invited">
      <table className="list">
        <tbody>
          {items.map((one) => (
            <tr key={one.id}>
              <td>
                <span className="strong">{one.name}</span> <span className="dim">· {roleNames[one.role]}</span>
                <span className="second">{one.email}</span>
              </td>
              <td className="dim small only-desk">
                {one.ended ? (
                  'ran out'
                ) : (
                  <>
                    sent <Moment at={one.sentAt} /> by {one.invitedBy}
                  </>
                )}
              </td>
              <td className="end">
                <Button size="compact-sm" variant="subtle" onClick={() => resend.mutate({ params: { invitationId: one.id } })}>
                  Send again
                </Button>
                <Button size="compact-sm" variant="subtle" color="red" onClick={() => withdraw.mutate({ params: { invitationId: one.id } })}>
                  Take back
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

export function InviteForm({ owner, onDone }: { owner: boolean; onDone: () => void }) {
  const [form, setForm] = useState<InvitationBody>({ name: '', email: '', role: 'office', language: 'en' });
  const set = (change: Partial<InvitationBody>): void => setForm((before) => ({ ...before, ...change }));
  const invite = useAct('inviteStaff', {
    renew: ['staff'],
    done: ({ email }) => {
      toast(`Invited ${email}`);
      onDone();
    },
    failed: () => true,
  });
  const fields = invite.error instanceof ApiProblem ? invite.error.fields : {};
  return (
    <Form onSubmit={() => invite.mutate({ body: form })}>
      <TextInput
        label="Name"
        data-autofocus
        required
        withAsterisk={false}
        maxLength={120}
        value={form.name}
        error={fields['name']}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <TextInput
        label="E-mail"
        type="email"
        required
        withAsterisk={false}
        value={form.email}
        error={fields['email']}
        onChange={(event) => set({ email: event.currentTarget.value })}
      />
      <Select
        label="Role"
        data={roles.filter(({ value }) => owner || value !== 'owner')}
        value={form.role}
        allowDeselect={false}
        onChange={(value) => set({ role: (value ?? 'office') as InvitationBody['role'] })}
      />
      <Select
        label="Language"
        description="Of the mail, and of the pages the crew works with"
        data={languages}
        value={form.language ?? 'en'}
        allowDeselect={false}
        onChange={(value) => set({ language: (value ?? 'en') as NonNullable<InvitationBody['language']> })}
      />
      {Object.keys(fields).length === 0 && <FormProblem error={invite.error} />}
      <p className="dim small">The mail holds a link for seven days. Whoever opens it still needs a code from that mailbox.</p>
      <div className="form-foot">
        <Button type="submit" loading={invite.isPending}>
          Send invitation
        </Button>
      </div>
    </Form>
  );
}
