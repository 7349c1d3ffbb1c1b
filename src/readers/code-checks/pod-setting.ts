import type { WeaknessClass } from "../../core/findings/index.js";

const settings =
  /privileg|\broot\b|run(s|ning)? as|capabilit|escalat|seccomp|apparmor|selinux|host ?(pid|ipc|network|path|aliases)|read-?only|sysctl|proc mount|hardening/i;
const rights = /\brbac\b|\broles?\b|bindings?\b|cluster-?admin|impersonat|secrets?\b|\bpods\/|webhook/i;

/**
 * How a container is confined is a setting of the pod, not a right of an identity, as in the table of Prowler's checks
 * (`core_minimize_privileged_containers`): the words `privileged` and `root` mean the process there. Undefined for rules
 * about anything else.
 */
export const podSetting = (title: string): WeaknessClass | undefined =>
  settings.test(title) && !rights.test(title) ? "configuration" : undefined;
