import { Skeleton } from '@mantine/core';
import { useEffect, useState } from 'react';

/** Held out on the screen for the customer's phone. */
export function QrCode({ url }: { url: string }) {
  const [picture, setPicture] = useState<string | null>(null);
  useEffect(() => {
    let gone = false;
    void import('qrcode').then(async ({ default: qr }) => {
      const svg = await qr.toString(url, { type: 'svg', margin: 0, errorCorrectionLevel: 'M' });
      if (!gone) setPicture(`data:image/svg+xml;utf8,${encodeURIComponent(svg)}`);
    });
    return () => {
      gone = true;
    };
  }, [url]);
  return picture === null ? <Skeleton className="qr" /> : <img className="qr" src={picture} alt="QR code that opens the invoice" />;
}
