import { createHash } from 'node:crypto';
import type { ReactNode } from 'react';
import { formatDay } from '../../core/calendar.ts';
import { brandAccents } from '../../core/contrast.ts';
import { type Locale, locales } from '../../core/locale.ts';
import { initials } from '../../core/text.ts';
import { words } from '../../core/words/words.ts';
import type { BusinessFact } from '../../outgoing/invoice-facts.ts';
import { href } from '../../routes.ts';
import { staticMarkup } from './static-markup.ts';
import { style } from './style.ts';

export type PageLook = Pick<BusinessFact, 'slug' | 'name' | 'logo' | 'brandColor' | 'phone' | 'email' | 'addressLines' | 'licenseLine' | 'closingOn'>;

export type PageFrame = Readonly<{
  look: PageLook;
  locale: Locale;
  title: string;
  /** The page's own address without query, for the language links. */
  path: string;
  /** What of the page's query the language links keep. */
  query?: readonly (readonly [string, string])[];
  /** Uses the width of a desktop for a second column. */
  wide?: boolean;
  /** The primary action sticks to the bottom edge of a phone. */
  stick?: boolean;
  /** Address of the script, on pages that gain from it. */
  script?: string | null;
  /** Seconds after which the page reads itself again, while something is being waited for. */
  refreshS?: number;
  /** Who is signed in and the sections, between top and content. */
  nav?: ReactNode;
  /** What stands in the foot before the languages. */
  foot?: ReactNode;
}>;

/** A page and the hash its content policy allows its one style by. */
export type Page = Readonly<{ html: string; styleHash: string }>;

/** A whole page of the portal. Works, and prints, without scripts. The same content is the same bytes. */
export function renderPage(frame: PageFrame, body: ReactNode): Page {
  const { look, locale } = frame;
  const classes = [frame.stick && 'has-stick', frame.nav && 'has-bar'].filter(Boolean).join(' ');
  const { css, hash } = styleFor(look.brandColor);
  const html = `<!doctype html>${staticMarkup(
    <html lang={locale}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light dark" />
        {frame.refreshS && <meta httpEquiv="refresh" content={String(frame.refreshS)} />}
        <link rel="icon" href={tabIcon(look)} />
        <title>{`${frame.title} · ${look.name}`}</title>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own style, and colors that were checked to be colors */}
        <style dangerouslySetInnerHTML={{ __html: css }} />
        {frame.script && <script type="module" src={frame.script} />}
      </head>
      <body className={classes || undefined}>
        <a className="v skip" href="#main">
          {words(locale).common.skipToContent}
        </a>
        <Top look={look} wide={frame.wide === true} />
        {frame.nav}
        <main id="main" className={frame.wide ? 'wide' : undefined}>
          {look.closingOn && (
            <div className="note hot" role="status">
              <div>{words(locale).common.closing(formatDay(look.closingOn, locale))}</div>
            </div>
          )}
          {body}
        </main>
        <Foot frame={frame} />
      </body>
    </html>,
  )}`;
  return { html, styleHash: hash };
}

/** The business's color and initials in the tab, within the page: no request more. */
function tabIcon({ name, brandColor }: PageLook): string {
  const { accent, onAccent } = brandAccents(brandColor).light;
  const text = initials(name).replace(/[^\p{L}\p{N}]/gu, '');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" rx="2" fill="${accent}"/><text x="4.5" y="6.3" font-size="5" text-anchor="middle" fill="${onAccent}">${text}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

type Styled = Readonly<{ css: string; hash: string }>;
const styles = new Map<string, Styled>();

/** The style with the business's accent, readable on light and dark. */
function styleFor(color: string): Styled {
  const known = styles.get(color);
  if (known !== undefined) return known;
  const { light, dark } = brandAccents(color);
  const accent = `:root{--a:${light.accent};--oa:${light.onAccent}}@media screen and (prefers-color-scheme:dark){:root{--a:${dark.accent};--oa:${dark.onAccent}}}`;
  const css = style + accent;
  const made = { css, hash: createHash('sha256').update(css).digest('base64') };
  if (styles.size < 10_000) styles.set(color, made);
  return made;
}

function Top({ look, wide }: Readonly<{ look: PageLook; wide: boolean }>) {
  return (
    <header className={wide ? 'top wide' : 'top'}>
      <div>
        <div>
          <b>
            <a href={href('frontDoor', { business: look.slug })}>{look.name}</a>
          </b>
          {look.phone && (
            <small>
              <a href={`tel:${look.phone.replace(/[^+\d]/g, '')}`}>{look.phone}</a>
            </small>
          )}
        </div>
        {look.logo ? (
          <img className="logo" src={href('logo', { business: look.slug, sha256: look.logo })} alt="" height={44} />
        ) : (
          <span className="mark" aria-hidden="true">
            {initials(look.name)}
          </span>
        )}
      </div>
    </header>
  );
}

/** The same page in another language, with what its query must keep. */
function inLanguage({ path, query = [] }: PageFrame, language: Locale): string {
  const asked = new URLSearchParams(query.map(([name, value]) => [name, value]));
  asked.append('lang', language);
  return `${path}?${asked.toString()}`;
}

function Foot({ frame }: Readonly<{ frame: PageFrame }>) {
  const { look, locale } = frame;
  return (
    <footer className={frame.wide ? 'foot wide' : 'foot'}>
      <div>
        {frame.foot}
        <p>
          {[look.name, ...look.addressLines].join(' · ')}
          {look.email && (
            <>
              {' · '}
              <a href={`mailto:${look.email}`}>{look.email}</a>
            </>
          )}
          {look.licenseLine && ` · ${look.licenseLine}`}
        </p>
        <nav className="langs" aria-label={words(locale).common.language}>
          {locales.map((language) =>
            language === locale ? (
              <b key={language} lang={language} aria-current="true">
                {words(language).common.languageName}
              </b>
            ) : (
              <a key={language} lang={language} hrefLang={language} href={inLanguage(frame, language)}>
                {words(language).common.languageName}
              </a>
            ),
          )}
        </nav>
      </div>
    </footer>
  );
}
