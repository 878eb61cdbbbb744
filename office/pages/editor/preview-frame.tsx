import './preview-frame.css';
import { useEffect, useRef, useState } from 'react';

/**
 * The customer's page as the server draws it. A newer version is loaded out of sight and shown when it is there, where the
 * reader had scrolled to, so that nothing blinks.
 */
export function PreviewFrame({ address, version, title }: { address: string; version: number | string; title: string }) {
  const [shown, setShown] = useState<string | null>(null);
  const wanted = `${address}${address.includes('?') ? '&' : '?'}v=${version}`;
  const [loading, setLoading] = useState(wanted);
  const front = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    const timer = setTimeout(() => setLoading(wanted), 150);
    return () => clearTimeout(timer);
  }, [wanted]);
  const loaded = (event: React.SyntheticEvent<HTMLIFrameElement>): void => {
    if (loading === shown) return;
    const top = front.current?.contentWindow?.scrollY ?? 0;
    event.currentTarget.contentWindow?.scrollTo(0, top);
    setShown(loading);
  };
  const addresses = shown === null || shown === loading ? [loading] : [shown, loading];
  return (
    <div className="preview-stack">
      {addresses.map((each) => (
        <iframe
          key={each}
          ref={each === shown ? front : undefined}
          className="frame"
          data-waiting={(each !== shown && shown !== null) || undefined}
          src={each}
          title={title}
          sandbox="allow-same-origin"
          tabIndex={-1}
          onLoad={each === loading ? loaded : undefined}
        />
      ))}
    </div>
  );
}
