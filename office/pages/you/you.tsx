import './you.css';
import { Page } from '../../parts/page.tsx';
import { OwnCard } from './card.tsx';
import { Devices } from './devices.tsx';
import { Factors } from './factors.tsx';

/** You and your devices. */
export default function You() {
  return (
    <Page title="You and your devices" width="narrow">
      <OwnCard />
      <Factors />
      <Devices />
    </Page>
  );
}
