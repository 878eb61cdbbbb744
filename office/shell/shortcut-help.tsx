import { Modal } from '@mantine/core';
import { places } from './places.ts';

const groups: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
  [
    'Anywhere',
    [
      ['n', 'New invoice'],
      ['q', 'New estimate'],
      ['/', 'Search, go to, do'],
      ['Ctrl K', 'The same, while typing too'],
      ['?', 'This list'],
      ['Esc', 'Close what is open'],
    ],
  ],
  ['Go to', places.map((place) => [`g ${place.key}`, place.label] as const)],
  [
    'In a list',
    [
      ['j', 'Next row'],
      ['k', 'Row before'],
      ['Enter', 'Open'],
      ['x', 'Choose the row'],
      ['f', 'Search in the list'],
    ],
  ],
  [
    'In the inbox',
    [
      ['j', 'Next question'],
      ['k', 'Question before'],
      ['r', 'Write the answer'],
      ['a', 'Take it, or give it back'],
      ['e', 'No answer needed'],
      ['Ctrl Enter', 'Send the answer'],
    ],
  ],
  [
    'Writing an invoice',
    [
      ['Enter', 'Next field, then a new line'],
      ['Alt ↑ ↓', 'Move the line'],
      ['Ctrl Enter', 'Review and send'],
    ],
  ],
];

export default function ShortcutHelp({ onClose }: { onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title="Keyboard" size="lg">
      <div className="help-grid">
        {groups.map(([title, keys]) => (
          <section key={title}>
            <h2>{title}</h2>
            <dl className="help-keys">
              {keys.map(([key, label]) => (
                <div key={key} className="spread">
                  <dt>{label}</dt>
                  <dd className="row">
                    {key.split(' ').map((part) => (
                      <kbd key={part}>{part}</kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
