import { createTheme } from "@mantine/core";

const accent = [
  "#e6edfd",
  "#c9d8fb",
  "#a3bdf6",
  "#93b4ff",
  "#6f93ec",
  "#4d76de",
  "#3b66de",
  "#2954c8",
  "#2247ab",
  "#1b3a8c",
] as const;

/** Sizes of screens.md 2; colours come from styles/tokens.css. */
export const theme = createTheme({
  fontFamily: "var(--sans)",
  fontFamilyMonospace: "var(--mono)",
  colors: { accent },
  primaryColor: "accent",
  primaryShade: { light: 7, dark: 6 },
  defaultRadius: 4,
  focusRing: "auto",
  respectReducedMotion: true,
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.25rem" },
  spacing: { xs: "4px", sm: "8px", md: "16px", lg: "24px", xl: "32px" },
});
