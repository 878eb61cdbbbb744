import { words } from '../../../core/words/words.ts';
import { type Instrument, instruments } from './bank.ts';
import { type Html, html } from './html.ts';
import type { Setup } from './model.ts';
import { labelOf, page } from './pages.ts';

/** Choose a test card or account to keep. */
export function savePage(setup: Setup, action: string): string {
  const { sandbox, pay } = words(setup.locale);
  const title = sandbox.saveTitle(setup.payee);
  const group = (method: 'card' | 'bank', legend: string): Html => {
    const options = (Object.keys(instruments) as Instrument[]).filter((each) => instruments[each].method === method);
    return html`<fieldset><legend>${legend}</legend>${options.map(
      (each) =>
        html`<label><input type="radio" name="instrument" value="${each}" required${method === setup.methods[0] && (each === 'card_success' || each === 'bank_clears') ? html` checked` : ''}><span class="means"><span>${
          words(setup.locale).sandbox[labelOf(each)]
        }</span><span class="number">${instruments[each].label}</span></span></label>`,
    )}</fieldset>`;
  };
  return page(
    setup.locale,
    title,
    html`<header><h1 class="payee">${title}</h1><p class="what">${sandbox.saveLead}</p></header>
${setup.failure === null ? '' : html`<p class="problem" role="alert">${pay.declined}</p>`}
<form method="post" action="${action}">
${setup.methods.map((method) => group(method, method === 'card' ? sandbox.cardTitle : sandbox.bankTitle))}
<button type="submit">${sandbox.save}</button>
</form>
<p class="away"><a href="${setup.cancelUrl}">${sandbox.back(setup.payee)}</a></p>`,
  );
}

export function saveEndedPage(setup: Setup): string {
  const { sandbox } = words(setup.locale);
  return page(
    setup.locale,
    sandbox.endedTitle,
    html`<h1>${sandbox.endedTitle}</h1><p><a class="button" href="${setup.cancelUrl}">${sandbox.back(setup.payee)}</a></p>`,
  );
}
