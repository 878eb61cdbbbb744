import { Button, SegmentedControl } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { sessionQuery } from '../../api/queries.ts';
import { useAct } from '../../parts/act.ts';
import { ButtonLink } from '../../parts/links.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { useSignOut } from '../../shell/user-menu.tsx';
import { FieldPage } from './parts.tsx';
import { useFieldWords } from './words.ts';

/** Who is signed in, their language, and the way out. */
export default function Me() {
  const words = useFieldWords();
  const { staff, business } = useOffice();
  const client = useQueryClient();
  const signOut = useSignOut();
  const save = useAct('changeOwnCard', { done: (session) => client.setQueryData(sessionQuery.queryKey, session) });
  return (
    <FieldPage title={words.me}>
      <p>
        <span className="strong">{staff.name}</span>
        <br />
        {staff.email}
        <br />
        <span className="dim">{business.name}</span>
      </p>
      <SegmentedControl
        size="lg"
        fullWidth
        aria-label={words.language}
        data={[
          { value: 'en', label: 'English' },
          { value: 'es', label: 'Español' },
        ]}
        value={staff.language === 'es' ? 'es' : 'en'}
        onChange={(language) => save.mutate({ body: { language: language as 'en' | 'es' } })}
      />
      <div className="field-acts">
        <ButtonLink size="lg" variant="default" to="/field/devices">
          {words.devices}
        </ButtonLink>
        <Button size="lg" variant="default" onClick={signOut}>
          {words.signOut}
        </Button>
      </div>
    </FieldPage>
  );
}
