import { z } from "zod";
import { mayOnProject } from "../access/project-role.ts";
import type { Ctx } from "../context.ts";
import { type Page, pageOf, parseCursor } from "../db/page.ts";
import type { PageArgs } from "../graphql/connection.ts";
import type { RunInProject } from "./require-run.ts";
import { readLines } from "./run-line-reader.ts";
import { type ConsoleLine, parseConsoleLine } from "./run-log-rules.ts";
import { pageLimit } from "./run-rules.ts";

export type ReadRunLogInput = PageArgs & {
	/** The end of the log instead of its beginning. */
	readonly last?: number | null | undefined;
	/** The page that ends before this line, `last` lines long. */
	readonly before?: string | null | undefined;
};

export type NumberedConsoleLine = ConsoleLine & { readonly number: number };

/** Key of a line in a log. */
export const consoleLineCursor = (line: NumberedConsoleLine) => [line.number];

const defaultLines = 1000;
const lineNumber = z
	.int()
	.nonnegative()
	.max(2 ** 31);

/** A page of what a run wrote to the console; it is empty for those who may not read the run's files. */
export async function readRunLog(
	ctx: Pick<Ctx, "db" | "actor">,
	{ run, project }: RunInProject,
	input: ReadRunLogInput,
): Promise<Page<NumberedConsoleLine>> {
	const readable = mayOnProject(ctx.actor, project, "project.read") ? run.logLineCount : 0;
	const count = typeof input.before === "string" ? Math.min(parseLine(input.before), readable) : readable;
	const from = firstLine(input, count);
	const to = Math.min(from + pageLimit(input.first ?? input.last, defaultLines), count);
	const found = from < to ? await readLines(ctx.db, { runId: run.id, stream: "log", from, to }) : [];
	const rows = found.map((line) => ({ ...parseConsoleLine(line.text), number: line.number }));
	return { ...pageOf(rows, rows.length, consoleLineCursor), hasNextPage: to < readable };
}

function parseLine(cursor: string): number {
	return parseCursor(cursor, z.tuple([lineNumber]))[0];
}

function firstLine({ after, last }: ReadRunLogInput, count: number): number {
	if (after !== null && after !== undefined) return parseLine(after) + 1;
	return typeof last === "number" ? Math.max(count - pageLimit(last, defaultLines), 0) : 0;
}
