import type { Hono } from 'hono';
import type { Base } from './boot.ts';
import { ownerWorkOf } from './db/erase/owner-work.ts';
import { demoLines, readDemoFile } from './demo-file.ts';
import { deadAddresses } from './domain/demo/cast.ts';
import { accountOf } from './domain/processors/processors.ts';
import { remembered } from './domain/processors/remembered.ts';
import { drawings } from './outgoing/pdf/press.ts';
import { pdfTemplates } from './outgoing/pdf/templates.ts';
import { sandboxGateway } from './outside/cards/sandbox-gateway.ts';
import { type SandboxProcess, startSandbox } from './outside/cards/sandbox-process.ts';
import { stripeGateway, stripePlace } from './outside/cards/stripe-gateway.ts';
import { textRecords } from './outside/dns/text-records.ts';
import { startImageMaker } from './outside/images/image-maker.ts';
import { keysOf } from './outside/keys.ts';
import { demoPost } from './outside/mail/demo-post.ts';
import { makeDkimPair } from './outside/mail/dkim.ts';
import { readMailReports } from './outside/mail/reports/reports.ts';
import { keptGateway, smtpGateway } from './outside/mail/smtp.ts';
import { outboundClient } from './outside/outbound/outbound.ts';
import { startPdfRenderer } from './outside/pdf/renderer.ts';
import { localFileStore } from './outside/storage/file-store.ts';
import { readGuide, resetDemo } from './prepare-demo.ts';
import { href } from './routes.ts';
import { autopayTick, chargeAutopayTask, tendAutopayTask } from './tasks/autopay.ts';
import { chargeLateFeesTick } from './tasks/charge-late-fees.ts';
import { checkSendingDomainsTick } from './tasks/check-sending-domains.ts';
import { closeCheckoutsTask } from './tasks/close-checkouts.ts';
import { catchUpTick, compareTick, fetchFeesTick, fetchPayoutsTick } from './tasks/compare-processors.ts';
import { countAnnounced } from './tasks/count-announcements.ts';
import { countQuestionsTask } from './tasks/count-questions.ts';
import { deliverWebhooks } from './tasks/deliver-webhooks.ts';
import { drawRecordTask } from './tasks/draw-record.ts';
import { endAnnouncementsTick } from './tasks/end-announcements.ts';
import { eraseRestTask, eraseTick } from './tasks/erase-rest.ts';
import { findInvoiceTask } from './tasks/find-invoice.ts';
import { followDecisionTask } from './tasks/follow-decision.ts';
import { handOnEventsTask, sweepDeliveriesTick, webhooksTick } from './tasks/hand-on-events.ts';
import { indexPersonTask } from './tasks/index-person.ts';
import { mailAccessTask } from './tasks/mail-access.ts';
import { mailCodeTask } from './tasks/mail-code.ts';
import { mailInviteTask } from './tasks/mail-invite.ts';
import { mailNoticeTask } from './tasks/mail-notice.ts';
import { mailQuestionTask } from './tasks/mail-question.ts';
import { mailStatementsTick } from './tasks/mail-statements.ts';
import { endExportsTick, makeExportTask } from './tasks/make-export.ts';
import { publishPayChangeTask } from './tasks/publish-pay-change.ts';
import { publishProcessorTask } from './tasks/publish-processor.ts';
import { reconcileTick } from './tasks/reconcile-payments.ts';
import { remindEstimatesTick } from './tasks/remind-estimates.ts';
import { renderPdfTask } from './tasks/render-pdf.ts';
import { renewLinkTask } from './tasks/renew-link.ts';
import { runBatchTask } from './tasks/run-batch.ts';
import { reviveImportsTick, runImportTask } from './tasks/run-import.ts';
import type { Tick } from './tasks/schedule.ts';
import { sendMailTask } from './tasks/send-mail.ts';
import { sendRefundTask } from './tasks/send-refund.ts';
import { remindersTick, sendRemindersTask } from './tasks/send-reminders.ts';
import { sendScheduledTick } from './tasks/send-scheduled.ts';
import { settlePayment } from './tasks/settle-payment.ts';
import { sweepTick } from './tasks/sweep.ts';
import { takeDetailsTask } from './tasks/take-details.ts';
import { tellOfEndingKeysTick } from './tasks/tell-of-ending-keys.ts';
import { verifyBooksTick } from './tasks/verify-books.ts';
import { watchTick } from './tasks/watch.ts';
import type { TaskHandlers } from './tasks/worker.ts';
import { createApp } from './web/app.ts';
import type { Deps, WebEnv } from './web/context.ts';
import type { Readiness } from './web/health.ts';
import { endpointSecret } from './web/inbound/inbound.ts';
import { startLive } from './web/live.ts';

/** Everything that runs on the base: the web, the tasks, the schedule. */
export type Wired = Readonly<{ app: Hono<WebEnv>; deps: Deps; handlers: TaskHandlers; ticks: readonly Tick[]; close: () => Promise<void> }>;

/** How a process on this machine reaches our own server. */
function ownAddress({ config }: Base): string {
  const everywhere = config.host === '0.0.0.0' || config.host === '::';
  return `http://${everywhere ? '127.0.0.1' : config.host}:${config.port}`;
}

