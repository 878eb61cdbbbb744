import { environment } from './config.ts';
import { errorFields, log, say } from './log.ts';

const expectedMajor = 26;

const usage = `Service Invoice Pro

  serve            the web and the worker (serve --no-worker: the web alone)
  work             the worker alone
  migrate          bring the database to this version
  seed             add the demo's businesses
  import           bring in a file: import customers|invoices <file.csv> --business <its address name> [--check]
  export           everything of one business as one file: export <its address name> <file.zip>
  import-archive   bring in a business that was exported: import-archive <file.zip>
  backup           everything of this install as one file, while it runs: backup <file>
  restore          put a backup into an empty database: restore <file>
  returned-mail    take in a mail that came back: returned-mail [<file.eml>], or piped in; alone: where providers report
  erase            finish what was asked to be erased; remove businesses whose last day has passed
  certificates     what is left of removed businesses: when they went, and how much (certificates <id>: of one)
  verify           add up every ledger and invoice again and name what differs
  tasks            what waits and what failed for good, and why; tasks replay <id …>|all runs it again
  doctor           versions, roles, row-level security, migrations, disk, clock, mail (doctor --alerts: what needs a hand now)`;

/** Errors whose message is the whole sentence for the person at the terminal. */
const plainErrors = new Set(['ConfigError', 'EmbeddedError', 'GuardError', 'MigrationError', 'StartError', 'Refusal', 'BundleError']);

async function main(args: readonly string[]): Promise<void> {
  const major = Number(process.versions.node.split('.', 1)[0]);
  if (major !== expectedMajor) {
    say(`Service Invoice Pro runs on Node ${expectedMajor}, and this is Node ${process.versions.node}: start it with "npm start", which brings its own.`);
    process.exitCode = 1;
    return;
  }
  const [verb = 'help', ...rest] = args;
  // Loaded after the check above, because these modules need that Node.
  const { commands } = await import('./commands.ts');
  const command = Object.hasOwn(commands, verb) ? commands[verb as keyof typeof commands] : null;
  if (!command) {
    say(usage);
    process.exitCode = verb === 'help' || verb === '--help' ? 0 : 1;
    return;
  }
  process.exitCode = await command(environment, rest);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.exitCode = 1;
  if (error instanceof Error && plainErrors.has(error.name)) say(error.message);
  else {
    log.error('stopped', errorFields(error));
    say('Something went wrong that should not: the line above says what. Nothing that was acknowledged is lost.');
  }
});
