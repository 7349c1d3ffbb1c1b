import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CaseView } from "../../src/app/index.js";
import type { Fresh } from "../server/clean-installation.js";
import type { Scenario } from "./scenario.js";
import type { ScenarioFiles } from "./run-core.js";

/** What an import answers. */
export interface Imported {
  readonly documents: number;
  readonly analysis: string;
  readonly opened: readonly string[];
  readonly redecided: readonly string[];
  readonly verified: readonly string[];
  readonly refused: readonly unknown[];
  readonly rejected: readonly unknown[];
}

/**
 * The documents under the names that an installation hands them to its analysis by, in a folder that becomes the
 * working one: what the core and the command line say of them is then the same to the last byte.
 */
export function inFolder(scenario: Scenario): { readonly files: ScenarioFiles; readonly leave: () => void } {
  const [folder, before] = [mkdtempSync(join(tmpdir(), "remit-over-http-")), process.cwd()];
  const put = (path: string, value: unknown): string => {
    writeFileSync(join(folder, path), JSON.stringify(value, null, 2));
    // A document that does not say of when it is shows the world of when it came.
    utimesSync(join(folder, path), new Date(scenario.now), new Date(scenario.now));
    return path;
  };
  mkdirSync(join(folder, "estate"));
  mkdirSync(join(folder, "findings"));
  const files = {
    estate: put("estate/estate.json", scenario.estate),
    findings:
      scenario.findings === undefined
        ? undefined
        : put("findings/findings.json", { schema: "remit.findings/1", findings: scenario.findings }),
    catalogue: put("remit.yaml", scenario.catalogue),
  };
  process.chdir(folder);
  return {
    files,
    leave() {
      process.chdir(before);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The catalogue and the documents of a scenario, as somebody would send them with curl. */
export async function sendScenario(
  { app, as, log }: Fresh,
  files: ScenarioFiles,
  version = 0,
): Promise<Imported> {
  const operator = await as("operator", "read", "import", "admin");
  const put = await app.request("/api/v1/catalogue", {
    method: "PUT",
    headers: { ...operator, "content-type": "application/yaml", "if-match": `"${String(version)}"` },
    body: readFileSync(files.catalogue),
  });
  if (put.status !== 200)
    throw new Error(`the catalogue was refused: ${await put.text()} ${JSON.stringify(log)}`);
  const form = new FormData();
  const part = (path: string) => new File([readFileSync(path)], path.split("/").at(-1) ?? "");
  form.append("estate", part(files.estate));
  if (files.findings !== undefined) form.append("findings", part(files.findings));
  const sent = await app.request("/api/v1/imports", { method: "POST", headers: operator, body: form });
  if (sent.status !== 200) throw new Error(`the import was refused: ${await sent.text()}`);
  return (await sent.json()) as Imported;
}

/** The case as HTTP shows it to a person. */
export async function readCase({ app, as }: Fresh, id: string): Promise<CaseView> {
  const answer = await app.request(`/api/v1/cases/${id}`, { headers: await as("ana.ruiz", "read", "admin") });
  if (answer.status !== 200) throw new Error(`${id}: ${await answer.text()}`);
  return (await answer.json()) as CaseView;
}
