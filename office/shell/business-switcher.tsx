import { Menu, VisuallyHidden } from '@mantine/core';
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs';
import IconSelector from '@tabler/icons-react/dist/esm/icons/IconSelector.mjs';
import { brandAccents } from '../../src/core/contrast.ts';
import { initials } from '../../src/core/text.ts';
import { useOffice } from '../parts/office-context.ts';
import { useSwitchBusiness } from './switch-business.ts';

/** Logo, or two letters on the color of the business. */
export function Monogram({ name, color, logoUrl, size = 28 }: { name: string; color: string; logoUrl: string | null; size?: number }) {
  if (logoUrl !== null) return <img className="monogram" src={logoUrl} alt="" width={size} height={size} />;
  const { accent, onAccent } = brandAccents(color).light;
  return (
    <span className="monogram" aria-hidden style={{ background: accent, color: onAccent, width: size, height: size, fontSize: size * 0.4 }}>
      {initials(name)}
    </span>
  );
}

/** Whose books are open; one press to another business of mine. */
export function BusinessSwitcher() {
  const { business, businesses } = useOffice();
  const switchTo = useSwitchBusiness();
  const head = (
    <>
      <Monogram name={business.name} color={business.brandColor} logoUrl={business.logoUrl} />
      <span className="grow clip strong">{business.name}</span>
    </>
  );
  if (businesses.length < 2) return <div className="switcher">{head}</div>;
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <button type="button" className="switcher">
          {head}
          <VisuallyHidden>. Switch business</VisuallyHidden>
          <IconSelector size={16} aria-hidden className="dim" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Your businesses</Menu.Label>
        {businesses.map((other) => (
          <Menu.Item
            key={other.id}
            leftSection={<Monogram name={other.name} color={other.brandColor} logoUrl={other.logoUrl} size={24} />}
            rightSection={other.id === business.id ? <IconCheck size={16} aria-label="Open now" /> : undefined}
            onClick={() => switchTo(other.id)}
          >
            {other.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
