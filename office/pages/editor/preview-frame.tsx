import './preview-frame.css';
import { useEffect, useRef, useState } from 'react';

type Sheet = { key: string; address: string };

/**
 * The customer's page as the server draws it. A newer version is loaded out of sight and shown when it is there, where the
 * reader had scrolled to, so that nothing blinks.
 */
export function PreviewFrame({ address, version, title }: { address: string; version: number | string; title: string }) {
  const [shown, setShown] = useState<Sheet | null>(null);
  const [loading, setLoading] = useState<Sheet>({ key: `${address} ${version}`, address });
  const front = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    const timer = setTimeout(() => setLoading({ key: `${address} ${version}`, address }), 150);
    return () => clearTimeout(timer);
  }, [address, version]);
  const loaded = (event: React.SyntheticEvent<HTMLIFrameElement>): void => {
    if (loading.key === shown?.key) return;
    // The browser's own page for "no network" is nobody's: what was shown stays.
    if (event.currentTarget.contentDocument === null) return;
    event.currentTarget.contentWindow?.scrollTo(0, front.current?.contentWindow?.scrollY ?? 0);
    setShown(loading);
  };
  const sheets = shown === null || shown.key === loading.key ? [loading] : [shown, loading];
  return (
    <div className="preview-stack">
      {sheets.map((sheet) => (
        <iframe
          key={sheet.key}
          ref={sheet.key === shown?.key ? front : undefined}
          className="frame"
          data-waiting={(shown !== null && sheet.key !== shown.key) || undefined}
          src={sheet.address}
          title={title}
          sandbox="allow-same-origin"
          tabIndex={-1}
          onLoad={sheet.key === loading.key ? loaded : undefined}
        />
      ))}
    </div>
  );
}
