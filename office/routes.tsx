import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { isProblemCode } from './api/problem.ts';
import { homeQuery, sessionQuery } from './api/queries.ts';
import { ErrorPage, NotFoundPage } from './shell/error-page.tsx';
import { FirstPaint } from './shell/first-paint.tsx';
import { Frame } from './shell/frame.tsx';

type Context = { client: QueryClient };

const root = createRootRouteWithContext<Context>()({ component: Outlet, notFoundComponent: NotFoundPage });

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
/** Keeps the named words of an address and nothing else. */
function words<const Names extends readonly string[]>(...names: Names) {
  return (search: Record<string, unknown>): { [Name in Names[number]]?: string | undefined } =>
    Object.fromEntries(names.flatMap((name) => (text(search[name]) === undefined ? [] : [[name, text(search[name])]]))) as {
      [Name in Names[number]]?: string | undefined;
    };
}

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: words('to'),
  component: lazyRouteComponent(() => import('./pages/entry/sign-in.tsx')),
});
const signUp = createRoute({ getParentRoute: () => root, path: '/sign-up', component: lazyRouteComponent(() => import('./pages/entry/sign-up.tsx')) });

const join = createRoute({ getParentRoute: () => root, path: '/join', component: lazyRouteComponent(() => import('./pages/entry/join.tsx')) });
const reset = createRoute({ getParentRoute: () => root, path: '/reset', component: lazyRouteComponent(() => import('./pages/entry/reset.tsx')) });

type Arriving = { context: Context; location: { href: string } };

/** Who is signed in; whoever is not goes to the door and comes back here. */
async function signedIn({ context, location }: Arriving) {
  try {
    return await context.client.ensureQueryData(sessionQuery);
  } catch (error) {
    if (isProblemCode(error, 'sign_in_required', 'not_found')) throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { to: location.href } });
    throw error;
  }
}

const office = createRoute({
  getParentRoute: () => root,
  id: 'office',
  component: Frame,
  pendingComponent: FirstPaint,
  beforeLoad: async (arriving) => {
    // The crew has pages of its own; what stands here is not theirs.
    if ((await signedIn(arriving)).staff.role === 'field') throw redirect({ to: '/field' });
  },
});
const crew = createRoute({
  getParentRoute: () => root,
  id: 'crew',
  component: lazyRouteComponent(() => import('./shell/crew-frame.tsx'), 'CrewFrame'),
  pendingComponent: FirstPaint,
  beforeLoad: async (arriving) => {
    if ((await signedIn(arriving)).staff.role !== 'field') throw redirect({ to: '/' });
  },
});
const crewPage = <const Path extends string>(path: Path, load: () => Promise<{ default: () => React.ReactNode }>) =>
  createRoute({ getParentRoute: () => crew, path, component: lazyRouteComponent(load) });
const newWork = createRoute({
  getParentRoute: () => crew,
  path: '/field/new',
  validateSearch: words('customer'),
  component: lazyRouteComponent(() => import('./pages/field/new.tsx')),
});

const page = <const Path extends string>(path: Path, load: () => Promise<{ default: () => React.ReactNode }>) =>
  createRoute({ getParentRoute: () => office, path, component: lazyRouteComponent(load) });

