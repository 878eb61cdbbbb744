/** Every address people meet, in one place: pages, redirects, mails and tests make theirs with `href`. */
export const paths = {
  frontDoor: '/:business',
  sendCode: '/:business/code',
  enterCode: '/:business/code/enter',
  enterByLink: '/:business/enter/:code',
  find: '/:business/find',
  logo: '/:business/logo/:sha256',
  verify: '/:business/verify',

  link: '/:business/l/:token',
  stop: '/:business/stop/:token',
  document: '/:business/d/:document',
  documentPdf: '/:business/d/:document/pdf',
  documentFile: '/:business/d/:document/files/:file',
  documentVisit: '/:business/d/:document/visits/:visit',
  documentSeen: '/:business/d/:document/seen',
  documentEvents: '/:business/d/:document/events',
  documentClose: '/:business/d/:document/close',
  documentPeople: '/:business/d/:document/people',
  documentShare: '/:business/d/:document/share',
  documentConfirm: '/:business/d/:document/confirm',
  documentRenew: '/:business/d/:document/new-link',
  pay: '/:business/d/:document/pay',
  payReturn: '/:business/d/:document/pay/:payment/return',
  receipt: '/:business/d/:document/receipts/:payment',
  receiptPdf: '/:business/d/:document/receipts/:payment/pdf',
  approvalPdf: '/:business/d/:document/approvals/:approval/pdf',
  creditNotePdf: '/:business/d/:document/credit-notes/:note/pdf',
  ask: '/:business/d/:document/ask',
  approve: '/:business/d/:document/approve',
  decline: '/:business/d/:document/decline',
  askForChanges: '/:business/d/:document/changes',
  undoApproval: '/:business/d/:document/undo',
  announce: '/:business/d/:document/announce',
  questionCharge: '/:business/d/:document/question',
  withdrawQuestion: '/:business/d/:document/question/:question/withdraw',

  home: '/:business/home',
  invoices: '/:business/invoices',
  invoiceFiles: '/:business/invoices/files',
  invoicesCsv: '/:business/invoices/csv',
  estimates: '/:business/estimates',
  approveSeveral: '/:business/estimates/approve',
  visits: '/:business/visits',
  visit: '/:business/visits/:visit',
  visitCalendar: '/:business/visits/:visit/calendar',
  visitPhoto: '/:business/visits/:visit/photos/:file',
  payments: '/:business/payments',
  payment: '/:business/payments/:payment',
  paymentPdf: '/:business/payments/:payment/pdf',
  account: '/:business/account',
  accountCsv: '/:business/account/csv',
  accountPdf: '/:business/account/pdf',
  accountMonthly: '/:business/account/monthly',
  payMany: '/:business/pay',
  payManyReturn: '/:business/pay/:payment/return',
  more: '/:business/more',
  profile: '/:business/profile',
  properties: '/:business/properties',
  property: '/:business/properties/:property',
  billing: '/:business/billing',
  shelf: '/:business/documents',
  shelfFile: '/:business/documents/:paper',
  messages: '/:business/messages',
  newMessage: '/:business/messages/new',
  messageEvents: '/:business/messages/live',
  message: '/:business/messages/:thread',
  messageSeen: '/:business/messages/:thread/seen',
  messageFile: '/:business/messages/:thread/files/:file',
  linesCsv: '/:business/lines/csv',
  linesZip: '/:business/lines/zip',
  away: '/:business/away',
  methods: '/:business/methods',
  methodAdded: '/:business/methods/:method/added',
  method: '/:business/methods/:method',
  autopayTerms: '/:business/autopay',
  people: '/:business/people',
  invitePerson: '/:business/people/:customer/invite',
  person: '/:business/people/:customer/:person',
  removePerson: '/:business/people/:customer/:person/remove',
  devices: '/:business/devices',
  everything: '/:business/elsewhere',
  joinAccount: '/:business/join/:token',
  signOut: '/:business/sign-out',

  office: '/office/',
  officeInvoice: '/office/invoices/:document',
  officeEstimate: '/office/estimates/:document',
  officeField: '/office/field',
  officeInbox: '/office/inbox',
  officeSettings: '/office/settings/:section',
  officeJoin: '/office/join',
} as const;

export type Place = keyof typeof paths;
type NamesIn<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | NamesIn<Rest>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;
export type Params<P extends Place> = { readonly [Name in NamesIn<(typeof paths)[P]>]: string };

/** Each path as the texts between its names, and the names. */
const pieces = Object.fromEntries(Object.entries(paths).map(([place, path]) => [place, path.split(/:(\w+)/)])) as unknown as Readonly<
  Record<Place, readonly string[]>
>;

/** The address of a place: `href('document', { business: 'paper-otter', document: 'inv_…' })`. Empty query values are left out. */
export function href<P extends Place>(place: P, params: Params<P>, query: Readonly<Record<string, string | null | undefined>> = {}): string {
  const values = params as Readonly<Record<string, string>>;
  let path = '';
  for (const [at, piece] of pieces[place].entries()) path += at % 2 === 0 ? piece : encodeURIComponent(values[piece] ?? '');
  const asked = Object.entries(query).filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '');
  return asked.length === 0 ? path : `${path}?${new URLSearchParams(asked).toString()}`;
}
