import { Outlet } from "@tanstack/react-router";
import { Nav } from "./nav.js";

/** What stays while screens change: the way to all of them, and the bar above. */
export function Shell() {
  return (
    <div className="shell">
      <a className="unseen" href="#main">
        Skip to the content
      </a>
      <Nav />
      <header className="shell-bar">
        <span className="meta">remit</span>
      </header>
      <main className="shell-main" id="main" tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  );
}
