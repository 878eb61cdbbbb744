import { type Context, Hono } from 'hono';
import { Refusal } from '../../core/refusal.ts';
import { paths } from '../../routes.ts';
import type { Deps, WebContext, WebEnv } from '../context.ts';
import { portalScript, portalScriptPath } from '../ui/script.ts';
import { agreeToTerms, showTerms } from './account/autopay-terms.tsx';
import { saveAway, showAway } from './account/away.tsx';
import { saveBilling, showBilling } from './account/billing.tsx';
import { showDevices, signOutDevices } from './account/devices.tsx';
import { showEstimates } from './account/estimates.tsx';
import { showEverything } from './account/everything.tsx';
import { showHome } from './account/home.tsx';
import { sendInvoiceFiles, sendInvoicesCsv } from './account/invoice-files.ts';
import { showInvoices } from './account/invoices.tsx';
import { changeMethods, showMethodAdded, showMethods, showRemoveMethod } from './account/methods.tsx';
import { sendLinesCsv, sendLinesZip } from './account/month.ts';
import { saveMonthly } from './account/monthly.tsx';
import { showMore } from './account/more.tsx';
import { sendPaymentPdf, showPayment, showPayments } from './account/payments.tsx';
import { saveProfile, showProfile } from './account/profile.tsx';
import { showProperties } from './account/properties.tsx';
import { showProperty } from './account/property.tsx';
import { sendStatementCsv, sendStatementPdf, showStatement } from './account/statement.tsx';
import { sendAnnounce, showAnnounce } from './asking/announce.tsx';
import { sendAsk, showAsk } from './asking/ask.tsx';
import { sendQuestion, showQuestion, withdraw } from './asking/charge.ts';
import { confirmByCode, showConfirm } from './door/confirm.tsx';
import { findInvoice, showDoor, showFound } from './door/door.tsx';
import { sendJoin, showJoin } from './door/join.tsx';
import { openLink, renewFromDocument, renewFromLink } from './door/link.tsx';
import { enterCode, leave, sendCode, showEnterByLink, showEnterCode } from './door/sign-in.tsx';
import { saveStop, showStop } from './door/stop.tsx';
import { sendApprove, showApprove } from './estimate/approve.tsx';
import { sendApproveSeveral, showApproveSeveral } from './estimate/approve-several.tsx';
import { showEstimate } from './estimate/estimate.tsx';
import { sendEstimatePdf, sendRecordPdf } from './estimate/papers.ts';
import { sendChanges, sendDecline, sendUndo, showChanges, showDecline, showUndo } from './estimate/turn-down.tsx';
import { closeDocument, showInvoice, tellSeen } from './invoice/invoice.tsx';
import { followDocument } from './invoice/live.ts';
import { sendAttachment, sendCreditNotePdf, sendPdf, sendReceiptPdf } from './invoice/papers.ts';
import { endShared, showPeople as showOpeners } from './invoice/people.tsx';
import { sendLogo } from './logo.ts';
import { followMessages, sendMessageFile, sendReply, showMessage, showMessages, tellRead } from './messages/messages.tsx';
import { sendNewMessage, showNewMessage } from './messages/writing.tsx';
import { showPayMany, startPayMany } from './pay/many.tsx';
import { showPay, startPay } from './pay/pay.tsx';
import { showReceipt } from './pay/receipt.tsx';
import { showManyReturn, showReturn } from './pay/return.tsx';
import { sendInvite, showInvite } from './people/invite.tsx';
import { showPeople } from './people/people-page.tsx';
import { savePerson, sendRemovePerson, showPerson, showRemovePerson } from './people/person.tsx';
import { sendShare, showShare } from './people/share.tsx';
import { requestPaper, sendShelfFile, showShelf } from './shelf/shelf.tsx';
import { type UsedLinks, usedLinks } from './used-links.ts';
import { checkRecord, showVerify } from './verify/verify.tsx';
import { kindIn } from './visit.ts';
import { sendVisitCalendar, sendVisitPhoto, showDocumentVisit, showVisit } from './visits/visit.tsx';
import { showVisits } from './visits/visits.tsx';

type Answer = (c: WebContext, deps: Deps) => Promise<Response>;
type Room = readonly [method: 'get' | 'post', path: string, answer: Answer];

/** A document's own page and paper, by what kind of document its address names. */
const showDocument: Answer = (c, deps) => (kindIn(c) === 'estimate' ? showEstimate : showInvoice)(c, deps);
const sendPaper: Answer = (c, deps) => (kindIn(c) === 'estimate' ? sendEstimatePdf : sendPdf)(c, deps);

/** Rooms that only invoices have, and only estimates: under another address there is nothing. */
const only =
  (kind: 'invoice' | 'estimate', answer: Answer): Answer =>
  async (c, deps) => {
    if (kindIn(c) !== kind) throw new Refusal('not_found');
    return answer(c, deps);
  };
const bill = (answer: Answer): Answer => only('invoice', answer);
const offer = (answer: Answer): Answer => only('estimate', answer);