const home = createRoute({
  getParentRoute: () => office,
  path: '/',
  component: lazyRouteComponent(() => import('./pages/home/home.tsx')),
  loader: ({ context }) => void context.client.prefetchQuery(homeQuery),
});
const inbox = createRoute({
  getParentRoute: () => office,
  path: '/inbox',
  validateSearch: words('thread', 'show', 'q'),
  component: lazyRouteComponent(() => import('./pages/inbox/inbox.tsx')),
});
const customers = createRoute({
  getParentRoute: () => office,
  path: '/customers',
  validateSearch: words('q', 'show', 'new'),
  component: lazyRouteComponent(() => import('./pages/customers/customers.tsx')),
});
const invoices = createRoute({
  getParentRoute: () => office,
  path: '/invoices',
  validateSearch: words('tab', 'q', 'sort', 'from', 'to', 'customer', 'post'),
  component: lazyRouteComponent(() => import('./pages/invoices/invoices.tsx')),
});
const newInvoice = createRoute({
  getParentRoute: () => office,
  path: '/invoices/new',
  validateSearch: words('customer'),
  component: lazyRouteComponent(() => import('./pages/editor/new-invoice.tsx')),
});
const customerStatement = createRoute({
  getParentRoute: () => office,
  path: '/customers/$customerId/statement',
  validateSearch: words('from', 'to', 'property'),
  component: lazyRouteComponent(() => import('./pages/customers/statement.tsx')),
});
const estimates = createRoute({
  getParentRoute: () => office,
  path: '/estimates',
  validateSearch: words('tab', 'q', 'sort', 'from', 'to', 'customer', 'view'),
  component: lazyRouteComponent(() => import('./pages/estimates/estimates.tsx')),
});
const newEstimate = createRoute({
  getParentRoute: () => office,
  path: '/estimates/new',
  validateSearch: words('customer'),
  component: lazyRouteComponent(() => import('./pages/estimate-editor/new-estimate.tsx')),
});
const schedule = createRoute({
  getParentRoute: () => office,
  path: '/schedule',
  validateSearch: words('tab', 'day', 'q', 'customer', 'visit', 'new'),
  component: lazyRouteComponent(() => import('./pages/schedule/schedule.tsx')),
});
const settings = createRoute({
  getParentRoute: () => office,
  path: '/settings',
  beforeLoad: () => {
    throw redirect({ to: '/settings/$section', params: { section: 'company' } });
  },
});
const reports = createRoute({
  getParentRoute: () => office,
  path: '/reports',
  beforeLoad: () => {
    throw redirect({ to: '/reports/$report', params: { report: 'aging' } });
  },
});
const report = createRoute({
  getParentRoute: () => office,
  path: '/reports/$report',
  validateSearch: words('from', 'to', 'by'),
  component: lazyRouteComponent(() => import('./pages/reports/reports.tsx')),
});
const payments = createRoute({
  getParentRoute: () => office,
  path: '/payments',
  validateSearch: words('tab', 'q', 'state', 'method', 'amount', 'from', 'to', 'customer', 'record', 'invoice', 'announcement'),
  component: lazyRouteComponent(() => import('./pages/payments/payments.tsx')),
});

const tree = root.addChildren([
  signIn,
  signUp,
  join,
  reset,
  crew.addChildren([
    crewPage('/field', () => import('./pages/field/today.tsx')),
    newWork,
    crewPage('/field/work', () => import('./pages/field/work.tsx')),
    crewPage('/field/work/$invoiceId', () => import('./pages/field/invoice.tsx')),
    crewPage('/field/me', () => import('./pages/field/me.tsx')),
    crewPage('/field/devices', () => import('./pages/you/you.tsx')),
  ]),
  office.addChildren([
    home,
    inbox,
    customers,
    page('/customers/$customerId', () => import('./pages/customers/customer.tsx')),
    customerStatement,
    page('/customers/$customerId/erase', () => import('./pages/customers/erase.tsx')),
    estimates,
    newEstimate,
    page('/estimates/$estimateId', () => import('./pages/estimate/estimate.tsx')),
    page('/estimates/$estimateId/edit', () => import('./pages/estimate-editor/edit-estimate.tsx')),
    page('/estimates/$estimateId/send', () => import('./pages/estimate-send/send.tsx')),
    invoices,
    newInvoice,
    page('/invoices/$invoiceId', () => import('./pages/invoice/invoice.tsx')),
    page('/invoices/$invoiceId/edit', () => import('./pages/editor/edit-invoice.tsx')),
    page('/invoices/$invoiceId/send', () => import('./pages/send/send.tsx')),
    page('/invoices/$invoiceId/preview', () => import('./pages/invoice/as-customer.tsx')),
    payments,
    page('/payments/compare', () => import('./pages/payments/compare.tsx')),
    page('/payments/payouts', () => import('./pages/payments/payouts.tsx')),
    page('/payments/payouts/$payoutId', () => import('./pages/payments/payout.tsx')),
    page('/payments/$paymentId', () => import('./pages/payments/payment.tsx')),
    schedule,
    page('/jobs/$jobId', () => import('./pages/job/job.tsx')),
    reports,
    report,
    settings,
    page('/settings/$section', () => import('./pages/settings/settings.tsx')),
    page('/import', () => import('./pages/imports/imports.tsx')),
    page('/import/$importId', () => import('./pages/imports/import.tsx')),
    page('/welcome', () => import('./pages/welcome/welcome.tsx')),
    page('/mailbox', () => import('./pages/mailbox/mailbox.tsx')),
    page('/mailbox/$mailId', () => import('./pages/mailbox/mail.tsx')),
    page('/you', () => import('./pages/you/you.tsx')),
    page('/more', () => import('./pages/more/more.tsx')),
  ]),
]);

export function createOfficeRouter(client: QueryClient) {
  return createRouter({
    routeTree: tree,
    basepath: '/office',
    context: { client },
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultErrorComponent: ErrorPage,
    scrollRestoration: true,
    defaultPendingMs: 400,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createOfficeRouter>;
  }
}
