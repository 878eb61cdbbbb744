import AxeBuilder from '@axe-core/playwright';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { chromiumArgs, chromiumPath } from '../chromium.ts';

export const phone = { width: 390, height: 844 } as const;
export const desk = { width: 1280, height: 860 } as const;

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath(), args: [...chromiumArgs] });
}

export type Visit = Readonly<{ page: Page; context: BrowserContext /** What went wrong in the page so far. */; errors: string[] }>;

/** A visitor of their own: empty cookies, one page, and a list of what its scripts complained about. */
export async function visitor(browser: Browser, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ viewport: desk, reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy|Uncaught/.test(message.text())) errors.push(message.text());
  });
  return { page, context, errors };
}

type Found = Readonly<{ id: string; nodes: readonly Readonly<{ target: readonly unknown[] }>[] }>;
type Axe = Readonly<{ run: (page: Document, options: unknown) => Promise<{ violations: Found[] }> }>;
type Rules = Readonly<{ type: 'tag' | 'rule'; values: string[] }>;
const everybody: Rules = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] };
/** Whether what is written can be read against what is behind it: all that changes with the theme. */
export const contrast: Rules = { type: 'rule', values: ['color-contrast'] };

/**
 * What axe finds against WCAG 2.2 AA on the page as it stands, as "rule: where". It runs in the page alone: frames of ours are inert
 * previews, in which it would wait many seconds for scripts that never run. It gathers what fails and not what holds, and is brought into a
 * page once: that is two thirds of its time.
 */
export async function axeProblems(page: Page, rules: Rules = everybody): Promise<string[]> {
  const options = { runOnly: rules, resultTypes: ['violations' as const] };
  // What is on its way from one colour to another is looked at once it has got there.
  await page.evaluate(() =>
    Promise.allSettled(document.getAnimations().flatMap((each) => (each instanceof CSSTransition ? [each.finished] : []))).then(() => {}),
  );
  const isThere = page.frames().length === 1 && (await page.evaluate(() => 'axe' in window));
  const violations: readonly Found[] = isThere
    ? await page.evaluate(async (asked) => (await (window as unknown as { axe: Axe }).axe.run(document, asked)).violations, options)
    : (await new AxeBuilder({ page }).setLegacyMode(true).options(options).analyze()).violations;
  return violations.flatMap(({ id, nodes }) => nodes.slice(0, 5).map((node) => `${id}: ${node.target.join(' ')}`));
}
