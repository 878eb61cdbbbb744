import { posix } from 'node:path';

/** A file of the project, by its path from the root. */
export type SourceFile = Readonly<{ path: string; text: string }>;
export type FoundFunction = Readonly<{ name: string; line: number; lines: number; handler: boolean }>;
export type Import = Readonly<{ to: string; typeOnly: boolean }>;

/** The code without its comments, line numbers kept. `keep` leaves them in, for bans that are about comments. */
export function withoutComments(text: string, keep = false): string {
  if (keep) return text;
  const blank = (comment: string): string => comment.replace(/[^\n]/g, '');
  return text.replace(/\/\*[\s\S]*?\*\//g, blank).replace(/(^|\s)\/\/[^\n]*/g, '$1');
}

/** The project's files a file imports, as paths from the root. */
export function importsOf(file: SourceFile): readonly Import[] {
  const code = withoutComments(file.text);
  const found = [...code.matchAll(/(?:import|export)\s+(type\s+)?([^'";]*?)from\s+'(\.[^']+)'/g), ...code.matchAll(/import\(()()'(\.[^']+)'\)/g)];
  return found.map(([, keyword, names = '', target = '']) => ({
    to: posix.normalize(posix.join(posix.dirname(file.path), target)),
    typeOnly:
      Boolean(keyword) ||
      (/^\s*\{/.test(names) &&
        names
          .replace(/[{}\s]/g, '')
          .split(',')
          .filter(Boolean).length > 0 &&
        onlyTypes(names)),
  }));
}

function onlyTypes(names: string): boolean {
  return names
    .replace(/[{}]/g, '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
    .every((name) => name.startsWith('type '));
}

/**
 * Functions of a formatted file by their indentation: one starts where a line opens a body and ends at the brace in the same column. A handler
 * is what takes nothing but the web's context `c`.
 */
export function functionsOf(file: SourceFile): readonly FoundFunction[] {
  const rows = file.text.split('\n');
  const start =
    /^(\s*)(?:export )?(?:default )?(?:async )?(?:function\*? (\w+)|(?:const|let) (\w+)[^=]*= (?:async )?(?:\(.*|function.*)|(?:static |private |readonly )*(?:async )?(\w+)\(.*\).*|.*(?:async )?\(?.*\)? =>) ?.*\{$/;
  return rows.flatMap((row, index) => {
    // Nearly every row opens nothing, and the pattern is slow to say so.
    const match = row.endsWith('{') ? row.match(start) : null;
    if (!match || /^\s*(if|for|while|switch|return|else|\}|try|catch)\b/.test(row)) return [];
    const end = rows.findIndex((line, at) => at > index && line.startsWith(`${match[1]}}`));
    if (end < 0) return [];
    const handler = file.path.startsWith('src/web/') && /\(c(: \w+)?\)(: [^=]+)? (=>|\{)/.test(row);
    return [{ name: match[2] ?? match[3] ?? match[4] ?? 'a function', line: index + 1, lines: end - index + 1, handler }];
  });
}
