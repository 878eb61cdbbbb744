import { Button, type ButtonProps, Menu, type MenuItemProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentPropsWithRef } from 'react';

/** Buttons and menu entries that are links: they open in a new tab, can be copied, and are typed by the routes. */

type Anchor = Omit<ComponentPropsWithRef<'a'>, keyof ButtonProps | 'style'>;

export const ButtonLink = createLink(({ ref, ...props }: ButtonProps & Anchor) => <Button component="a" ref={ref} {...props} />);
export const MenuLink = createLink(({ ref, ...props }: MenuItemProps & Anchor) => <Menu.Item component="a" ref={ref} {...props} />);
