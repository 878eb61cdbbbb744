import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take more than ten seconds, the longest first, so that none of them is begun when the others are over. */
export const longest: readonly string[] = [
  // It tells the demo that others wait for.
  'test/e2e/portal.test.ts',
  'test/e2e/crash-paying.test.ts',
  'src/domain/ledger/ledger.test.ts',
  'test/e2e/one-bill.test.ts',
  'test/e2e/office-polish.test.ts',
  'src/prepare-demo.test.ts',
  'test/promises/same-figures.test.ts',
  'test/promises/hostile-texts.test.ts',
  'test/promises/injection.test.ts',
  'test/e2e/start-and-stop.test.ts',
  'src/web/inbound/stripe.test.ts',
  'test/e2e/scanner.test.ts',
  'src/domain/payments/crash.test.ts',
  'test/promises/simulation.test.ts',
  'src/domain/payments/autopay/many.test.ts',
  'test/e2e/several-processes.test.ts',
  'test/e2e/database-dies.test.ts',
  'test/e2e/crash-apart.test.ts',
  'test/e2e/bring-elsewhere.test.ts',
  'test/e2e/import-large.test.ts',
  'test/promises/foreign-down.test.ts',
  'src/web/api/processors.test.ts',
  'test/promises/new-address.test.ts',
  'src/domain/questions/questions.test.ts',
  'src/domain/imports/imports.test.ts',
  'test/promises/rights-that-end.test.ts',
  'test/e2e/crash-importing.test.ts',
  'src/domain/payments/model.test.ts',
  'test/promises/limits.test.ts',
  'src/web/api/rights.test.ts',
  'src/domain/batches/batches.test.ts',
  'src/domain/payments/autopay/days.test.ts',
  'test/promises/erasing.test.ts',
  'test/promises/audit-table.test.ts',
  'test/promises/hanging-processor.test.ts',
  'src/web/api/generated.test.ts',
  'src/domain/payments/checkout/checkout.test.ts',
  'src/domain/charges/model.test.ts',
  'src/db/backup/archive.test.ts',
  'src/outside/cards/sandbox/sandbox.test.ts',
  'test/promises/effects.test.ts',
  'src/domain/exports/exports.test.ts',
  'src/tasks/worker.test.ts',
  'src/domain/imports/prepare.test.ts',
  'src/db/embedded.test.ts',
  'test/promises/canaries.test.ts',
  'src/domain/reminders/reminders.test.ts',
  'src/db/migrator.test.ts',
];

const placeOf = ({ moduleId }: TestSpecification): number => {
  const at = longest.findIndex((path) => moduleId.endsWith(`/${path}`));
  return at === -1 ? longest.length : at;
};

/** The order of files: what takes longest first, what is not named after it as Vitest would have it. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => placeOf(a) - placeOf(b));
  }
}
