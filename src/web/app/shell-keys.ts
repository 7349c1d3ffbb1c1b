import { useNavigate, useRouter } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useKeys } from "../parts/keys.js";
import { places } from "./places.js";

const patience = 1500;

/** `Ctrl K`, `/`, `?`, and `g` followed by the key of a screen. */
export function useShellKeys({ find, help }: { readonly find: () => void; readonly help: () => void }): void {
  const navigate = useNavigate();
  const { routesByPath } = useRouter();
  const goAt = useRef(0);
  const current = useRef(find);
  useEffect(() => {
    current.current = find;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k") return;
      event.preventDefault();
      current.current();
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
  // Before the keys of the screens, which may mean something else: `g e` is the estate, `e` alone the evidence.
  useEffect(() => {
    const second = (event: KeyboardEvent): void => {
      if (goAt.current === 0) return;
      const late = Date.now() - goAt.current > patience;
      goAt.current = 0;
      const place = places.find(({ key }) => key === event.key);
      if (late || place === undefined || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (Object.keys(routesByPath).some((path) => path === place.to))
        void navigate({ to: place.to as "/cases" });
    };
    window.addEventListener("keydown", second, { capture: true });
    return () => window.removeEventListener("keydown", second, { capture: true });
  }, [navigate, routesByPath]);
  useKeys({
    g: () => {
      goAt.current = Date.now();
    },
    "?": help,
    "/": () => document.querySelector<HTMLInputElement>("[data-filter]")?.focus(),
  });
}
