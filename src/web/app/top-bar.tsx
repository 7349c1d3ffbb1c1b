import { ActionIcon, Menu, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { IconBell, IconChevronDown, IconMoon, IconSearch, IconSun } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { SignedIn, Summary } from "../../api/index.js";
import { useSignOut } from "../api/session.js";
import { PlainText } from "../parts/plain-text.js";
import { estateIsOld, estateText } from "./nav.js";
import { Notifications } from "./notifications.js";

interface TopBarProps {
  readonly summary: Summary | undefined;
  readonly person: SignedIn | undefined;
  readonly onFind: () => void;
  readonly onHelp: () => void;
}

export function TopBar({ summary, person, onFind, onHelp }: TopBarProps) {
  const [listed, setListed] = useState(false);
  const waiting = summary?.cases.waiting ?? 0;
  return (
    <header className="shell-bar">
      <button type="button" className="find-button" onClick={onFind} aria-keyshortcuts="Control+K">
        <IconSearch size={16} stroke={1.5} aria-hidden />
        <span>Find</span>
        <kbd aria-hidden>Ctrl K</kbd>
      </button>
      <span className="estate-age meta" data-old={estateIsOld(summary) || undefined}>
        {summary === undefined ? "" : estateText(summary)}
      </span>
      <ColourScheme />
      <button
        type="button"
        className="bell"
        aria-label={waiting === 0 ? "what waits for you" : `what waits for you: ${String(waiting)}`}
        onClick={() => setListed(true)}
      >
        <IconBell size={18} stroke={1.5} aria-hidden />
        {waiting === 0 ? null : <span aria-hidden>{waiting}</span>}
      </button>
      {person === undefined ? null : <Account person={person} onHelp={onHelp} />}
      {listed ? <Notifications onClose={() => setListed(false)} /> : null}
    </header>
  );
}

function ColourScheme() {
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme("light") === "dark";
  const Sign = dark ? IconSun : IconMoon;
  return (
    <ActionIcon
      variant="transparent"
      className="bar-icon"
      aria-label={dark ? "light colours" : "dark colours"}
      onClick={() => setColorScheme(dark ? "light" : "dark")}
    >
      <Sign size={18} stroke={1.5} aria-hidden />
    </ActionIcon>
  );
}

function Account({ person, onHelp }: { readonly person: SignedIn; readonly onHelp: () => void }) {
  const signOut = useSignOut();
  const navigate = useNavigate();
  return (
    <Menu position="bottom-end" shadow="none" width={240}>
      <Menu.Target>
        <button type="button" className="account">
          <span className="account-name">
            <PlainText text={person.name} />
          </span>
          <IconChevronDown size={14} stroke={1.5} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {person.roles.length === 0 ? "no role" : person.roles.join(", ")}
          {person.teams.length === 0 ? "" : ` · ${person.teams.join(", ")}`}
        </Menu.Label>
        <Menu.Item onClick={onHelp}>Keys</Menu.Item>
        <Menu.Item
          onClick={() => signOut.mutate(undefined, { onSuccess: () => void navigate({ to: "/sign-in" }) })}
        >
          {person.method === "example" ? "Be somebody else" : "Sign out"}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