/** Every task and what is done again and again, as one process works through them. */
export function tasksOf(deps: Deps): { handlers: TaskHandlers; ticks: readonly Tick[] } {
  const { config } = deps;
  const handlers: TaskHandlers = {
    'charge-autopay': chargeAutopayTask(deps),
    'close-checkouts': closeCheckoutsTask(deps),
    'count-announcements': countAnnounced(deps),
    'count-questions': countQuestionsTask(deps),
    'deliver-webhooks': deliverWebhooks(deps),
    'erase-rest': eraseRestTask(deps),
    'find-invoice': findInvoiceTask(deps),
    'hand-on-events': handOnEventsTask(deps),
    'index-person': indexPersonTask(deps),
    'take-details': takeDetailsTask(deps),
    'make-export': makeExportTask({ ...deps, dataDir: config.dataDir }),
    'mail-access': mailAccessTask(deps),
    'mail-code': mailCodeTask(deps),
    'mail-invite': mailInviteTask(deps),
    'mail-notice': mailNoticeTask(deps),
    'publish-pay-change': publishPayChangeTask(deps),
    'publish-processor': publishProcessorTask(deps),
    'mail-question': mailQuestionTask(deps),
    'render-pdf': renderPdfTask({ database: deps.database, files: deps.files, renderer: deps.pdf, appUrl: config.appUrl }),
    'follow-decision': followDecisionTask(deps),
    'draw-record': drawRecordTask({ database: deps.database, files: deps.files, renderer: deps.pdf, appUrl: config.appUrl }),
    'renew-link': renewLinkTask(deps),
    'run-import': runImportTask(deps),
    'run-batch': runBatchTask({ ...deps, press: { ...deps, ...drawings(config.appUrl) } }),
    'send-mail': sendMailTask({ ...deps, ...config }),
    'send-reminders': sendRemindersTask(deps),
    'send-refund': sendRefundTask(deps),
    'settle-payment': settlePayment(deps),
    'tend-autopay': tendAutopayTask(deps),
  };
  return {
    handlers,
    ticks: [
      autopayTick(deps),
      checkSendingDomainsTick(deps),
      endAnnouncementsTick(deps),
      chargeLateFeesTick(deps),
      eraseTick(deps),
      endExportsTick({ ...deps, dataDir: config.dataDir }),
      reconcileTick(deps),
      catchUpTick(deps),
      fetchFeesTick(deps),
      fetchPayoutsTick(deps),
      compareTick(deps, () => deps.now().toZonedDateTimeISO('UTC').hour),
      reviveImportsTick(deps),
      remindersTick(deps),
      remindEstimatesTick(deps),
      mailStatementsTick(deps),
      sendScheduledTick(deps),
      sweepTick(deps),
      webhooksTick(deps),
      sweepDeliveriesTick(deps),
      tellOfEndingKeysTick(deps),
      verifyBooksTick(deps),
      watchTick({ ...deps, ...config }),
    ],
  };
}

/** Builds each gateway once and hands every part what it needs. `close` ends the child processes and the live feed. */
export async function wire(base: Base, ready?: Readiness): Promise<Wired> {
  const { config, database, secret, store } = base;
  await using stack = new AsyncDisposableStack();
  const keys = keysOf(secret);
  const images = startImageMaker();
  stack.defer(() => images.close());
  const pdf = startPdfRenderer(pdfTemplates);
  stack.defer(() => pdf.close());
  const usual = config.smtpUrl === null ? keptGateway : smtpGateway(config.smtpUrl, config.mailLimits);
  const mail = config.demo ? demoPost(usual, deadAddresses) : usual;
  const sandbox = config.demo ? await startSandboxFor(base, keys.mac('sandbox key')) : null;
  if (sandbox) stack.defer(() => sandbox.close());
  const live = await startLive(store.logins.app, database);
  stack.defer(() => live.close());
  const sandboxAccess = sandbox && {
    url: sandbox.url,
    key: keys.mac('sandbox key'),
    publicUrl: config.appUrl,
    inboundUrl: ownAddress(base),
    secretOf: (business: string) => endpointSecret(keys, 'sandbox', business),
  };
  const files = localFileStore(config.dataDir);
  const deps: Deps = {
    config,
    database,
    keys,
    files,
    pdf,
    images,
    mail,
    mailReports: readMailReports,
    dns: textRecords(),
    dkimPair: makeDkimPair,
    cards: {
      ...(sandboxAccess ? { sandbox: sandboxGateway(sandboxAccess) } : {}),
      stripe: stripeGateway({
        ...stripePlace(config.stripeApiBase),
        accountOf: remembered(
          (business) => accountOf(database, keys, 'stripe', business),
          2_000,
          () => Temporal.Now.instant().epochMilliseconds,
        ),
      }),
    },
    sandboxUrl: sandbox?.url ?? null,
    live,
    outbound: outboundClient({ loopback: config.webhooksToLoopback }),
    ...(ready ? { ready } : {}),
    ...(store.logins.owner ? { ownerWork: ownerWorkOf(store.logins.owner, files) } : {}),
    now: () => Temporal.Now.instant(),
    ...(config.demo ? { demo: { guide: () => readGuide(config.dataDir), reset: () => resetDemo({ base, deps }) } } : {}),
  };
  const rest = stack.move();
  return { app: createApp(deps), deps, ...tasksOf(deps), close: () => rest.disposeAsync() };
}

function startSandboxFor({ config }: Base, key: string): Promise<SandboxProcess> {
  return startSandbox({ folder: `${config.dataDir}/sandbox`, key });
}

/** The lines shown once the doors are open. */
export function banner({ config }: Base): readonly string[] {
  const demo = config.demo ? readDemoFile(config.dataDir, config.appUrl) : null;
  return demo ? demoLines(demo) : ['', `  Office     ${config.appUrl}${href('office', {})}`, ''];
}
