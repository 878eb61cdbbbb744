import type { ReactNode } from 'react';
import type { Locale } from '../../../core/locale.ts';
import { words } from '../../../core/words/words.ts';
import type { Look } from '../../../domain/front/front.ts';
import { href } from '../../../routes.ts';
import { type Page, renderPage } from '../../ui/page.tsx';

export function endedPage(frame: Readonly<{ look: Look; locale: Locale; path: string }>, body: ReactNode): Page {
  return renderPage({ ...frame, title: words(frame.locale).linkEnded.title, foot: null }, body);
}

type Closed = Readonly<{
  look: Look;
  locale: Locale;
  /** False: this browser holds no link for the page at all. */
  ended: boolean;
  /** A new link may be sent. */
  renew: boolean;
  masked: string | null;
  sent: boolean;
  /** Where the press goes; undefined: the page's own address. */
  action: string | undefined;
}>;

/** Never a dead end (rule 8): who it is, how to reach them, and a new link in one press. The form goes to the page's own address. */
export function ClosedPage({ look, locale, ended, renew, masked, sent, action }: Closed) {
  const w = words(locale);
  const text = w.linkEnded;
  if (sent) {
    return (
      <div className="narrow">
        <h1>{text.sentTitle}</h1>
        <p className="lead">{masked ? text.sent(masked) : text.sentNoAddress}</p>
        <Reach look={look} locale={locale} />
      </div>
    );
  }
  return (
    <div className="narrow">
      <h1>{ended ? text.title : text.needCookieTitle}</h1>
      <p className="lead">{ended ? (masked ? text.lead(masked) : text.leadNoAddress) : text.needCookie}</p>
      {renew && (
        <form method="post" action={action}>
          <button className="btn" type="submit">
            {text.send}
          </button>
        </form>
      )}
      <Reach look={look} locale={locale} />
    </div>
  );
}

/** Phone, mail and the front door: a person can always be reached. */
export function Reach({ look, locale, atDoor }: Readonly<{ look: Look; locale: Locale; atDoor?: boolean }>) {
  const { common, frontDoor, linkEnded } = words(locale);
  return (
    <section>
      <h2>{frontDoor.contact}</h2>
      <dl className="kv">
        {look.phone && (
          <div>
            <dt>{common.phone}</dt>
            <dd>
              <a href={`tel:${look.phone.replace(/[^+\d]/g, '')}`}>{look.phone}</a>
            </dd>
          </div>
        )}
        {look.email && (
          <div>
            <dt>{common.email}</dt>
            <dd>
              <a href={`mailto:${look.email}`}>{look.email}</a>
            </dd>
          </div>
        )}
        {!atDoor && look.hours && (
          <div>
            <dt>{common.hours}</dt>
            <dd className="ps">{look.hours}</dd>
          </div>
        )}
      </dl>
      {!atDoor && look.phone && <p className="lead s">{linkEnded.otherAddress(look.phone)}</p>}
      {!atDoor && (
        <p className="lead">
          <a href={href('frontDoor', { business: look.slug })}>{frontDoor.title(look.name)}</a>
        </p>
      )}
    </section>
  );
}
