import { z } from "zod";
import { DomainError } from "../errors.ts";

/** What a list of sweeps is narrowed down to. */
export type SweepFilter = { readonly name?: string | undefined; readonly state?: string | undefined };

const equality = z.union([z.string(), z.strictObject({ $eq: z.string() }).transform(({ $eq }) => $eq)]);
const shape = z.strictObject({ name: equality.optional(), state: equality.optional() }).nullable();

/** Reads the filters of a list of sweeps. wire: clients send `{}` always, more only with SWEEPS_QUERY_FILTERING. */
export function parseSweepFilter(text: string | null | undefined): SweepFilter {
	if (text === null || text === undefined || text.trim() === "") return {};
	const parsed = shape.safeParse(parseJson(text));
	if (!parsed.success) {
		throw new DomainError(
			"NOT_IMPLEMENTED",
			'This server filters sweeps by equality of name and state alone, like {"state": "RUNNING"}: leave the rest of `filters` out.',
		);
	}
	const { name, state } = parsed.data ?? {};
	return { name: name?.replaceAll("\u0000", ""), state: state?.toUpperCase().replaceAll("\u0000", "") };
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (cause) {
		throw new DomainError("INVALID_INPUT", "The filter of sweeps is not valid JSON.", { cause });
	}
}
