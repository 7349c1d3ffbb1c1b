import { localStorageColorSchemeManager } from "@mantine/core";

/** The same key as public/colour-scheme.js, which reads it before anything is drawn. */
export const colourScheme = localStorageColorSchemeManager({ key: "remit-colour-scheme" });
