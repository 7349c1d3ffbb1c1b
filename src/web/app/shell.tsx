import { Outlet, useNavigate, useRouterState } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useSession, useSummary } from "../api/session.js";
import { Now } from "../parts/now.js";
import { PeopleNames } from "../parts/people.js";
import { Fault } from "../parts/state-blocks.js";
import { AwayBar } from "./away-bar.js";
import { useConnection } from "./connection.js";
import { Find } from "./find.js";
import { KeyHelp } from "./key-help.js";
import { useLiveEvents } from "./live.js";
import { Nav } from "./nav.js";
import { SignedOutDialog } from "./signed-out-dialog.js";
import { TopBar } from "./top-bar.js";
import { useShellKeys } from "./shell-keys.js";

/** What stays while screens change: the way to all of them, and the bar above. */
export function Shell() {
  const path = useRouterState({ select: ({ location }) => location.pathname });
  return path === "/sign-in" ? <Outlet /> : <SignedInShell />;
}

function SignedInShell() {
  const session = useSession();
  const { ended, awaySince } = useConnection();
  const signedIn = session.data !== null && session.data !== undefined;
  const summary = useSummary(signedIn && !ended);
  const [open, setOpen] = useState<"find" | "keys" | undefined>(undefined);
  const navigate = useNavigate();
  const now = useInstallationClock(summary.data?.now);
  useLiveEvents(signedIn && !ended);
  useShellKeys({ find: () => setOpen("find"), help: () => setOpen("keys") });
  const nobody = session.data === null && !ended;
  useEffect(() => {
    if (!nobody) return;
    const here = window.location.pathname + window.location.search;
    void navigate({ to: "/sign-in", search: here === "/" ? {} : { return: here }, replace: true });
  }, [nobody, navigate]);
  if (session.isError && session.data === undefined)
    return (
      <main className="alone" id="main">
        <h1>remit</h1>
        <Fault error={session.error} what="the server was not reached" retry={() => void session.refetch()} />
      </main>
    );
  if (!signedIn && !ended) return null;
  return (
    <Now value={now}>
      <PeopleNames>
        <div className="shell">
          <a className="unseen skip" href="#main">
            Skip to the content
          </a>
          <Nav summary={summary.data} />
          <TopBar
            summary={summary.data}
            person={session.data ?? undefined}
            onFind={() => setOpen("find")}
            onHelp={() => setOpen("keys")}
          />
          <main className="shell-main" id="main" tabIndex={-1}>
            {awaySince === undefined ? null : <AwayBar since={awaySince} />}
            <Outlet />
          </main>
        </div>
        {open === "find" ? <Find onClose={() => setOpen(undefined)} /> : null}
        {open === "keys" ? <KeyHelp onClose={() => setOpen(undefined)} /> : null}
        {ended ? <SignedOutDialog /> : null}
      </PeopleNames>
    </Now>
  );
}

const minute = 60_000;

/** Runs on from what the server said last; the clock of this machine may be another. */
function useInstallationClock(said: string | undefined): string {
  const [now, setNow] = useState(() => new Date().toISOString());
  useEffect(() => {
    const offset = said === undefined ? 0 : Date.parse(said) - Date.now();
    const tick = (): void => setNow(new Date(Date.now() + offset).toISOString());
    tick();
    const timer = setInterval(tick, minute / 2);
    return () => clearInterval(timer);
  }, [said]);
  return now;
}
