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

/** The eight words (screens.md 2): told apart by form and icon before colour. */
const forms: Readonly<Record<string, readonly [className: string, icon: Icon]>> = {
  "yes, by itself": ["itself", IconRefresh],
  "yes, from outside": ["outside", IconWorld],
  yes: ["yes", IconKey],
  "shared cause": ["shared", IconSitemap],
  unknown: ["unknown", IconQuestionMark],
  "only admins": ["admins", IconUserShield],
  governed: ["governed", IconShieldCheck],
  cannot: ["cannot", IconLock],
};

export function WordBadge({ words }: { readonly words: string }) {
  const [form, Sign] = forms[words] ?? ["admins", IconQuestionMark];
  return (
    <span className={`word ${form}`}>
      <Sign size={14} stroke={1.75} aria-hidden />
      {words}
    </span>
  );
}
