import { boot } from './boot.ts';
import type { Environment } from './config.ts';
import { doctor } from './doctor.ts';
import { say } from './log.ts';
import { serve, work } from './serve.ts';

/** A verb of the command line. Answers the exit code. */
type Command = (env: Environment, args: readonly string[]) => Promise<number>;

const migrate: Command = async (env) => {
  const base = await boot(env, 'join', 1);
  await base.close();
  say('  The database is up to date.');
  return 0;
};

export const commands = { serve, work, migrate, doctor } as const satisfies Record<string, Command>;
