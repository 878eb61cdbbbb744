import { Button } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiProblem, isProblemCode, sentenceOf } from '../../api/problem.ts';
import { settingsQuery } from '../../api/queries.ts';
import type { Settings, SettingsPatch } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { toast } from '../../parts/toast.ts';

type Section = 'company' | 'look' | 'numbering' | 'billing' | 'mail' | 'waysToPay';
type Patch<S extends Section> = NonNullable<SettingsPatch[S]>;

/** One section of the settings while it is changed: only what was touched is sent. */
export function useSection<S extends Section>(settings: Settings, section: S) {
  const [change, setChange] = useState<Partial<Patch<S>>>({});
  const save = useAct('changeSettings', {
    renew: ['session', 'items'],
    done: (now, _, client) => {
      client.setQueryData(settingsQuery.queryKey, now);
      setChange({});
      toast('Saved');
    },
    failed: (error) => {
      if (isProblemCode(error, 'stale_version')) toast('Someone else changed the settings meanwhile. Look at them, then save again.', { tone: 'bad' });
      return true;
    },
  });
  const fields = save.error instanceof ApiProblem ? save.error.fields : {};
  return {
    value: { ...settings[section], ...change } as Settings[S] & Partial<Patch<S>>,
    change,
    dirty: Object.keys(change).length > 0,
    set: (next: Partial<Patch<S>>): void => setChange((before) => ({ ...before, ...next })),
    undo: (): void => setChange({}),
    problem: (name: string): string | undefined => fields[`${section}.${name}`] ?? fields[name],
    save,
    submit: (): void => save.mutate({ body: { [section]: change }, version: settings.version }),
  };
}

type Form = Pick<ReturnType<typeof useSection>, 'dirty' | 'undo' | 'submit'> & { save: { isPending: boolean; isError: boolean; error: unknown } };

/** The form around a section: saves on Enter, and asks before unsaved changes are left behind. */
export function SectionForm({ form, children }: { form: Form; children: React.ReactNode }) {
  const leaving = useBlocker({ shouldBlockFn: () => form.dirty, enableBeforeUnload: () => form.dirty, withResolver: true });
  return (
    <form
      className="settings-form stack"
      onSubmit={(event) => {
        event.preventDefault();
        form.submit();
      }}
    >
      {children}
      {form.save.isError && (
        <p className="bad small" role="alert">
          {sentenceOf(form.save.error)}
        </p>
      )}
      <div className="save-bar">
        <Button type="submit" loading={form.save.isPending} disabled={!form.dirty}>
          Save changes
        </Button>
        {form.dirty && (
          <Button variant="subtle" color="gray" onClick={form.undo}>
            Undo changes
          </Button>
        )}
      </div>
      {leaving.status === 'blocked' && (
        <Confirm title="Leave without saving?" act="Leave without saving" keep="Stay here" danger onAct={leaving.proceed} onClose={leaving.reset}>
          What you changed here is not saved yet.
        </Confirm>
      )}
    </form>
  );
}
