import type { Ctx } from "../context.ts";
import { boundedByFilter } from "../db/bounded-read.ts";
import { DomainError } from "../errors.ts";
import { findByText } from "./search-reader.ts";
import type { Found } from "./search-rows.ts";

const longestText = 200;
const mostHits = 200;
const defaultHits = 20;

/** What the actor may see that has a text in its name, best first. */
export async function searchEverything(
	ctx: Ctx,
	{ text, first }: { readonly text: string; readonly first: number | null },
): Promise<Found[]> {
	if (text.length > longestText) {
		throw new DomainError("INVALID_INPUT", `the text to search for has more than ${longestText} characters`);
	}
	const wanted = text.replaceAll("\u0000", "").toWellFormed().trim();
	if (wanted === "") return [];
	const limit = Math.min(Math.max(first ?? defaultHits, 0), mostHits);
	return await boundedByFilter(ctx, [], async (tx) => await findByText(tx, wanted, limit), { isCostly: true });
}
