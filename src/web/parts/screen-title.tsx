import { useEffect, useRef, type ReactNode } from "react";

/** The path whose title had the focus last: what a screen draws again does not take it away from anybody. */
let announced: string | undefined;
/** The path to which the way led from another screen, so that its title was given the focus. */
let led: string | undefined;

/** Of a screen: names the window, and takes the focus when the way led here from another screen. */
export function ScreenTitle({ text, children }: { readonly text: string; readonly children?: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${text} · remit`;
    const { pathname } = window.location;
    // Of the first page, the skip link comes first.
    // The title of what is still being read had the focus and is gone with it: it goes on to the one that follows.
    const lost = document.activeElement === document.body && led === pathname;
    if (announced !== undefined && (announced !== pathname || lost)) {
      heading.current?.focus({ preventScroll: true });
      led = pathname;
    }
    announced = pathname;
  }, [text]);
  return (
    <h1 tabIndex={-1} ref={heading}>
      {children ?? text}
    </h1>
  );
}
