import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** The look of the office: paper and ink, one pine green, and color only where it means something. */

const pine: MantineColorsTuple = ['#eaf3ef', '#d5e6de', '#a9ccbd', '#7ab19b', '#4f967c', '#2f7d63', '#236b54', '#1b5e4b', '#154c3c', '#0f392d'];
const stone: MantineColorsTuple = ['#f7f5f2', '#f0eee9', '#e7e3dc', '#d6d1c7', '#b5afa4', '#8f8a80', '#6b675f', '#4c4943', '#2f2d29', '#1c1b19'];
const night: MantineColorsTuple = ['#eceae4', '#c4c1b9', '#a3a097', '#75736c', '#3d3e3a', '#2f302d', '#242522', '#1a1b19', '#131412', '#0d0e0c'];
const brick: MantineColorsTuple = ['#fcefec', '#f7dbd5', '#efb6aa', '#e58e7d', '#d76853', '#c14a33', '#ad3a25', '#9a301d', '#7d2617', '#5e1c11'];
const ochre: MantineColorsTuple = ['#fdf5e4', '#f9e8c4', '#f2d08a', '#e8b54e', '#d99a22', '#b97d10', '#9c670a', '#835508', '#694407', '#4d3205'];

const fontFamily = "ui-sans-serif, -apple-system, 'Segoe UI Variable Text', 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', Arial, sans-serif, 'Noto Emoji'";

const closeButtonProps = { 'aria-label': 'Close' };

export const theme = createTheme({
  colors: { pine, gray: stone, dark: night, red: brick, yellow: ochre },
  primaryColor: 'pine',
  primaryShade: { light: 7, dark: 6 },
  defaultRadius: 'sm',
  radius: { xs: '4px', sm: '7px', md: '10px', lg: '14px', xl: '20px' },
  fontFamily,
  fontSizes: { xs: '0.75rem', sm: '0.8438rem', md: '0.9063rem', lg: '1.0625rem', xl: '1.25rem' },
  headings: { fontFamily, fontWeight: '600' },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] } },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: false, fz: 'xs', color: 'dark' } },
    Menu: { defaultProps: { shadow: 'md', position: 'bottom-end', withinPortal: true } },
    Modal: { defaultProps: { closeButtonProps, centered: true, radius: 'md', overlayProps: { backgroundOpacity: 0.35 } } },
    Drawer: { defaultProps: { closeButtonProps, position: 'right', overlayProps: { backgroundOpacity: 0.18 } } },
    Checkbox: { defaultProps: { radius: 4 } },
    Skeleton: { defaultProps: { radius: 'xs' } },
  },
});

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#1c1b19',
    '--mantine-color-dimmed': '#6b675f',
    '--mantine-color-placeholder': '#716c63',
    '--mantine-color-default-border': '#d6d1c7',
    '--mantine-color-error': '#9a301d',
    '--mantine-color-anchor': '#1b5e4b',
  },
  dark: {
    '--mantine-color-body': '#1a1b19',
    '--mantine-color-text': '#eceae4',
    '--mantine-color-dimmed': '#a3a097',
    '--mantine-color-placeholder': '#9a978f',
    '--mantine-color-default-border': '#3d3e3a',
    '--mantine-color-error': '#ef9a89',
    '--mantine-color-anchor': '#7fc9ae',
  },
});
