import type { z } from '@hono/zod-openapi';
import { publicId } from '../../core/ids.ts';
import { recordCode } from '../../core/record-code.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Approval } from '../../domain/approvals/approval.ts';
import {
  approveEstimate,
  askDeposit,
  askForChanges,
  billContract,
  brokenApproval,
  declineEstimate,
  listApprovals,
  makeInvoice,
  readApproval,
  undoApproval,
} from '../../domain/approvals/approvals.ts';
import { readEstimate, readEstimateDesk } from '../../domain/estimates/estimates.ts';
import { sendEstimate } from '../../domain/links/links.ts';
import { listMails } from '../../domain/mails/mails.ts';
import { paperToRead } from '../../domain/papers/papers.ts';
import { recordPaper } from '../../domain/papers/record.ts';
import { drawings } from '../../outgoing/pdf/press.ts';
import { type HandlersOf, uuidOf } from './call.ts';
import { estimateShown } from './estimate-shown.ts';
import { invoiceShown } from './invoice-shown.ts';
import { idOrNull, plain, plainOrNull, readRef } from './present.ts';
import { readChoices } from './read-estimate.ts';
import type { approval, approvalOperations } from './schemas/approvals.ts';
import { presentSent } from './sending.ts';
import { sendFile } from './upload.ts';

type Operations = typeof approvalOperations;
type At = Readonly<{ params: Readonly<{ estimateId: string }> }>;
const idOf = ({ params }: At): string => uuidOf('estimate', params.estimateId);

export const approvalHandlers: HandlersOf<Operations> = {
  sendEstimate: (call) =>
    call.act(async (scope) => {
      const documentId = idOf(call);
      const personIds = call.body.personIds.map((id, at) => readRef('person', id, `personIds[${at}]`));
      const { mails } = await sendEstimate(scope, call.deps.keys, { documentId, personIds, note: call.body.note });
      const queued = await listMails(scope, { documentId, limit: 100 });
      return { estimate: await estimateShown(scope, documentId), mails: mails.flatMap(({ personId, mailId }) => presentSent(personId, mailId, queued)) };
    }),

  approveEstimate: (call) =>
    call.act(async (scope) => {
      const { choices, totalMinor, poNumber = '', ...by } = call.body;
      const said = { ...pressOf(call, by), choices: readChoices(choices ?? {}), totalMinor: BigInt(totalMinor), poNumber, acceptTerms: true };
      await approveEstimate(scope, said);
      return estimateShown(scope, idOf(call));
    }),

  declineEstimate: (call) =>
    call.act(async (scope) => {
      await declineEstimate(scope, { ...pressOf(call, call.body), lineReasons: reasonsOf(call.body.lineReasons) });
      return estimateShown(scope, idOf(call));
    }),

  requestEstimateChanges: (call) =>
    call.act(async (scope) => {
      await askForChanges(scope, { ...pressOf(call, call.body), lineReasons: reasonsOf(call.body.lineReasons) });
      return estimateShown(scope, idOf(call));
    }),

  undoEstimateApproval: (call) =>
    call.act(async (scope) => {
      await undoApproval(scope, pressOf(call, call.body));
      return estimateShown(scope, idOf(call));
    }),

  invoiceEstimate: (call) => call.act(async (scope) => invoiceShown(scope, (await makeInvoice(scope, idOf(call))).id)),

  billContract: (call) =>
    call.act(async (scope) => {
      const draft = await billContract(scope, idOf(call), call.body.bill, call.body.retainagePpm);
      return invoiceShown(scope, draft.id);
    }),

  askEstimateDeposit: (call) =>
    call.act(async (scope) => {
      await askDeposit(scope, idOf(call));
      return estimateShown(scope, idOf(call));
    }),

  listApprovals: async (call) => {
    const { estimateId, customerId, kind, cursor, limit } = call.query;
    const of = { documentId: readRef('estimate', estimateId, 'estimateId'), customerId: readRef('customer', customerId, 'customerId') };
    const { rows, next } = await call.read(async (scope) => {
      if (of.documentId !== undefined) await readEstimateDesk(scope, of.documentId);
      return listApprovals(scope, { ...of, kind, cursor, limit });
    });
    return call.answer({ items: rows.map(presentApproval), nextCursor: next });
  },

  checkApprovals: async (call) => {
    const broken = await call.read(brokenApproval);
    return call.answer({ broken: broken && { seq: plain(broken.seq), what: broken.what } });
  },

  readApproval: async (call) => {
    const found = await call.read((scope) => readApproval(scope, uuidOf('approval', call.params.approvalId)));
    return call.answer({ ...presentApproval(found), facts: found.facts });
  },

  readApprovalRecord: async (call) => {
    const id = uuidOf('approval', call.params.approvalId);
    await call.read((scope) => readApproval(scope, id));
    const record = await recordPaper({ ...call.deps, ...drawings(call.deps.config.appUrl) }, call.grant.business ?? '', id, null);
    if (record === null) throw new Refusal('busy');
    return sendFile(call.c, { bytes: record.bytes, contentType: 'application/pdf', name: record.name, inline: true });
  },

  readEstimatePdf: async (call) => {
    const { number, revision } = (await call.read((scope) => readEstimate(scope, idOf(call)))).facts.document;
    const bytes = await paperToRead({ ...call.deps, ...drawings(call.deps.config.appUrl) }, call.grant.business ?? '', idOf(call));
    if (bytes === null) throw new Refusal('busy');
    return sendFile(call.c, { bytes, contentType: 'application/pdf', name: `${number}${revision > 1 ? `-${revision}` : ''}.pdf`, inline: true });
  },
};

