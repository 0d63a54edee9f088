import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";

/** Refuses to begin what writes more than a few rows while less than KEIFU_MIN_FREE_BYTES are free; reads go on. */
export async function requireRoom(ctx: Pick<Ctx, "blobs" | "config">): Promise<void> {
	const free = await ctx.blobs.freeBytes();
	const { minFreeBytes } = ctx.config;
	if (free >= minFreeBytes) return;
	throw new DomainError(
		"STORAGE_FULL",
		`storage full: ${free} bytes are free and ${minFreeBytes} must stay free. ` +
			"Free space on the disk of the server, or lower KEIFU_MIN_FREE_BYTES there.",
	);
}
