/** What had the focus. What is around it outlives it; behind a dialog or a menu stands what it was opened from. */
interface Held {
  readonly element: HTMLElement;
  /** The nearest first; of what stands in a dialog or a menu, only as far as that. */
  readonly around: readonly HTMLElement[];
  readonly from: Held | undefined;
}

const layers = '[role="dialog"], [role="menu"]';
const places =
  'li, tr, section, form, header, article, main, [role="region"], [role="grid"], [role="dialog"]';

/**
 * The focus is never nowhere (WCAG 2.4.3). A dialog that closes gives it back to what opened it; a button that was busy
 * has it again; of one that is gone with what it did, the item or block has it in which it stood, so that the result is
 * read and the next Tab goes on from there. It never goes to another button by itself: Enter twice does one thing.
 */
export function keepFocus(): () => void {
  const openers = new WeakMap<Element, Held>();
  let last: Held | undefined;
  const onFocusIn = ({ target }: FocusEvent): void => {
    if (!(target instanceof HTMLElement)) return;
    const layer = target.closest<HTMLElement>(layers);
    if (layer !== null && !openers.has(layer) && last !== undefined && !layer.contains(last.element))
      openers.set(layer, last);
    last = {
      element: target,
      around: around(target, layer),
      from: layer === null ? undefined : openers.get(layer),
    };
  };
  const onFocusOut = ({ relatedTarget }: FocusEvent): void => {
    if (relatedTarget !== null) return;
    // By then it shows whether it was taken away, or whoever works here went elsewhere.
    queueMicrotask(() => {
      if (nowhere() && last !== undefined && usable(last.element)) last = undefined;
    });
  };
  const settle = (): void => {
    // A title that is drawn again sees to itself.
    if (last === undefined || !nowhere() || last.element.matches("h1")) return;
    if (usable(last.element)) give(last.element);
    else if (!last.element.isConnected || !last.element.matches(":disabled")) give(placeOf(last));
  };
  const changes = new MutationObserver(settle);
  document.addEventListener("focusin", onFocusIn);
  document.addEventListener("focusout", onFocusOut);
  changes.observe(document.body, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ["disabled", "hidden"],
  });
  return () => {
    document.removeEventListener("focusin", onFocusIn);
    document.removeEventListener("focusout", onFocusOut);
    changes.disconnect();
  };
}

const nowhere = (): boolean => document.activeElement === null || document.activeElement === document.body;

const usable = (element: HTMLElement): boolean =>
  element.isConnected && !element.matches(":disabled") && element.checkVisibility();

function around(element: HTMLElement, layer: HTMLElement | null): readonly HTMLElement[] {
  const found: HTMLElement[] = [];
  for (let at = element.parentElement; at !== null && at !== document.body; at = at.parentElement) {
    found.push(at);
    if (at === layer) break;
  }
  return found;
}

function placeOf({ around: kept, from }: Held): HTMLElement | undefined {
  const nearest = kept.find((element) => element.isConnected && element.checkVisibility());
  if (nearest !== undefined) return nearest.closest<HTMLElement>(places) ?? undefined;
  if (from === undefined) return undefined;
  return usable(from.element) ? from.element : placeOf(from);
}

/** What takes no focus of its own takes it once. */
function give(element: HTMLElement | undefined): void {
  if (element === undefined) return;
  element.focus({ preventScroll: true });
  if (document.activeElement === element) return;
  element.tabIndex = -1;
  element.addEventListener("blur", () => element.removeAttribute("tabindex"), { once: true });
  element.focus({ preventScroll: true });
}
