import type { CSSProperties } from 'react';
import { Body, Button, Container, Head, Hr, Html, Img, Link, Preview, render, Section, Text } from 'react-email';
import { brandAccents } from '../../core/contrast.ts';
import type { Locale } from '../../core/locale.ts';
import type { MailFrame } from './mail-facts.ts';
import type { MailPage } from './mail-page.ts';

type Look = { page: MailPage; frame: MailFrame; locale: Locale; footer: readonly string[]; fallback: string };

const FONT = '-apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
const text: CSSProperties = {
  fontFamily: FONT,
  fontSize: 16,
  lineHeight: '24px',
  margin: '0 0 16px',
  color: '#1b1d20',
  whiteSpace: 'pre-line',
  wordBreak: 'break-word',
};
const quiet: CSSProperties = { ...text, fontSize: 13, lineHeight: '19px', margin: '0 0 6px', color: '#5b6068' };

/** The mail as HTML, whole in itself: inline styles, a dark look where the reader has one, nothing loaded but the logo. */
export function mailHtml(look: Look): Promise<string> {
  return render(<Mail {...look} />);
}

function Mail({ page, frame, locale, footer, fallback }: Look) {
  const { light, dark } = brandAccents(frame.business.brandColor);
  return (
    <Html lang={locale}>
      <Head>
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <meta name="format-detection" content="telephone=no,date=no,address=no,email=no" />
        <title>{page.subject}</title>
        <style>{darkLook(dark.accent, dark.onAccent)}</style>
      </Head>
      <Preview>{page.preview}</Preview>
      <Body className="ground" style={{ backgroundColor: '#f3f4f6', margin: 0, padding: '24px 12px' }}>
        <Container className="sheet" style={{ backgroundColor: '#ffffff', maxWidth: 560, margin: '0 auto', borderRadius: 8, padding: '28px 24px' }}>
          <Letterhead frame={frame} accent={light.accent} />
          {page.banner !== null && (
            <Text style={{ ...text, fontWeight: 600, backgroundColor: '#fff4d6', color: '#5c4300', padding: '10px 12px', borderRadius: 6 }}>{page.banner}</Text>
          )}
          <Text className="ink" style={text}>
            {page.greeting}
          </Text>
          {page.lead.map((line) => (
            <Text key={line} className="ink" style={text}>
              {line}
            </Text>
          ))}
          <Figure page={page} accent={light.accent} />
          <Rows page={page} />
          <Bills page={page} accent={light.accent} />
          <Quotes page={page} />
          {page.code !== null && (
            <Text className="ink" style={{ ...text, fontSize: 34, lineHeight: '44px', fontWeight: 700, letterSpacing: 6 }}>
              {page.code}
            </Text>
          )}
          {page.beforeButton !== null && (
            <Text className="ink" style={text}>
              {page.beforeButton}
            </Text>
          )}
          <Press page={page} fallback={fallback} accent={light.accent} onAccent={light.onAccent} />
          {page.after.map((line) => (
            <Text key={line} className="quiet" style={quiet}>
              {line}
            </Text>
          ))}
          <Hr className="rule" style={{ borderColor: '#d4d7dc', margin: '22px 0 16px' }} />
          <Foot page={page} frame={frame} footer={footer} />
        </Container>
      </Body>
    </Html>
  );
}

function Quotes({ page }: Pick<Look, 'page'>) {
  return page.quotes.map((quote) => (
    <Section key={quote.label} className="rule" style={{ borderLeft: '3px solid #d4d7dc', paddingLeft: 14, margin: '0 0 18px' }}>
      <Text className="quiet" style={{ ...quiet, margin: '0 0 2px' }}>
        {quote.label}
      </Text>
      <Text className="ink" style={{ ...text, margin: 0 }}>
        {quote.text}
      </Text>
    </Section>
  ));
}

/** Who wrote, where they are, and how to hear no more of this. */
function Foot({ page, frame, footer }: Pick<Look, 'page' | 'frame' | 'footer'>) {
  return (
    <>
      <Text className="ink" style={{ ...quiet, fontWeight: 600, color: '#1b1d20' }}>
        {frame.business.name}
      </Text>
      {[...frame.business.addressLines, ...footer].map((line) => (
        <Text key={line} className="quiet" style={{ ...quiet, margin: 0 }}>
          {line}
        </Text>
      ))}
      {page.stop && (
        <Text className="quiet" style={{ ...quiet, margin: '10px 0 0' }}>
          <Link href={page.stop.url} className="quiet" style={{ color: '#5b6068', textDecoration: 'underline' }}>
            {page.stop.label}
          </Link>
        </Text>
      )}
    </>
  );
}

