import { z } from "zod";
import { mayOnProject } from "../access/project-role.ts";
import { signGetUrl } from "../blob/index.ts";
import type { Ctx } from "../context.ts";
import { type CountedPage, pageOf, parseCursor } from "../db/page.ts";
import type { PageArgs } from "../graphql/connection.ts";
import { toNodeId } from "../graphql/node-id.ts";
import type { ProjectRow } from "../project/index.ts";
import {
	countRunFiles,
	type FileNode,
	listRunFileRows,
	type RunFileRow,
	type RunFileSearch,
} from "./run-file-reader.ts";
import { runFilePath } from "./run-file-rules.ts";
import type { RunRow } from "./run-reader.ts";
import { pageLimit, storableText } from "./run-rules.ts";

export type ListRunFilesInput = PageArgs & {
	readonly run: RunRow;
	readonly project: ProjectRow;
	/** wire: the client declares the list as `[String]`, whose items may be null. */
	readonly names?: ReadonlyArray<string | null | undefined> | null | undefined;
	readonly pattern?: string | null | undefined;
};

/** Key of a file in a list by name. */
export const runFileCursor = (file: { readonly name: string }) => [file.name];

/** Files of a run whose bytes are here, by name; null where the viewer may not read them. */
export async function listRunFiles(ctx: Ctx, input: ListRunFilesInput): Promise<CountedPage<FileNode> | null> {
	const { run, project } = input;
	if (!mayOnProject(ctx.actor, project, "project.read")) return null;
	const pattern = input.pattern ?? "";
	const search: RunFileSearch = {
		runId: run.id,
		names: (input.names ?? []).flatMap((name) => (typeof name === "string" ? [storableText(name)] : [])),
		pattern: pattern === "" ? null : storableText(pattern),
	};
	const limit = pageLimit(input.first, 100);
	const after = typeof input.after !== "string" ? null : parseCursor(input.after, z.tuple([z.string()]));
	const [rows, total] = await Promise.all([
		listRunFileRows(ctx.db, search, { limit: limit + 1, after }),
		countRunFiles(ctx.db, search),
	]);
	const folder = [project.entityName, project.name, run.name].map(encodeURIComponent).join("/");
	const { rows: shown, ...page } = pageOf(rows, limit, runFileCursor);
	const files = shown.map((row) => toFileNode(ctx, row, `${ctx.baseUrl}/files/${folder}/${runFilePath(row.name)}`));
	return { ...page, rows: files, total };
}

function toFileNode(ctx: Ctx, row: RunFileRow, url: string): FileNode {
	return {
		id: toNodeId("RunFile", row.id),
		name: row.name,
		displayName: row.name,
		sha256: row.sha256,
		size: row.size,
		mimetype: row.mimetype,
		updatedAt: row.updatedAt,
		md5Hex: row.md5Hex,
		digest: null,
		directUrl: signGetUrl(ctx, { sha256: row.sha256, name: row.name, contentType: row.mimetype ?? undefined }),
		url,
		uploadUrl: null,
		uploadHeaders: [],
		storagePath: null,
	};
}
