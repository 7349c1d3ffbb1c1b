import { Command } from "commander";
import type { Console } from "./console.js";
import type { ExitCode } from "./errors.js";
import type { AnalyzeFlags } from "./run-analyze.js";
import type { AskFlags } from "./run-ask.js";
import type { CutFlags } from "./run-cut.js";
import type { WhatIfFlags } from "./run-what-if.js";
import type { CheckProofFlags } from "./run-check-proof.js";
import type { ExplainFlags } from "./run-explain.js";
import type { GateFlags } from "./run-gate.js";
import type { ReadinessFlags } from "./run-readiness.js";

/** The commands. What each does is loaded when it runs, so that help costs nothing. */
export function createProgram(io: Console, done: (exit: ExitCode) => void): Command {
  const program = new Command("remit")
    .description("Who owns a cloud exposure, and will it come back? With proof.")
    .option("--version", "version, and the date of the AWS action dictionary")
    .helpCommand(false)
    .addHelpText(
      "after",
      example("remit analyze --estate gaad.json organizations/ --findings prowler.ocsf.json"),
    );

  const analyze = withInputs(program.command("analyze"))
    .description("Cases with owners, proofs and verdicts: the main job")
    .option("--baseline <file>", "an earlier --format json: only what is new counts")
    .option(
      "--fail-on <condition>",
      "exit 1 when it holds: possible, unknown, new, tier>=2, band<=1, severity>=high; & joins, `,` separates",
    )
    .option("--class <name>", "`configuration`: plain settings become cases too")
    .option("--all", "every case, unknown and rejection on its own line")
    .option("--verbose", "every route, weight of evidence and authority; a line per document read");
  withOutput(analyze, "table, json, markdown, html")
    .addHelpText(
      "after",
      example(
        "remit analyze --estate gaad.json s3.json --findings prowler.ocsf.json --fail-on 'possible&tier>=2'",
      ),
    )
    .action(async (flags: AnalyzeFlags) => {
      const { runAnalyze } = await import("./run-analyze.js");
      done(await runAnalyze(flags, io));
    });

  const explain = withInputs(program.command("explain <case>"))
    .description("One case in full: path, evidence, owners, what would change it")
    .option("--class <name>", "as for analyze")
    .option(
      "--proof <file>",
      "write the proof of it there, or `-` alone to standard output, for `remit check-proof`",
    )
    .option("--verbose", "every route, weight of evidence and the authority table");
  withOutput(explain, "table, json, markdown, html")
    .addHelpText(
      "after",
      example("remit explain R-7K2Q", "remit explain R-7K2Q --estate gaad.json --findings prowler.ocsf.json"),
    )
    .action(async (id: string, flags: ExplainFlags) => {
      const { runExplain } = await import("./run-explain.js");
      done(await runExplain(id, flags, io));
    });

  program
    .command("check-proof <file>")
    .description("Verifies a proof against its documents, without the engine; exit 1 says where it fails")
    .option("--estate <path...>", "where the documents lie now; default: the paths that the proof names")
    .option("--format <name>", "table, json", "table")
    .option("--out <path>", "write there instead of to standard output, whole or not at all")
    .addHelpText("after", example("remit explain R-7K2Q --proof proof.json", "remit check-proof proof.json"))
    .action(async (file: string, flags: CheckProofFlags) => {
      const { runCheckProof } = await import("./run-check-proof.js");
      done(await runCheckProof(file, flags, io));
    });

  const whoCan = withInputs(program.command("who-can <action> <resource>"))
    .description(
      "Every identity that can, by which path and under which condition; who almost can, and what stops them",
    )
    .option("--all", "every identity");
  withOutput(whoCan, "table, json")
    .addHelpText(
      "after",
      example("remit who-can s3:PutBucketPolicy arn:aws:s3:::acme-exports --estate gaad.json"),
    )
    .action(async (action: string, resource: string, flags: AskFlags) => {
      const { runWhoCan } = await import("./run-ask.js");
      done(await runWhoCan(action, resource, flags, io));
    });

  const reach = withInputs(program.command("reach <principal>"))
    .description("Blast radius: what an identity can become, read and change, and the tier that follows")
    .option("--all", "every resource");
  withOutput(reach, "table, json")
    .addHelpText("after", example("remit reach svc-batch --estate gaad.json"))
    .action(async (principal: string, flags: AskFlags) => {
      const { runReach } = await import("./run-ask.js");
      done(await runReach(principal, flags, io));
    });

  const recreate = withInputs(program.command("recreate"))
    .description("Who could bring an exposure back, by which credential")
    .requiredOption("--resource <id>", "ARN or name of one known resource")
    .requiredOption("--weakness <class>", "as `remit schema weakness` lists them: s3.public");
  withOutput(recreate, "table, json")
    .addHelpText(
      "after",
      example("remit recreate --resource arn:aws:s3:::acme-exports --weakness s3.public --estate gaad.json"),
    )
    .action(async (flags: AskFlags & { readonly resource: string; readonly weakness: string }) => {
      const { runRecreate } = await import("./run-ask.js");
      done(await runRecreate(flags, io));
    });

  const gate = withInputs(program.command("gate"))
    .description("For CI: exit 1 with reasons when a release breaks the accountability policy")
    .option("--tier <number>", "gaps of workloads below it are told and stop nothing", "1")
    .option("--baseline <file>", "an earlier `remit readiness --format json`: only what is new stops");
  withOutput(gate, "table, json, markdown, sarif")
    .addHelpText("after", example("remit gate --estate gaad.json estate.yaml --catalogue remit.yaml"))
    .action(async (flags: GateFlags) => {
      const { runGate } = await import("./run-gate.js");
      done(await runGate(flags, io));
    });

  const readiness = withInputs(program.command("readiness"))
    .description(
      "Who answers for what before an incident, and whether they can: workload × duty, gaps, fixes",
    )
    .option("--all", "every workload and gap");
  withOutput(readiness, "table, json, html")
    .addHelpText("after", example("remit readiness --estate gaad.json estate.yaml --catalogue remit.yaml"))
    .action(async (flags: ReadinessFlags) => {
      const { runReadiness } = await import("./run-readiness.js");
      done(await runReadiness(flags, io));
    });

  const whatIf = withInputs(program.command("what-if"))
    .description(
      "The same analysis after a proposed change: what flips, who loses and gains what, what breaks",
    )
    .requiredOption("--change <file>", "a change document, or `terraform show -json PLAN`")
    .option("--all", "every row")
    .option("--fail-on <condition>", "exit 1 when it holds: worse, breaks, gained; `,` separates");
  withOutput(whatIf, "table, json, markdown")
    .addHelpText("after", example("remit what-if --change change.yaml --estate gaad.json s3.json"))
    .action(async (flags: WhatIfFlags) => {
      const { runWhatIf } = await import("./run-what-if.js");
      done(await runWhatIf(flags, io));
    });

  const cut = withInputs(program.command("cut [case]"))
    .description("The least that has to change so that nobody ungoverned brings it back, by owner")
    .option("--all", "over all cases that come back: the changes that end most of them first")
    .option("--verbose", "policy diffs and Terraform too")
    .option("--change <file>", "write the changes as a document for `remit what-if`");
  withOutput(cut, "table, json, markdown")
    .addHelpText("after", example("remit cut R-7K2Q", "remit cut --all --change changes.json"))
    .action(async (id: string | undefined, flags: CutFlags) => {
      const { runCut } = await import("./run-cut.js");
      done(await runCut(id, flags, io));
    });

  program
    .command("schema [name]")
    .description("The JSON Schema of a document, or the names of all")
    .addHelpText("after", example("remit schema analysis"))
    .action(async (name: string | undefined) => {
      const { runSchema } = await import("./run-schema.js");
      done(await runSchema(name, io));
    });
  return program;
}

const example = (...lines: readonly string[]): string =>
  `\nExample:\n${lines.map((line) => `  $ ${line}`).join("\n")}`;

const withInputs = (command: Command): Command =>
  command
    .option("--estate <path...>", "what exists: files, folders, patterns, `-`; recognised by content")
    .option("--findings <path...>", "what was reported: Prowler JSON-OCSF, ASFF")
    .option("--catalogue <file>", "who answers for what: remit.yaml")
    .option("--policy <file>", "limits and switches that replace those of the catalogue")
    .option("--now <time>", "the instant to decide for, instead of the clock's")
    .option("--account <id>", "twelve digits, for documents that do not name their account");

const withOutput = (command: Command, formats: string): Command =>
  command
    .option("--format <name>", formats, "table")
    .option("--out <path>", "write there instead of to standard output, whole or not at all");
