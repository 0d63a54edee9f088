import type { Ctx } from "../../context.ts";
import { DomainError, SetupError } from "../../errors.ts";
import { hasUsers } from "../../identity/index.ts";
import { withServices } from "./with-services.ts";

/** Does something about people as the server itself; a running server sees it within a second. A refusal becomes one line. */
export async function withSystemCtx(work: (ctx: Ctx) => Promise<void>): Promise<void> {
	await withServices({}, async (ctx) => {
		if (!(await hasUsers(ctx.db))) {
			throw new SetupError(
				"there are no users yet: start the server once, with keifu serve, which makes the first one",
			);
		}
		await work(ctx).catch((error: unknown) => {
			if (error instanceof DomainError) throw new SetupError(error.message, { cause: error });
			throw error;
		});
	});
}
