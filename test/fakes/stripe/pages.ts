import type { Account, Thing } from './model.ts';

const safe = (text: unknown): string => String(text ?? '').replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
const money = (amount: unknown, currency: unknown): string =>
  `${(Number(amount) / 100).toLocaleString('en', { minimumFractionDigits: 2 })} ${String(currency).toUpperCase()}`;

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${safe(title)}</title>
<style>body{font:16px/1.5 system-ui;max-width:40rem;margin:2rem auto;padding:0 1rem}button,input,select{font:inherit;padding:.5rem}.banner{background:#fff4c2;padding:.5rem 1rem}table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.25rem;border-bottom:1px solid #ddd}label{display:block;margin:.75rem 0}</style>
<p class="banner"><strong>Stand-in for Stripe.</strong> No money moves here.</p>${body}</html>`;
}

/** Stripe's hosted page in miniature: a number, and one button. */
export function checkoutPage(session: Thing, before: string | null): string {
  const types = session['allowed_payment_method_types'] as string[];
  const numbers = [
    ...(types.includes('card')
      ? [
          ['4242424242424242', 'Card that pays'],
          ['4000002760003184', 'Card that asks to confirm'],
          ['4000000000000002', 'Card that is declined'],
          ['4000000000009995', 'Card without enough money'],
          ['4000000000000259', 'Card that is disputed later'],
        ]
      : []),
    ...(types.includes('us_bank_account')
      ? [
          ['000123456789', 'Bank account that clears'],
          ['000111111113', 'Bank account that is closed'],
          ['000222222227', 'Bank account without enough money'],
          ['000555555559', 'Bank account that is disputed later'],
        ]
      : []),
  ];
  const choices = numbers
    .map(
      ([number, name], at) =>
        `<label><input type="radio" name="number" value="${number}"${at === 0 ? ' checked' : ''}> ${name} <small>${number}</small></label>`,
    )
    .join('');
  return page(
    'Checkout',
    `${session['mode'] === 'setup' ? '<h1>Save a way to pay</h1>' : `<h1>${safe((session['names'] as string[])[0])}</h1><p style="font-size:2rem">${money(session['amount_total'], session['currency'])}</p>`}${before ? `<p role="alert">${safe(before)}</p>` : ''}
<form method="post">${choices}<button>${session['mode'] === 'setup' ? 'Save' : 'Pay'}</button></form><p><a href="${safe(session['cancel_url'])}">Back</a></p>`,
  );
}

export const confirmPage = (number: string): string =>
  page(
    'Confirm',
    `<h1>Confirm with your bank</h1><form method="post"><input type="hidden" name="number" value="${safe(number)}"><button name="confirm" value="yes">Complete</button> <button name="confirm" value="no">Fail</button></form>`,
  );

export const endedPage = (session: Thing): string => page('Over', `<h1>This checkout is over</h1><p><a href="${safe(session['cancel_url'])}">Back</a></p>`);

/** What one would do in Stripe's dashboard: take an endpoint's secret, decide what the bank does, pay out. */
export function dashboardPage(account: Account, secret: string | null): string {
  const rows = account.all('payment_intent').map((intent) => {
    const act = (what: string, label: string): string => `<button name="act" value="${what}:${intent.id}">${label}</button>`;
    const bank =
      intent['status'] === 'processing'
        ? act('clear', 'Let it clear') + act('insufficient_funds', 'Let it come back')
        : intent['status'] === 'succeeded'
          ? act('dispute', 'Dispute')
          : '';
    return `<tr><td>${safe(intent['description'])}<td>${money(intent['amount'], intent['currency'])}<td>${safe(intent['status'])}<td>${bank}</tr>`;
  });
  return page(
    'Dashboard',
    `<h1>${safe(account.id)} (${account.live ? 'live' : 'test'})</h1>${secret ? `<p role="status">Signing secret: <code>${safe(secret)}</code></p>` : ''}
<form method="post"><label>Endpoint URL <input name="url" size="50" required></label><button name="act" value="endpoint:">Add endpoint</button></form>
<form method="post"><table><tr><th>Payment<th>Amount<th>State<th></tr>${rows.join('')}</table><p><button name="act" value="payout:">Pay out</button></p></form>`,
  );
}
