import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { boot, StartError } from './boot.ts';
import type { Environment } from './config.ts';
import { takeReports } from './domain/mails/returned/returned.ts';
import { say } from './log.ts';
import { keysOf } from './outside/keys.ts';
import { readMailReports } from './outside/mail/reports/reports.ts';
import { mailReportsPassword } from './web/inbound/mail-reports.ts';

/**
 * Takes in one returned mail, from a file or as it is piped in by the mail server that holds the mailbox of BOUNCE_ADDRESS. Without any, says where
 * a mail provider reports instead. Exit code 1 for what is no mail.
 */
export async function returnedMail(env: Environment, args: readonly string[]): Promise<number> {
  const base = await boot(env, 'join', 2);
  try {
    const [file] = args;
    if (file === undefined && process.stdin.isTTY) {
      const address = new URL(base.config.appUrl);
      address.username = 'mail';
      address.password = mailReportsPassword(keysOf(base.secret));
      say('  Let your mail provider report mail that came back to one of these addresses. They hold a password: give them to nobody else.');
      for (const provider of ['ses', 'mailgun', 'sendgrid', 'postmark']) say(`    ${address.href}inbound/mail/${provider}`);
      say('  A mail server of your own pipes the mailbox of BOUNCE_ADDRESS into this command, one mail each.');
      return 0;
    }
    const raw = file === undefined ? await buffer(process.stdin) : await readFile(file).catch(() => null);
    if (raw === null) throw new StartError(`There is no file ${file}.`);
    const reports = await readMailReports('returned-mail', raw);
    const taken = reports === null ? 0 : await takeReports(base.database, reports);
    say(`  ${reports?.length ?? 0} reports, ${taken} new`);
    return reports === null ? 1 : 0;
  } finally {
    await base.close();
  }
}
