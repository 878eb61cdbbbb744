import { Select, TextInput } from '@mantine/core';
import { textLimits } from '../../../src/core/limits.ts';
import type { Person } from '../../api/types.ts';
import { type Who, whoAfter } from './recording.ts';

type Props = {
  people: readonly Person[];
  who: Who;
  onWho: (who: Who) => void;
  /** An approval is the word of a person; the rest may be somebody's nobody wrote down. */
  named: boolean;
  problems: Readonly<Record<string, string>>;
};

/** Whose word it was, and the name they gave. */
export function WhoFields({ people, who, onWho, named, problems }: Props) {
  return (
    <>
      <Select
        label="Who said so"
        data-autofocus
        placeholder={named ? 'Choose a person' : 'Nobody in particular'}
        data={people.map(({ id, name, email }) => ({ value: id, label: name || email }))}
        value={who.personId}
        required={named}
        clearable={!named}
        clearButtonProps={{ 'aria-label': 'Nobody in particular' }}
        allowDeselect={!named}
        error={problems['personId']}
        comboboxProps={{ withinPortal: false }}
        onChange={(personId) => onWho(whoAfter(who, people, personId))}
      />
      <TextInput
        label="Name they gave"
        required={named}
        maxLength={textLimits.name}
        autoComplete="off"
        value={who.typedName}
        error={problems['typedName']}
        onChange={(event) => onWho({ ...who, typedName: event.currentTarget.value })}
      />
    </>
  );
}
