import { Command } from "commander";
import { settingRows } from "../config.ts";
import { SetupError } from "../errors.ts";
import { addMemberCommands } from "./admin/member-commands.ts";
import { migrateLegacyRegistries } from "./admin/migrate-legacy.ts";
import { serve } from "./admin/serve.ts";
import { addUserCommands } from "./admin/user-commands.ts";

const badSetup = 2;

/** Settings that say which installation a command is about. */
const placeSettings: ReadonlySet<string> = new Set(["dataDir", "databaseUrl", "storageUrl", "logLevel"]);

/** The command line: `keifu <command> [flags]`. */
export async function run(argv: readonly string[]): Promise<void> {
	const program = new Command("keifu").description("ML artifacts, their lineage, and a registry for an organisation");
	const serving = program.command("serve").description("start the server in the foreground");
	for (const { flag, env, meaning } of settingRows) serving.option(`${flag} <value>`, `${meaning} (${env})`);
	serving.action(async (flags: Record<string, string>) => await serve(flags));
	addUserCommands(program);
	addMemberCommands(program);
	const registry = program.command("registry").description("registries, on the command line");
	const migrating = registry
		.command("migrate-legacy")
		.description("move the collections of legacy model registries (ENTITY/model-registry) to wandb-registry-model")
		.option("--team <name>", "only that team's");
	for (const { key, flag, env, meaning } of settingRows) {
		if (placeSettings.has(key)) migrating.option(`${flag} <value>`, `${meaning} (${env})`);
	}
	migrating.action(async (flags: Record<string, string>) => await migrateLegacyRegistries(flags));
	try {
		await program.parseAsync([...argv]);
	} catch (error) {
		if (!(error instanceof SetupError)) throw error;
		process.stderr.write(`keifu: ${error.message}\n`);
		process.exitCode = badSetup;
	}
}
