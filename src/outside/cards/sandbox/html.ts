/** Text that is safe between tags and in quotes. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => entities[letter] ?? letter);

/** A piece of a page: every value is escaped unless it is a piece itself. */
export function html(strings: TemplateStringsArray, ...values: readonly (string | Html | readonly Html[])[]): Html {
  const written = values.map((value) => {
    if (typeof value === 'string') return escaped(value);
    return value instanceof Html ? value.text : value.map((each) => each.text).join('');
  });
  return new Html(strings.map((text, at) => text + (written[at] ?? '')).join(''));
}
