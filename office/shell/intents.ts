/** What somebody means to do, read from the words they type: "send 1042", "new invoice for Larkspur". The rest says with what. */
export type Intent = 'send' | 'pay' | 'bill' | 'pdf' | 'edit';

const phrases: readonly (readonly [RegExp, Intent])[] = [
  [/^(?:record |take |add )?(?:an? )?payment(?: (?:for|from|of|on))?(?= |$)/i, 'pay'],
  [/^(?:mark )?paid(?= |$)/i, 'pay'],
  [/^pay(?= |$)/i, 'pay'],
  [/^new invoice(?: (?:for|to))?(?= |$)/i, 'bill'],
  [/^(?:invoice|bill) (?:for |to )?(?=\p{L})/iu, 'bill'],
  [/^(?:re)?send(?: (?:an? )?(?:reminder|invoice))?(?: (?:for|to|about))?(?= |$)/i, 'send'],
  [/^(?:remind|reminder|mail)(?: (?:for|to|about))?(?= |$)/i, 'send'],
  [/^(?:pdf|print|download)(?: of)?(?= |$)/i, 'pdf'],
  [/^(?:edit|correct)(?= |$)/i, 'edit'],
];

export function readIntent(typed: string): { intent: Intent | null; rest: string } {
  const text = typed.trim();
  for (const [phrase, intent] of phrases) {
    const found = phrase.exec(text);
    if (found) return { intent, rest: text.slice(found[0].length).trim() };
  }
  return { intent: null, rest: text };
}
