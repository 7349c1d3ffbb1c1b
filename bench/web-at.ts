import { existsSync, readFileSync } from "node:fs";
import type { ChildProcess } from "node:child_process";
import type { Browser, BrowserContext } from "playwright-core";

const person = "ana.ruiz";

export interface Bench {
  readonly browser: Browser;
  readonly address: string;
  readonly process: ChildProcess;
}

/** Processor time of the server so far, its threads included; where the system tells none: not a number. */
export function serverCpuMs({ process: { pid } }: Bench): number {
  const file = `/proc/${String(pid)}/stat`;
  if (!existsSync(file)) return Number.NaN;
  const fields = (readFileSync(file, "utf8").split(") ")[1] ?? "").split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Of all pages together: there is one at a time. */
export async function pageCpuMs({ browser }: Bench): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  return processInfo
    .filter(({ type }) => type === "renderer")
    .reduce((sum, { cpuTime }) => sum + cpuTime * 1000, 0);
}

export async function window({ browser, address }: Bench): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: address,
    viewport: { width: 1440, height: 900 },
    reducedMotion: "reduce",
  });
  const answer = await context.request.post("/api/v1/session", {
    data: { person },
    headers: { "idempotency-key": crypto.randomUUID(), origin: address },
  });
  if (!answer.ok()) throw new Error(`${person} is not signed in: ${await answer.text()}`);
  return context;
}

export const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