type Said = Readonly<{ personId: string | null; typedName: string; reason: string }>;

/** Whose word the office records: known to the office, and to nobody else. */
function pressOf(at: At, { personId, typedName, reason }: Said) {
  return { documentId: idOf(at), personId: readRef('person', personId, 'personId'), typedName, reason, identifiedBy: 'office' as const };
}

function reasonsOf(reasons: readonly { lineId: string; reason: string }[]) {
  return reasons.map(({ lineId, reason }, at) => ({ lineId: readRef('line', lineId, `lineReasons[${at}].lineId`), reason }));
}

function presentApproval(of: Approval): z.input<typeof approval> {
  const { kind, number, revision, currency, poNumber, reason, typedName, recordedName, role, identifiedBy, identifiedAs } = of;
  const { at, timeZone, address, browser, termsSha256, factsSha256, previousHash, hash } = of;
  return {
    id: publicId('approval', of.id),
    seq: plain(of.seq),
    ...{ kind, number, revision, currency, poNumber, reason, typedName, recordedName, role, identifiedBy, identifiedAs },
    ...{ at, timeZone, address, browser, termsSha256, factsSha256, previousHash, hash },
    code: recordCode(of.seq, hash),
    estimateId: publicId('estimate', of.documentId),
    customerId: publicId('customer', of.customerId),
    propertyId: idOrNull('property', of.propertyId),
    personId: idOrNull('person', of.personId),
    ...{ totalMinor: plain(of.totalMinor), taxMinor: plain(of.taxMinor), depositMinor: plain(of.depositMinor), limitMinor: plainOrNull(of.limitMinor) },
    lineReasons: of.lineReasons.map((each) => ({ ...each, lineId: publicId('line', each.lineId) })),
    first: presentFirst(of.further.first),
    insteadOf: of.further.instead ? { ...of.further.instead, personId: publicId('person', of.further.instead.personId) } : null,
    undoes: idOrNull('approval', of.undoes),
  };
}

function presentFirst(of: Approval['further']['first']): z.input<typeof approval>['first'] {
  if (of === undefined) return null;
  const { approvalId, personId, typedName, at, hash } = of;
  return { id: publicId('approval', approvalId), personId: publicId('person', personId), typedName, at, hash };
}
