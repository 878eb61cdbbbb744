import type { Locale } from '../../../core/locale.ts';
import { formatMoney } from '../../../core/money-format.ts';
import { type Words, words } from '../../../core/words/words.ts';
import { type Instrument, instruments, payPath } from './bank.ts';
import { type Html, html } from './html.ts';
import type { Payment, Session } from './model.ts';

/** The hosted pages: plain HTML without scripts, in the reader's language, always marked as test. */
export function page(locale: Locale, title: string, body: Html): string {
  const { sandbox } = words(locale);
  return html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="stylesheet" href="/sandbox/style.css">
</head>
<body>
<p class="banner"><strong>${sandbox.testMode}</strong> ${sandbox.banner}</p>
<main>${body}</main>
</body>
</html>`.text;
}

const amountOf = (session: Session): string => formatMoney(BigInt(session.amount), session.currency, session.locale);

/** Whom, how much, what for; `title` instead of the name where the page has no other heading. */
function head(session: Session, title?: string): Html {
  const first = title === undefined ? html`<p class="payee">${session.payee}</p>` : html`<h1 class="payee">${title}</h1>`;
  return html`<header>${first}<p class="amount">${amountOf(session)}</p><p class="what">${session.description}</p></header>`;
}

const labels: Readonly<
  Record<
    Instrument,
    keyof Words['sandbox'] & ('cardSuccess' | 'cardConfirm' | 'cardDeclined' | 'cardNoMoney' | 'cardStops' | 'cardExpiring' | 'bankClears' | 'bankReturns')
  >
> = {
  card_success: 'cardSuccess',
  card_confirm: 'cardConfirm',
  card_declined: 'cardDeclined',
  card_no_money: 'cardNoMoney',
  card_stops: 'cardStops',
  card_expiring: 'cardExpiring',
  bank_clears: 'bankClears',
  bank_returns: 'bankReturns',
};

export const labelOf = (instrument: Instrument) => labels[instrument];
/** Those that differ only once they are saved are not among the ways to pay now. */
const savedOnly: ReadonlySet<Instrument> = new Set(['card_stops', 'card_expiring']);

/** Choose a test card or account, and pay. */
export function payPage(session: Session): string {
  const { sandbox, pay } = words(session.locale);
  const title = sandbox.title(session.payee);
  const group = (method: 'card' | 'bank', legend: string): Html => {
    const options = (Object.keys(instruments) as Instrument[]).filter((each) => instruments[each].method === method && !savedOnly.has(each));
    return html`<fieldset><legend>${legend}</legend>${options.map((each) => option(session, each))}</fieldset>`;
  };
  const groups = session.methods.map((method) => group(method, method === 'card' ? sandbox.cardTitle : sandbox.bankTitle));
  const failures = { declined: pay.declined, insufficient_funds: pay.insufficientFunds, confirmation_failed: sandbox.stopped } as const;
  const failure = session.failure !== null && session.failure in failures ? failures[session.failure as keyof typeof failures] : null;
  return page(
    session.locale,
    title,
    html`${head(session, title)}
${failure === null ? '' : html`<p class="problem" role="alert">${failure}</p>`}
<form method="post" action="${payPath(session.id)}">
${groups}
<button type="submit">${sandbox.pay(amountOf(session))}</button>
</form>
<p class="away"><a href="${session.cancelUrl}">${sandbox.back(session.payee)}</a></p>`,
  );
}

function option(session: Session, instrument: Instrument): Html {
  const first = instruments[instrument].method === session.methods[0] && (instrument === 'card_success' || instrument === 'bank_clears');
  const { label } = instruments[instrument];
  return html`<label><input type="radio" name="instrument" value="${instrument}" required${first ? html` checked` : ''}><span class="means"><span>${
    words(session.locale).sandbox[labels[instrument]]
  }</span><span class="number">${label}</span></span></label>`;
}

/** The payer's bank asks whether it is them. */
export function confirmPage(session: Session): string {
  const { sandbox } = words(session.locale);
  return page(
    session.locale,
    sandbox.confirmTitle,
    html`${head(session)}
<h1>${sandbox.confirmTitle}</h1>
<p>${sandbox.confirmLead(amountOf(session), session.payee)}</p>
<form method="post" action="${payPath(session.id)}/confirm">
<button type="submit" name="answer" value="yes">${sandbox.confirmYes}</button>
<button type="submit" name="answer" value="no" class="quiet">${sandbox.confirmNo}</button>
</form>`,
  );
}

/** A bank debit under way: in the sandbox, whoever looks decides what the bank does. */
export function bankPage(session: Session, payment: Payment): string {
  const { sandbox } = words(session.locale);
  const amount = amountOf(session);
  const back = payment.status === 'failed' || payment.status === 'returned';
  const title = back ? sandbox.cameBackTitle(amount) : payment.status === 'succeeded' ? sandbox.arrivedTitle(amount) : sandbox.onItsWayTitle(amount);
  const press = (decision: 'clear' | 'return', text: string): Html =>
    html`<button type="submit" name="decision" value="${decision}" class="quiet">${text}</button>`;
  const choices = [...(payment.status === 'processing' ? [press('clear', sandbox.letItClear)] : []), ...(back ? [] : [press('return', sandbox.letItComeBack)])];
  return page(
    session.locale,
    title,
    html`${head(session)}
<h1>${title}</h1>
${payment.status === 'processing' ? html`<p>${sandbox.onItsWayLead}</p>` : ''}
<p><a class="button" href="${session.returnUrl}">${sandbox.back(session.payee)}</a></p>
${choices.length === 0 ? '' : html`<form method="post" action="${bankPath(payment.id)}">${choices}</form>`}`,
  );
}

export const bankPath = (payment: string): string => `/sandbox/bank/${payment}`;

/** Somebody comes to a checkout that was ended, or replaced by a newer one. */
export function endedPage(session: Session): string {
  const { sandbox } = words(session.locale);
  return page(
    session.locale,
    sandbox.endedTitle,
    html`<h1>${sandbox.endedTitle}</h1><p>${sandbox.endedLead}</p><p><a class="button" href="${session.cancelUrl}">${sandbox.back(session.payee)}</a></p>`,
  );
}

export function notHerePage(locale: Locale): string {
  const { sandbox } = words(locale);
  return page(locale, sandbox.notHereTitle, html`<h1>${sandbox.notHereTitle}</h1>`);
}

export const stylesheet = `:root{color-scheme:light dark;--ink:#1b1f24;--soft:#57606a;--line:#d6dade;--ground:#f6f7f8;--paper:#fff;--accent:#2b4c9b;--on:#fff;--warn:#8a2a1b;--mark:#fff4c2;--mark-ink:#5b4700}
@media (prefers-color-scheme:dark){:root{--ink:#e8eaed;--soft:#a6adb5;--line:#3a4048;--ground:#15181c;--paper:#1e2227;--accent:#9db4f5;--on:#10131a;--warn:#ffb4a3;--mark:#4a3d0c;--mark-ink:#ffe9a3}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}
.banner{margin:0;padding:.6rem 1rem;background:var(--mark);color:var(--mark-ink);text-align:center;font-size:.9rem}
.banner strong{margin-inline-end:.5rem}
h1{font-size:1.15rem;margin:0 0 .75rem;overflow-wrap:anywhere}
main{max-width:28rem;margin:1.5rem auto;padding:1.5rem;background:var(--paper);border:1px solid var(--line);border-radius:14px}
header{padding-bottom:1rem;margin-bottom:1rem;border-bottom:1px solid var(--line)}
header p{margin:0}
.payee{margin:0;color:var(--soft);overflow-wrap:anywhere;font-size:1rem;font-weight:400}
.amount{font-size:2.1rem;font-weight:650;font-variant-numeric:tabular-nums;line-height:1.25}
.what{color:var(--soft);overflow-wrap:anywhere}
fieldset{border:0;padding:0;margin:0 0 1.25rem}
legend{padding:0;margin-bottom:.4rem;font-weight:600}
label{display:flex;align-items:center;gap:.75rem;min-height:48px;padding:.5rem .75rem;border:1px solid var(--line);border-bottom-width:0;cursor:pointer}
label:first-of-type{border-radius:10px 10px 0 0}
label:last-of-type{border-radius:0 0 10px 10px;border-bottom-width:1px}
label:has(:checked){background:color-mix(in srgb,var(--accent) 10%,transparent)}
input{width:1.15rem;height:1.15rem;flex:none;accent-color:var(--accent)}
.means{flex:1;display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 .75rem}
.number{color:var(--soft);font-size:.85rem;font-variant-numeric:tabular-nums;white-space:nowrap}
button,.button{display:block;width:100%;min-height:48px;padding:.7rem 1rem;border:1px solid var(--accent);border-radius:10px;background:var(--accent);color:var(--on);font:inherit;font-weight:600;text-align:center;text-decoration:none;cursor:pointer}
button+button{margin-top:.6rem}
.quiet{background:none;color:var(--accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.problem{padding:.75rem 1rem;border-inline-start:4px solid var(--warn);color:var(--warn);background:color-mix(in srgb,var(--warn) 8%,transparent)}
.away{margin:1rem 0 0;text-align:center}
.away a{color:var(--soft)}
@media (max-width:32rem){main{margin:0;border:0;border-radius:0;min-height:calc(100vh - 2.75rem)}}
`;