function Letterhead({ frame, accent }: { frame: MailFrame; accent: string }) {
  const { business, logoUrl } = frame;
  if (logoUrl === null)
    return (
      <Text className="accent" style={{ ...text, fontSize: 20, lineHeight: '28px', fontWeight: 700, color: accent, margin: '0 0 22px' }}>
        {business.name}
      </Text>
    );
  // On a white plate: a logo drawn for white paper would vanish on a dark ground.
  return (
    <Section style={{ margin: '0 0 22px' }}>
      <span style={{ display: 'inline-block', backgroundColor: '#ffffff', borderRadius: 6, padding: '6px 8px', marginLeft: -8 }}>
        <Img src={logoUrl} alt={business.name} height={44} style={{ height: 44, maxWidth: 260, display: 'block' }} />
      </span>
    </Section>
  );
}

function Figure({ page: { figure }, accent }: { page: MailPage; accent: string }) {
  if (figure === null) return null;
  return (
    <Section className="rule" style={{ borderTop: '1px solid #d4d7dc', padding: '16px 0 0', margin: '0 0 14px' }}>
      <Text className="quiet" style={{ ...quiet, margin: 0 }}>
        {figure.label}
      </Text>
      <Text className="accent" style={{ ...text, fontSize: 34, lineHeight: '42px', fontWeight: 700, color: accent, margin: 0 }}>
        {figure.value}
      </Text>
      {figure.note !== '' && (
        <Text className="ink" style={{ ...text, fontWeight: 600, margin: 0 }}>
          {figure.note}
        </Text>
      )}
    </Section>
  );
}

function Rows({ page }: { page: MailPage }) {
  if (page.rows.length === 0) return null;
  return (
    <table role="presentation" width="100%" cellPadding={0} cellSpacing={0} style={{ margin: '0 0 20px', borderCollapse: 'collapse' }}>
      <tbody>
        {page.rows.map((row) => (
          <tr key={row.label}>
            <td className="quiet" style={{ ...quiet, padding: '3px 16px 3px 0', whiteSpace: 'nowrap', verticalAlign: 'top', width: 1 }}>
              {row.label}
            </td>
            <td className="ink" style={{ ...text, fontSize: 15, lineHeight: '20px', padding: '3px 0' }}>
              {row.value}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Bills({ page: { bills = [] }, accent }: { page: MailPage; accent: string }) {
  if (bills.length === 0) return null;
  return (
    <table role="presentation" width="100%" cellPadding={0} cellSpacing={0} style={{ margin: '0 0 20px', borderCollapse: 'collapse' }}>
      <tbody>
        {bills.map((bill) => (
          <tr key={bill.url} className="rule" style={{ borderTop: '1px solid #d4d7dc' }}>
            <td style={{ padding: '10px 12px 10px 0', verticalAlign: 'top' }}>
              <Text className="ink" style={{ ...text, fontWeight: 600, fontSize: 15, lineHeight: '20px', margin: 0 }}>
                {bill.label}
              </Text>
              <Text className="quiet" style={{ ...quiet, margin: 0 }}>
                {bill.note}
              </Text>
            </td>
            <td align="right" style={{ padding: '10px 0', verticalAlign: 'top' }}>
              <Text className="ink" style={{ ...text, fontSize: 15, lineHeight: '20px', margin: 0, whiteSpace: 'nowrap' }}>
                {bill.value}
              </Text>
              <Link href={bill.url} className="accent" style={{ ...quiet, color: accent, fontWeight: 600, textDecoration: 'underline' }}>
                {bill.press}
              </Link>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Press({ page: { button }, fallback, accent, onAccent }: { page: MailPage; fallback: string; accent: string; onAccent: string }) {
  if (button === null) return null;
  const style: CSSProperties = {
    fontFamily: FONT,
    fontSize: 17,
    fontWeight: 600,
    lineHeight: '24px',
    backgroundColor: accent,
    color: onAccent,
    borderRadius: 8,
    padding: '13px 24px',
  };
  return (
    <Section style={{ margin: '4px 0 20px' }}>
      <Button href={button.url} className="press" style={{ ...style, textDecoration: 'none', textAlign: 'center' }}>
        {button.label}
      </Button>
      <Text className="quiet" style={{ ...quiet, margin: '14px 0 0' }}>
        {fallback}
        <br />
        <Link href={button.url} className="quiet" style={{ color: '#5b6068', wordBreak: 'break-all' }}>
          {button.url}
        </Link>
      </Text>
    </Section>
  );
}

function darkLook(accent: string, onAccent: string): string {
  return `@media (prefers-color-scheme: dark) {
.ground, .ground > table, .ground > table > tbody > tr > td { background-color: #0e0f11 !important }
.sheet { background-color: #15171a !important }
.ink { color: #eceef1 !important }
.quiet { color: #a6acb5 !important }
.rule { border-color: #33373d !important }
.accent { color: ${accent} !important }
.press { background-color: ${accent} !important; color: ${onAccent} !important }
}`;
}
