import { useEffect, useRef } from "react";

export type KeyMap = Readonly<Record<string, (event: KeyboardEvent) => void>>;

const switchName = "remit-single-keys";

/** Single keys can be switched off for who speaks to the machine (WCAG 2.1.4). */
export const singleKeysOn = (): boolean => localStorage.getItem(switchName) !== "off";
export const setSingleKeys = (on: boolean): void => localStorage.setItem(switchName, on ? "on" : "off");

/** Keys of a screen: never while somebody writes, and never under a dialog. `Shift y` is written `Y`. */
export function useKeys(keys: KeyMap, when = true): void {
  const current = useRef(keys);
  useEffect(() => {
    current.current = keys;
  });
  useEffect(() => {
    if (!when) return undefined;
    const listen = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (isWriting(event.target) || document.querySelector('[role="dialog"][aria-modal="true"]') !== null)
        return;
      if (event.key.length === 1 && !singleKeysOn()) return;
      const act = current.current[event.key];
      if (act === undefined) return;
      event.preventDefault();
      act(event);
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [when]);
}

export const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select") !== null);
