import { Link } from '@tanstack/react-router';
import { ButtonLink } from '../../parts/links.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { Page } from '../../parts/page.tsx';
import { FirstSteps } from './first-steps.tsx';

/** The first minutes: three steps, and what is already there. */
export default function Welcome() {
  const { business, staff } = useOffice();
  return (
    <Page
      title="Welcome"
      width="narrow"
      heading={<h1>Welcome, {staff.name.split(' ')[0]}</h1>}
      lead={`${business.name} is ready. Three steps and your first invoice is with a customer.`}
    >
      <div className="welcome-steps">
        <FirstSteps always />
      </div>
      <div className="row wrap">
        <ButtonLink to="/invoices/new" size="md">
          Create first invoice
        </ButtonLink>
        <ButtonLink to="/import" variant="default" size="md">
          Bring in customers from a file
        </ButtonLink>
      </div>
      <p className="dim small" style={{ marginTop: '1.5rem' }}>
        Your trade brought a price book, terms and tax wording. Look at them any time under{' '}
        <Link to="/settings/$section" params={{ section: 'price-book' }} className="link">
          Settings
        </Link>
        .
      </p>
    </Page>
  );
}
