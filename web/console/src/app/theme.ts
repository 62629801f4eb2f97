/** Colours, type and measures. What Mantine leaves too pale to read (WCAG AA) is set here. */
import {
  Button,
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  Modal,
  Textarea,
  TextInput,
} from '@mantine/core'

const ink: MantineColorsTuple = [
  '#eef4fa',
  '#dce7f2',
  '#b5cde4',
  '#8bb1d6',
  '#6899ca',
  '#4f88c1',
  '#3a73ab',
  '#2b5c8d',
  '#24476b',
  '#18324d',
]

export const theme = createTheme({
  primaryColor: 'ink',
  primaryShade: { light: 7, dark: 6 },
  colors: { ink },
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', sans-serif",
  headings: { fontFamily: "'Inter Variable', system-ui, sans-serif", fontWeight: '650' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  components: {
    Button: Button.extend({ defaultProps: { size: 'sm' } }),
    Modal: Modal.extend({
      defaultProps: {
        centered: true,
        radius: 'lg',
        overlayProps: { backgroundOpacity: 0.35 },
        // It is drawn as a <header>, which would be a second banner of the page.
        attributes: { header: { role: 'presentation' } },
      },
    }),
    TextInput: TextInput.extend({ defaultProps: { size: 'sm' } }),
    Textarea: Textarea.extend({ defaultProps: { size: 'sm', autosize: true, minRows: 2 } }),
  },
})

export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#5a6470',
    '--mantine-color-placeholder': '#6b7580',
    '--mantine-color-text': '#1c2530',
    '--mantine-color-error': '#b3261e',
    '--mantine-color-body': '#ffffff',
    '--mantine-color-default-border': '#d9dee4',
  },
  dark: {
    '--mantine-color-dimmed': '#a3adb8',
    '--mantine-color-placeholder': '#8f99a5',
    '--mantine-color-text': '#e4e9ee',
    '--mantine-color-error': '#ff9d94',
    '--mantine-color-body': '#14181d',
    '--mantine-color-default': '#1d232a',
    '--mantine-color-default-hover': '#262d36',
    '--mantine-color-default-border': '#343d48',
  },
})
