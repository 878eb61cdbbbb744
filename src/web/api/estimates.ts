import { propertyTitles } from '../../domain/desk/desk.ts';
import type { EstimateRules } from '../../domain/estimates/estimate.ts';
import {
  changesOf,
  computeChoice,
  copyEstimate,
  countTabs,
  createDraft,
  discardDraft,
  duplicateEstimate,
  estimateTotals,
  extendEstimate,
  issueEstimate,
  listEstimates,
  previewTotals,
  readDraft,
  readEstimateDesk,
  readRules,
  reviseEstimate,
  saveDraft,
  saveRules,
  showEstimate,
  withdrawEstimate,
} from '../../domain/estimates/estimates.ts';
import { type AnswerOf, type HandlersOf, uuidOf } from './call.ts';
import { estimateShown } from './estimate-shown.ts';
import { given } from './given.ts';
import { plain, plainOrNull, readRef } from './present.ts';
import { presentChange, presentChosen, presentEstimateRow, presentSums } from './present-estimate.ts';
import { readChoices, readEstimatePatch, readEstimatePreview } from './read-estimate.ts';
import type { estimateOperations } from './schemas/estimates.ts';
import { timelineOf } from './timeline.ts';

type Operations = typeof estimateOperations;
type At = Readonly<{ params: Readonly<{ estimateId: string }> }>;
const idOf = ({ params }: At): string => uuidOf('estimate', params.estimateId);

export const estimateHandlers: HandlersOf<Operations> = {
  listEstimates: async (call) => {
    const { tab = 'all', sort, cursor, limit, ...filters } = call.query;
    const { rows, next, today } = await call.read((scope) => listEstimates(scope, { ...filterOf(filters), tab, sort, cursor, limit }));
    return call.answer({ items: rows.map((row) => presentEstimateRow(row, today)), nextCursor: next });
  },

  totalEstimates: async (call) => {
    const { sums, tabs } = await call.read(async (scope) => ({ sums: await estimateTotals(scope), tabs: await countTabs(scope, filterOf(call.query)) }));
    const { waitingMinor, expiringMinor, approvedThisMonthMinor, winRatePpm, ...rest } = sums;
    const amounts = { waitingMinor: plain(waitingMinor), expiringMinor: plain(expiringMinor), approvedThisMonthMinor: plain(approvedThisMonthMinor) };
    return call.answer({ ...rest, ...amounts, winRatePpm: plainOrNull(winRatePpm), tabs });
  },

  createEstimate: (call) =>
    call.act(async (scope) => {
      const { id, ...body } = call.body;
      const draft = await createDraft(scope, readEstimatePatch(body), readRef('estimate', id, 'id'));
      return estimateShown(scope, draft.id);
    }),

  previewEstimate: async (call) => {
    const answer = await call.read(async (scope) => {
      const preview = await previewTotals(scope, readEstimatePreview(call.body), call.body.changeOrder);
      const parts = preview.totals.parts.map((part) => part.part);
      return presentSums(preview, await propertyTitles(scope, parts));
    });
    return call.answer(answer);
  },

  readEstimate: async (call) => call.answer(await call.read((scope) => estimateShown(scope, idOf(call)))),

  saveEstimate: (call) =>
    call.act(async (scope) => {
      const { body } = await readDraft(scope, idOf(call));
      await saveDraft(scope, { documentId: idOf(call), version: call.version, body: { ...body, ...readEstimatePatch(call.body) } });
      return estimateShown(scope, idOf(call));
    }),

  discardEstimate: (call) =>
    call.act(async (scope) => {
      await discardDraft(scope, idOf(call));
      return null;
    }),

  issueEstimate: (call) =>
    call.act(async (scope) => {
      await issueEstimate(scope, idOf(call), { show: call.body.show, version: call.version });
      return estimateShown(scope, idOf(call));
    }),

  showEstimate: (call) =>
    call.act(async (scope) => {
      await showEstimate(scope, idOf(call));
      return estimateShown(scope, idOf(call));
    }),

  reviseEstimate: (call) => call.act(async (scope) => estimateShown(scope, (await reviseEstimate(scope, idOf(call))).id)),

  withdrawEstimate: (call) =>
    call.act(async (scope) => {
      await withdrawEstimate(scope, { documentId: idOf(call), reason: call.body.reason });
      return estimateShown(scope, idOf(call));
    }),

  extendEstimate: (call) =>
    call.act(async (scope) => {
      await extendEstimate(scope, { documentId: idOf(call), validUntil: call.body.validUntil });
      return estimateShown(scope, idOf(call));
    }),

  duplicateEstimate: (call) => call.act(async (scope) => estimateShown(scope, (await duplicateEstimate(scope, idOf(call))).id)),

  copyEstimate: (call) =>
    call.act(async (scope) => {
      const propertyIds = call.body.propertyIds.map((id, at) => readRef('property', id, `propertyIds[${at}]`));
      const items = [];
      for (const { id } of await copyEstimate(scope, idOf(call), propertyIds)) items.push(await estimateShown(scope, id));
      return { items };
    }),

  compareEstimates: async (call) => {
    const fromId = readRef('estimate', call.query.from, 'from');
    const changes = await call.read((scope) => changesOf(scope, fromId, idOf(call)));
    return call.answer({ items: changes.map(presentChange) });
  },

  chooseOfEstimate: async (call) => call.answer(presentChosen(await call.read((scope) => computeChoice(scope, idOf(call), readChoices(call.body))))),

  estimateTimeline: async (call) => {
    const documentId = idOf(call);
    const answer = await call.read(async (scope) => {
      await readEstimateDesk(scope, documentId);
      return timelineOf(scope, { documentId }, call.query);
    });
    return call.answer(answer);
  },

  readEstimateRules: async (call) => call.answer(presentRules(await call.read(readRules))),

  changeEstimateRules: (call) => call.act(async (scope) => presentRules(await saveRules(scope, given(call.body)))),
};

type Filters = Readonly<{
  customerId?: string | undefined;
  propertyId?: string | undefined;
  q?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}>;

function filterOf({ customerId, propertyId, q, from, to }: Filters) {
  return {
    ...{ search: q, from, to },
    customerId: readRef('customer', customerId, 'customerId'),
    propertyId: readRef('property', propertyId, 'propertyId'),
  };
}

function presentRules(of: EstimateRules): AnswerOf<Operations['readEstimateRules']> {
  return { ...of, codeThresholdMinor: plainOrNull(of.codeThresholdMinor) };
}
