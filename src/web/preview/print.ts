import { createHash } from 'node:crypto';
import type { WebContext } from '../context.ts';
import type { Page } from '../ui/page.tsx';
import { answerInert } from './answer.ts';

const sheetStyle = '.sheet+.sheet{break-before:page}';
const sheetHash = createHash('sha256').update(sheetStyle).digest('base64');

/** Several pages as one for printing: each begins on a new sheet, in the look of the first, which is the business's own. */
export function answerPrint(c: WebContext, pages: readonly Page[]): Response {
  const [first] = pages;
  const bodies = pages.map(({ html }) => `<section class="sheet">${bodyOf(html)}</section>`).join('');
  const html = (first?.html ?? '<html><head></head><body></body></html>')
    .replace('</head>', () => `<style>${sheetStyle}</style></head>`)
    .replace(/(<body[^>]*>)[\s\S]*(<\/body>)/, (_, begin: string, end: string) => begin + bodies + end);
  const styles = [...new Set(pages.map((page) => `'sha256-${page.styleHash}'`)), `'sha256-${sheetHash}'`];
  return answerInert(c, html, `style-src ${styles.join(' ')}; img-src 'self'`);
}

function bodyOf(html: string): string {
  return /<body[^>]*>([\s\S]*)<\/body>/.exec(html)?.[1] ?? '';
}
