import {
  IconKey,
  IconLock,
  IconQuestionMark,
  IconRefresh,
  IconShieldCheck,
  IconSitemap,
  IconUserShield,
  IconWorld,
  type Icon,
} from "@tabler/icons-react";
import "./word-badge.css";

/** The eight words (screens.md 2): told apart by form and icon before colour. */
const forms: Readonly<Record<string, readonly [form: string, icon: Icon]>> = {
  "yes, by itself": ["itself", IconRefresh],
  "yes, from outside": ["outside", IconWorld],
  yes: ["yes", IconKey],
  "shared cause": ["shared", IconSitemap],
  unknown: ["unknown", IconQuestionMark],
  "only admins": ["admins", IconUserShield],
  governed: ["governed", IconShieldCheck],
  cannot: ["cannot", IconLock],
};

export function WordBadge({ word }: { readonly word: string }) {
  const [form, Sign] = forms[word] ?? ["admins", IconQuestionMark];
  return (
    <span className="word" data-form={form}>
      <Sign size={14} stroke={1.75} aria-hidden />
      {word}
    </span>
  );
}
