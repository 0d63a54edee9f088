import { userIdOf } from "../access/actor.ts";
import { mayOnProject } from "../access/project-role.ts";
import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { ensureProject, findProjectById, type ProjectRow, requireOn } from "../project/index.ts";
import { findSweepsByIds, type SweepRow } from "./sweep-reader.ts";
import { checkTransition, parseSweepState, sweepMethod } from "./sweep-rules.ts";
import { insertSweep, lockSweepState, type SweepChanges, updateSweep } from "./sweep-store.ts";

type Text = string | null | undefined;

/** Null and undefined leave a thing as it is. */
export type UpsertSweepInput = {
	/** UUID of a sweep that exists; else a new one is made. */
	readonly id?: Text;
	readonly entityName?: Text;
	readonly projectName?: Text;
	/** YAML or JSON. */
	readonly config?: Text;
	readonly displayName?: Text;
	readonly description?: Text;
	readonly controller?: Text;
	readonly scheduler?: Text;
	readonly state?: Text;
};

export type UpsertedSweep = { readonly sweep: SweepRow; readonly project: ProjectRow };

const nameLength = 8;
const largestConfig = 1024 * 1024;

/** Makes a sweep (and its project, if there is none), or changes one. */
export async function upsertSweep(ctx: Ctx, input: UpsertSweepInput): Promise<UpsertedSweep> {
	const changes = toChanges(input);
	if (input.id) return await change(ctx, input.id, changes);

	if (changes.config === undefined) {
		throw new DomainError(
			"INVALID_INPUT",
			"A new sweep needs its configuration: give `config`, or the `id` of a sweep.",
		);
	}
	const project = await ensureProject(ctx, {
		entityName: input.entityName ?? null,
		projectName: input.projectName ?? null,
	});
	const id = ctx.ids.uuid();
	const { config, method = "custom", state = "PENDING" } = changes;
	const createdBy = userIdOf(ctx.actor);
	const sweep = {
		id,
		projectId: project.id,
		createdBy,
		now: ctx.clock(),
		changes: { ...changes, config, method, state },
	};
	// Names are drawn at random: a name that is taken is drawn again.
	while (!(await insertSweep(ctx.db, { ...sweep, name: ctx.ids.token(nameLength) })));
	return { sweep: await read(ctx, id), project };
}

async function change(ctx: Ctx, id: string, changes: SweepChanges): Promise<UpsertedSweep> {
	const [found] = await findSweepsByIds(ctx.db, [id]);
	const project = found === undefined ? null : await findProjectById(ctx.db, found.projectId);
	if (found === undefined || project === null || !mayOnProject(ctx.actor, project, "project.see")) {
		throw new DomainError("NOT_FOUND", "There is no sweep with that id.");
	}
	requireOn(ctx, project, "project.write");
	await inTransaction(ctx, async (tx) => {
		const state = await lockSweepState(tx.db, id);
		if (state !== undefined && changes.state !== undefined) checkTransition(state, changes.state);
		await updateSweep(tx.db, id, { ...changes, now: ctx.clock() });
	});
	return { sweep: await read(ctx, id), project };
}

async function read(ctx: Ctx, id: string): Promise<SweepRow> {
	const [sweep] = await findSweepsByIds(ctx.db, [id]);
	if (sweep === undefined) throw new DomainError("GONE", "The sweep was deleted while it was being changed.");
	return sweep;
}

function toChanges(input: UpsertSweepInput): SweepChanges {
	const config = text(input.config);
	if (config !== undefined && config.length > largestConfig) {
		throw new DomainError(
			"INVALID_INPUT",
			`The configuration of a sweep may have ${largestConfig} characters at most.`,
		);
	}
	const state = text(input.state);
	return {
		displayName: text(input.displayName),
		description: text(input.description),
		controller: text(input.controller),
		scheduler: text(input.scheduler),
		state: state === undefined ? undefined : parseSweepState(state),
		config,
		method: config === undefined ? undefined : sweepMethod(config),
	};
}

/** wire: "" and null both mean "nothing said". PostgreSQL's text has no zero character. */
function text(value: Text): string | undefined {
	const kept = value?.replaceAll("\u0000", "") ?? "";
	return kept === "" ? undefined : kept;
}
