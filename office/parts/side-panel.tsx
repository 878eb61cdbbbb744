import { Drawer } from '@mantine/core';

/** Opens beside the page instead of over it. On a phone it takes the screen. */
export function SidePanel({ title, onClose, children, size = 460 }: { title: string; onClose: () => void; children: React.ReactNode; size?: number }) {
  return (
    <Drawer
      opened
      onClose={onClose}
      title={title}
      size={size}
      padding="lg"
      closeButtonProps={{ 'aria-label': `Close: ${title}` }}
      classNames={{ title: 'panel-title' }}
    >
      {children}
    </Drawer>
  );
}
