import { Refusal } from '../../core/refusal.ts';
import { firstText } from '../../db/compile.ts';
import type { Scope } from '../../db/scope.ts';
import { choosableQueryOf, type EstimateDesk, readEstimate, readEstimateDesk } from '../../domain/estimates/estimates.ts';
import { besideEstimate } from '../../domain/front/front.ts';
import { sendsFrom } from '../../domain/senders/senders.ts';
import { parseFacts } from '../../outgoing/invoice-facts.ts';
import { choosingOf } from '../portal/estimate/choices.ts';
import { estimatePage } from '../portal/estimate/estimate.tsx';
import type { EstimateExtras } from '../portal/estimate/page-data.ts';
import { answerMailPreview, answerPreview } from '../preview/answer.ts';
import { type DraftedMail, draftedMail } from '../preview/drafted-mail.ts';
import { drawMail } from '../preview/stored-mail.ts';
import type { Page } from '../ui/page.tsx';
import { type Call, type HandlersOf, uuidOf } from './call.ts';
import { readRef } from './present.ts';
import type { estimateSharingOperations } from './schemas/estimate-sharing.ts';

type Handled = 'previewEstimateMail' | 'previewEstimateMailBody' | 'previewEstimatePage';
type At = Readonly<{ params: Readonly<{ estimateId: string }> }>;
const idOf = ({ params }: At): string => uuidOf('estimate', params.estimateId);

/** How an estimate and its mail will look. */
export const estimateSendingHandlers: Pick<HandlersOf<typeof estimateSharingOperations>, Handled> = {
  previewEstimateMail: async (call) => {
    const drafted = await mailDrafted(call);
    const { subject, text } = await drawMail(drafted);
    const { from, replyTo } = drafted.letter;
    const address = (await call.read(sendsFrom)) ?? call.deps.config.mailFrom;
    const sender = { from: `${from.name} <${address}>`, replyTo: replyTo?.address ?? '' };
    return call.answer({ ...sender, to: drafted.to, subject, text, language: drafted.letter.locale });
  },

  previewEstimateMailBody: async (call) => answerMailPreview(call.c, (await drawMail(await mailDrafted(call))).html, new URL(call.deps.config.appUrl).origin),

  previewEstimatePage: async (call) => answerPreview(call.c, await call.read((scope) => pageOf(scope, idOf(call)))),
};

async function mustBeIssued(scope: Scope, documentId: string): Promise<EstimateDesk> {
  const desk = await readEstimateDesk(scope, documentId);
  if (desk.standing.state === 'draft') throw new Refusal('estimate_not_sent');
  return desk;
}

type Previewing = Pick<Call, 'deps' | 'read'> & At & Readonly<{ query: Readonly<{ personId?: string | undefined; note?: string | undefined }> }>;

function mailDrafted(call: Previewing): Promise<DraftedMail> {
  const { personId, note = '' } = call.query;
  return call.read(async (scope) => {
    await mustBeIssued(scope, idOf(call));
    const asked = { documentId: idOf(call), personId: readRef('person', personId, 'personId') ?? null, note, kind: 'estimate_sent' } as const;
    return draftedMail(scope, call.deps, asked);
  });
}

/** The customer's page as it is for somebody who may see all of it and presses nothing. */
async function pageOf(scope: Scope, documentId: string): Promise<Page> {
  await mustBeIssued(scope, documentId);
  const view = await readEstimate(scope, documentId);
  const extras = parseFacts<EstimateExtras>((await firstText(scope, besideEstimate(scope.business, documentId))) ?? '{}');
  const choosing = choosingOf(await firstText(scope, choosableQueryOf(scope.business, documentId)), view.facts.lines, new URLSearchParams());
  const grant = { person: null, name: '', sentTo: null, canPay: true, canAsk: true, preview: true };
  return estimatePage({ view, extras, choosing, grant, undoUntil: null }, view.facts.document.language, '');
}
