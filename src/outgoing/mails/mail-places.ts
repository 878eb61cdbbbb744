import { publicId } from '../../core/ids.ts';
import { href } from '../../routes.ts';

/** Every address in a mail begins with the configured origin, whatever a request said. */
export function mailPlaces(appUrl: string) {
  return {
    link: (business: string, token: string): string => appUrl + href('link', { business, token }),
    enter: (business: string, code: string): string => appUrl + href('enterByLink', { business, code }),
    stop: (business: string, token: string): string => appUrl + href('stop', { business, token }),
    joinAccount: (business: string, token: string): string => appUrl + href('joinAccount', { business, token }),
    statement: (business: string, asked: Readonly<Record<'from' | 'to' | 'asof', string>>): string => appUrl + href('account', { business }, asked),
    methods: (business: string): string => appUrl + href('methods', { business }),
    message: (business: string, threadId: string): string => appUrl + href('message', { business, thread: publicId('thread', threadId) }),
    officeThread: (threadId: string): string => appUrl + href('officeInbox', {}, { thread: publicId('thread', threadId) }),
    billing: (business: string): string => appUrl + href('billing', { business }),
    officeInvoice: (documentId: string): string => appUrl + href('officeInvoice', { document: publicId('invoice', documentId) }),
    officeEstimate: (documentId: string): string => appUrl + href('officeEstimate', { document: publicId('estimate', documentId) }),
    officeSettings: (section: 'keys' | 'webhooks'): string => `${appUrl}${href('officeSettings', { section })}`,
    join: (token: string): string => `${appUrl}${href('officeJoin', {})}#${token}`,
    logo: (business: string, sha256: string): string => appUrl + href('logo', { business, sha256 }),
  };
}
