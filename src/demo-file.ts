import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a visitor of the demo needs; made at first start, for the eyes of whoever runs it. */
export type DemoFile = Readonly<{
  office: Readonly<{ url: string; email: string; password: string }>;
  apiKey: string;
  customerLink: string;
  mailbox: string;
}>;

const pathOf = (dataDir: string): string => join(dataDir, 'demo.json');

/** Keeps it readable by its owner alone, whole or not at all. */
export function writeDemoFile(dataDir: string, demo: DemoFile): void {
  const made = `${pathOf(dataDir)}.${process.pid}`;
  writeFileSync(made, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 });
  renameSync(made, pathOf(dataDir));
}

/** The file of an earlier start with today's origin in every address, or null before the first seed. */
export function readDemoFile(dataDir: string, appUrl: string): DemoFile | null {
  if (!existsSync(pathOf(dataDir))) return null;
  const kept = JSON.parse(readFileSync(pathOf(dataDir), 'utf8')) as DemoFile;
  const today = (url: string): string => {
    const { pathname, search } = new URL(url);
    return appUrl + pathname + search;
  };
  const demo = { ...kept, office: { ...kept.office, url: today(kept.office.url) }, customerLink: today(kept.customerLink), mailbox: today(kept.mailbox) };
  if (demo.mailbox !== kept.mailbox) writeDemoFile(dataDir, demo);
  return demo;
}

/** The lines shown once the doors are open. */
export function demoLines(demo: DemoFile): readonly string[] {
  return [
    '',
    `  Office     ${demo.office.url}`,
    `             ${demo.office.email}  ${demo.office.password}`,
    `  Customer   ${demo.customerLink}`,
    `  Mailbox    ${demo.mailbox}`,
    '',
  ];
}
