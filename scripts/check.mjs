// `npm run check [-- WORD]`: all checks of the sources, or those whose name contains WORD.
import { listChecks, runChecks } from "./checks.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { runMain, SetupError, say } from "./repository.mjs";

await runMain(async () => {
	await ensureInstalled(say);
	const word = process.argv[2] ?? "";
	const checks = listChecks().filter(({ name }) => name.includes(word));
	if (checks.length === 0) {
		const names = listChecks().map(({ name }) => name);
		throw new SetupError(`no check is called "${word}"; there are: ${names.join(", ")}.`, 2);
	}
	const { passed, failed } = await runChecks(checks);
	process.stdout.write(`${passed} passed, ${failed} failed\n`);
	if (failed > 0) process.exitCode = 1;
});
