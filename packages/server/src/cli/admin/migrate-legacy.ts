import type { Flags } from "../../config.ts";
import { migrateLegacy } from "../../registry/index.ts";
import { withServices } from "./with-services.ts";

/** `keifu registry migrate-legacy`: says of each collection of the legacy model registries where it is now, or why not. */
export async function migrateLegacyRegistries(flags: Flags): Promise<void> {
	const team = typeof flags.team === "string" ? flags.team : null;
	const { team: _, ...settings } = flags;
	const outcomes = await withServices(settings, async (ctx) => await migrateLegacy(ctx, { team }));
	for (const { from, to, reason } of outcomes) {
		process.stdout.write(to === null ? `left ${from}: ${reason}\n` : `moved ${from} to ${to}\n`);
	}
	const moved = outcomes.filter(({ to }) => to !== null).length;
	process.stdout.write(`${moved} moved, ${outcomes.length - moved} left\n`);
	if (moved < outcomes.length) process.exitCode = 1;
}
