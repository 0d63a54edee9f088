import { Command } from "commander";
import { settingRows } from "../config.ts";
import { SetupError } from "../errors.ts";
import { addMemberCommands } from "./admin/member-commands.ts";
import { serve } from "./admin/serve.ts";
import { addUserCommands } from "./admin/user-commands.ts";

const badSetup = 2;

/** The command line: `keifu <command> [flags]`. */
export async function run(argv: readonly string[]): Promise<void> {
	const program = new Command("keifu").description("ML artifacts, their lineage, and a registry for an organisation");
	const serving = program.command("serve").description("start the server in the foreground");
	for (const { flag, env, meaning } of settingRows) serving.option(`${flag} <value>`, `${meaning} (${env})`);
	serving.action(async (flags: Record<string, string>) => await serve(flags));
	addUserCommands(program);
	addMemberCommands(program);
	try {
		await program.parseAsync([...argv]);
	} catch (error) {
		if (!(error instanceof SetupError)) throw error;
		process.stderr.write(`keifu: ${error.message}\n`);
		process.exitCode = badSetup;
	}
}
