/**
 * Controls, direction changes and line ends written out as `U+202E`: names of files and what users typed must not
 * steer a terminal. Here and not from `report`, so that help and errors load nothing.
 */
export const visible = (text: string): string =>
  text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu,
    (character) => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`,
  );