const rooms: readonly Room[] = [
  ['get', paths.document, showDocument],
  ['post', paths.documentSeen, tellSeen],
  ['get', paths.documentEvents, followDocument],
  ['get', paths.documentPdf, sendPaper],
  ['get', paths.documentFile, sendAttachment],
  ['get', paths.documentVisit, bill(showDocumentVisit)],
  ['get', paths.documentPeople, showOpeners],
  ['post', paths.documentPeople, endShared],
  ['get', paths.documentShare, showShare],
  ['post', paths.documentShare, sendShare],
  ['get', paths.documentConfirm, showConfirm],
  ['post', paths.documentConfirm, confirmByCode],
  ['post', paths.documentClose, closeDocument],
  ['post', paths.documentRenew, renewFromDocument],
  ['get', paths.pay, bill(showPay)],
  ['post', paths.pay, bill(startPay)],
  ['get', paths.payReturn, bill(showReturn)],
  ['get', paths.receipt, bill(showReceipt)],
  ['get', paths.receiptPdf, bill(sendReceiptPdf)],
  ['get', paths.approvalPdf, sendRecordPdf],
  ['get', paths.creditNotePdf, bill(sendCreditNotePdf)],
  ['get', paths.ask, showAsk],
  ['post', paths.ask, sendAsk],
  ['get', paths.approve, offer(showApprove)],
  ['post', paths.approve, offer(sendApprove)],
  ['get', paths.decline, offer(showDecline)],
  ['post', paths.decline, offer(sendDecline)],
  ['get', paths.askForChanges, offer(showChanges)],
  ['post', paths.askForChanges, offer(sendChanges)],
  ['get', paths.undoApproval, offer(showUndo)],
  ['post', paths.undoApproval, offer(sendUndo)],
  ['get', paths.announce, bill(showAnnounce)],
  ['post', paths.announce, bill(sendAnnounce)],
  ['get', paths.questionCharge, bill(showQuestion)],
  ['post', paths.questionCharge, bill(sendQuestion)],
  ['post', paths.withdrawQuestion, bill(withdraw)],
  ['post', paths.link, renewFromLink],
  ['get', paths.stop, showStop],
  ['post', paths.stop, saveStop],
  ['get', paths.home, showHome],
  ['get', paths.invoices, showInvoices],
  ['get', paths.invoiceFiles, sendInvoiceFiles],
  ['get', paths.invoicesCsv, sendInvoicesCsv],
  ['get', paths.estimates, showEstimates],
  ['get', paths.approveSeveral, showApproveSeveral],
  ['post', paths.approveSeveral, sendApproveSeveral],
  ['get', paths.visits, showVisits],
  ['get', paths.visit, showVisit],
  ['get', paths.visitCalendar, sendVisitCalendar],
  ['get', paths.visitPhoto, sendVisitPhoto],
  ['get', paths.payments, showPayments],
  ['get', paths.payment, showPayment],
  ['get', paths.paymentPdf, sendPaymentPdf],
  ['get', paths.account, showStatement],
  ['get', paths.accountCsv, sendStatementCsv],
  ['get', paths.accountPdf, sendStatementPdf],
  ['post', paths.accountMonthly, saveMonthly],
  ['get', paths.payMany, showPayMany],
  ['post', paths.payMany, startPayMany],
  ['get', paths.payManyReturn, showManyReturn],
  ['get', paths.more, showMore],
  ['get', paths.profile, showProfile],
  ['post', paths.profile, saveProfile],
  ['get', paths.properties, showProperties],
  ['get', paths.property, showProperty],
  ['get', paths.linesCsv, sendLinesCsv],
  ['get', paths.linesZip, sendLinesZip],
  ['get', paths.away, showAway],
  ['post', paths.away, saveAway],
  ['get', paths.methods, showMethods],
  ['post', paths.methods, changeMethods],
  ['get', paths.methodAdded, showMethodAdded],
  ['get', paths.method, showRemoveMethod],
  ['get', paths.autopayTerms, showTerms],
  ['post', paths.autopayTerms, agreeToTerms],
  ['get', paths.people, showPeople],
  ['get', paths.invitePerson, showInvite],
  ['post', paths.invitePerson, sendInvite],
  ['get', paths.person, showPerson],
  ['post', paths.person, savePerson],
  ['get', paths.removePerson, showRemovePerson],
  ['post', paths.removePerson, sendRemovePerson],
  ['get', paths.everything, showEverything],
  ['get', paths.devices, showDevices],
  ['post', paths.devices, signOutDevices],
  ['get', paths.joinAccount, showJoin],
  ['post', paths.joinAccount, sendJoin],
  ['get', paths.billing, showBilling],
  ['post', paths.billing, saveBilling],
  ['get', paths.shelf, showShelf],
  ['post', paths.shelf, requestPaper],
  ['get', paths.shelfFile, sendShelfFile],
  ['get', paths.messages, showMessages],
  ['get', paths.newMessage, showNewMessage],
  ['post', paths.newMessage, sendNewMessage],
  ['get', paths.messageEvents, followMessages],
  ['get', paths.message, showMessage],
  ['post', paths.message, sendReply],
  ['post', paths.messageSeen, tellRead],
  ['get', paths.messageFile, sendMessageFile],
  ['post', paths.signOut, leave],
  ['post', paths.sendCode, sendCode],
  ['get', paths.enterCode, showEnterCode],
  ['post', paths.enterCode, enterCode],
  ['get', paths.enterByLink, showEnterByLink],
  ['get', paths.find, showFound],
  ['post', paths.find, findInvoice],
  ['get', paths.verify, showVerify],
  ['post', paths.verify, checkRecord],
  ['get', paths.logo, sendLogo],
  ['get', paths.frontDoor, showDoor],
];

/** Every page a customer meets. Addresses begin with a business, so these rooms come after all others. */
export function portalRoutes(deps: Deps, used: UsedLinks = usedLinks(deps.database)): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get(portalScriptPath, (c) => {
    c.header('Content-Type', 'text/javascript; charset=UTF-8');
    c.header('Cache-Control', 'public, max-age=31536000, immutable');
    return c.body(portalScript);
  });
  app.get(paths.link, (c) => openLink(c, deps, used));
  for (const [method, path, answer] of rooms) {
    app[method](path, (c: Context<WebEnv>) => {
      c.set('room', path);
      return answer(c, deps);
    });
  }
  return app;
}
