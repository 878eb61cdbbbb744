import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { brandAccents } from '../../core/contrast.ts';
import { type Locale, locales } from '../../core/locale.ts';
import { initials } from '../../core/text.ts';
import { words } from '../../core/words/words.ts';
import type { BusinessFact } from '../../outgoing/invoice-facts.ts';
import { href } from '../../routes.ts';
import { style } from './style.ts';

export type PageLook = Pick<BusinessFact, 'slug' | 'name' | 'logo' | 'brandColor' | 'phone' | 'email' | 'addressLines' | 'licenseLine'>;

export type PageFrame = Readonly<{
  look: PageLook;
  locale: Locale;
  title: string;
  nonce: string;
  /** The page's own address without query, for the language links. */
  path: string;
  /** Uses the width of a desktop for a second column. */
  wide?: boolean;
  /** The primary action sticks to the bottom edge of a phone. */
  stick?: boolean;
  /** Address of the script, on pages that gain from it. */
  script?: string | null;
  /** Who is signed in and the sections, between top and content. */
  nav?: ReactNode;
  /** What stands in the foot before the languages. */
  foot?: ReactNode;
}>;

/** A whole page of the portal. Works, and prints, without scripts. */
export function renderPage(frame: PageFrame, body: ReactNode): string {
  const { look, locale, nonce } = frame;
  const classes = [frame.stick && 'has-stick', frame.nav && 'has-bar'].filter(Boolean).join(' ');
  return `<!doctype html>${renderToStaticMarkup(
    <html lang={locale}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${frame.title} · ${look.name}`}</title>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own style, and colors that were checked to be colors */}
        <style nonce={nonce} dangerouslySetInnerHTML={{ __html: style + accentStyle(look.brandColor) }} />
        {frame.script && <script type="module" src={frame.script} nonce={nonce} />}
      </head>
      <body className={classes || undefined}>
        <a className="v skip" href="#main">
          {words(locale).common.skipToContent}
        </a>
        <Top look={look} wide={frame.wide === true} />
        {frame.nav}
        <main id="main" className={frame.wide ? 'wide' : undefined}>
          {body}
        </main>
        <Foot frame={frame} />
      </body>
    </html>,
  )}`;
}

const accents = new Map<string, string>();

function accentStyle(color: string): string {
  const known = accents.get(color);
  if (known !== undefined) return known;
  const { light, dark } = brandAccents(color);
  const made = `:root{--a:${light.accent};--oa:${light.onAccent}}@media screen and (prefers-color-scheme:dark){:root{--a:${dark.accent};--oa:${dark.onAccent}}}`;
  if (accents.size < 10_000) accents.set(color, made);
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
              <a key={language} lang={language} hrefLang={language} href={`${frame.path}?lang=${language}`}>
                {words(language).common.languageName}
              </a>
            ),
          )}
        </nav>
      </div>
    </footer>
  );
}
