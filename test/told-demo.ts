import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { freePort, runVerb } from './running-server.ts';

const pauseMs = 100;

/**
 * Puts the data folder of an install whose demo is told at `folder`, as `seed` left it: it is told once a run, for whoever asks first, and
 * copied for everybody.
 */
export async function copyToldDemo(folder: string): Promise<void> {
  const place = join(inject('cluster').folder, 'told-demo');
  const outcome = join(place, 'outcome');
  if (isFirst(place)) await tell(place, outcome);
  while (!existsSync(outcome)) await new Promise((done) => setTimeout(done, pauseMs));
  const said = readFileSync(outcome, 'utf8');
  if (said !== '') throw new Error(`the demo could not be told:\n${said}`);
  execFileSync('cp', ['-a', join(place, 'data'), folder]);
}

/** Making a folder is given to one alone, in whatever process. */
function isFirst(place: string): boolean {
  try {
    mkdirSync(place);
    return true;
  } catch {
    return false;
  }
}

async function tell(place: string, outcome: string): Promise<void> {
  const run = runVerb(['seed'], { DATA_DIR: join(place, 'data'), DEMO: '1', PORT: String(await freePort()) });
  const code = await run.ended;
  writeFileSync(outcome, code === 0 ? '' : `seed ended with ${code}\n${run.said()}`);
}
