import { userIdOf } from "../access/actor.ts";
import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { emit } from "../jobs/outbox.ts";
import { ensureProject, type ProjectRow } from "../project/index.ts";
import { findSweepByName } from "../sweep/index.ts";
import { branchPointOf, forkHistory, requireParent } from "./fork-history.ts";
import { type RunInProject, requireRunById } from "./require-run.ts";
import { parseJsonObject } from "./run-json-rules.ts";
import { findRunByName, findRunsByIds } from "./run-reader.ts";
import { checkRunName, generateDisplayName, parseRunState, type RunState, storableText } from "./run-rules.ts";
import { countRuns, insertRun, type RunChanges, type UpsertCourse, updateRun } from "./run-store.ts";

type Text = string | null | undefined;

/** Null and undefined leave a thing as it is. */
export type UpsertRunInput = {
	/** UUID of a run that exists; else it is found (or made) by entity, project and name. */
	readonly id?: Text;
	readonly name?: Text;
	readonly entityName?: Text;
	readonly projectName?: Text;
	readonly groupName?: Text;
	readonly description?: Text;
	readonly displayName?: Text;
	readonly notes?: Text;
	readonly commit?: Text;
	/** JSON text. */
	readonly config?: Text;
	readonly host?: Text;
	readonly program?: Text;
	readonly repo?: Text;
	readonly jobType?: Text;
	readonly state?: Text;
	/** Name of a sweep of the same project. */
	readonly sweepName?: Text;
	readonly tags?: readonly string[] | null | undefined;
	/** JSON text. */
	readonly summaryMetrics?: Text;
};

export type UpsertedRun = RunInProject & { readonly inserted: boolean };

/** Makes a run, and its project if there is none, or changes the run that is there. */
export async function upsertRun(ctx: Ctx, input: UpsertRunInput): Promise<UpsertedRun> {
	const state = given(input.state) === undefined ? undefined : parseRunState(input.state ?? "");
	const changes = toChanges(input);
	if (given(input.id) !== undefined) return await updateById(ctx, { ...input, id: input.id ?? "" }, { changes, state });

	const name = given(input.name) === undefined ? ctx.ids.token(8) : checkRunName(input.name ?? "");
	const project = await ensureProject(ctx, {
		entityName: input.entityName ?? null,
		projectName: input.projectName ?? null,
	});
	const sweepId = await findSweepId(ctx, project, input.sweepName);
	const upsert = { project, name, changes: { ...changes, sweepId }, state };
	const updated = await updateByName(ctx, upsert);
	if (updated !== undefined) return updated;
	if (await insert(ctx, upsert)) return await read(ctx, upsert, true);
	return (await updateByName(ctx, upsert)) ?? (await read(ctx, upsert, false));
}

type Upsert = {
	readonly project: ProjectRow;
	readonly name: string;
	readonly changes: RunChanges;
	readonly state: RunState | undefined;
};

async function updateById(
	ctx: Ctx,
	input: UpsertRunInput & { readonly id: string },
	parsed: Pick<Upsert, "changes" | "state">,
): Promise<UpsertedRun> {
	const { run, project } = await requireRunById(ctx, input.id, "project.write");
	const sweepId = await findSweepId(ctx, project, input.sweepName);
	// wire: a client that resumes a run names it by id and says on which host or with what program it runs; the public
	// API's changes go by id too and say neither. Whoever says nothing is found out by the file stream's next request.
	const resumes = given(input.host) !== undefined || given(input.program) !== undefined;
	const course: UpsertCourse = parsed.state === undefined ? (resumes ? "restart" : "leave") : { state: parsed.state };
	await updateRun(ctx.db, { id: run.id }, { changes: { ...parsed.changes, sweepId }, course, now: ctx.clock() });
	const [after] = await findRunsByIds(ctx, [run.id]);
	return { run: after ?? run, project, inserted: false };
}

async function updateByName(ctx: Ctx, upsert: Upsert): Promise<UpsertedRun | undefined> {
	const { project, name, changes, state } = upsert;
	// wire: `pending` announces a run; one that is there already is not taken back to before its start.
	// A debounced upsert may come after the run's end, so that an ended run stays ended here.
	const course: UpsertCourse = state === undefined ? "start" : state === "pending" ? "leave" : { state };
	const id = await updateRun(ctx.db, { projectId: project.id, name }, { changes, course, now: ctx.clock() });
	return id === undefined ? undefined : await read(ctx, upsert, false);
}

async function insert(ctx: Ctx, upsert: Upsert): Promise<boolean> {
	const { project, name, changes, state } = upsert;
	const branch = changes.config === undefined ? undefined : branchPointOf(JSON.parse(changes.config), name);
	const parent = branch === undefined ? undefined : await requireParent(ctx, project, branch);
	return await inTransaction(ctx, async (tx) => {
		const id = ctx.ids.uuid();
		const displayName = changes.displayName ?? generateDisplayName(id, 1 + (await countRuns(tx.db, project.id)));
		const inserted = await insertRun(tx.db, {
			id,
			projectId: project.id,
			name,
			state: state ?? "running",
			changes: { ...changes, displayName },
			createdBy: userIdOf(ctx.actor),
			now: ctx.clock(),
		});
		if (!inserted) return false;
		if (branch !== undefined && parent !== undefined) {
			await forkHistory(tx, { runId: parent.id, step: branch.step }, id);
		}
		await emit(tx, { type: "run.created", runId: id, projectId: project.id, name });
		return true;
	});
}

async function read(ctx: Ctx, { project, name }: Upsert, inserted: boolean): Promise<UpsertedRun> {
	const run = await findRunByName(ctx, project.id, name);
	if (run === null) {
		const path = `${project.entityName}/${project.name}`;
		const text = `The run ${JSON.stringify(name)} of ${path} was deleted, and its id cannot be used again: choose another id.`;
		// wire: a client whose run was deleted may still send changes of it; GONE is not tried again.
		throw new DomainError("GONE", text);
	}
	return { run, project, inserted };
}

async function findSweepId(ctx: Ctx, project: ProjectRow, name: Text): Promise<string | undefined> {
	const sweepName = given(name);
	if (sweepName === undefined) return undefined;
	const sweep = await findSweepByName(ctx, project, sweepName);
	if (sweep !== null) return sweep.id;
	throw new DomainError(
		"NOT_FOUND",
		`There is no sweep ${JSON.stringify(sweepName)} in ${project.entityName}/${project.name}. Make it with wandb.sweep() first.`,
	);
}

function toChanges(input: UpsertRunInput): RunChanges {
	return {
		displayName: given(input.displayName),
		description: text(input.description),
		notes: text(input.notes),
		groupName: text(input.groupName),
		jobType: text(input.jobType),
		tags: input.tags?.map(storableText),
		config: json(input.config, "The config"),
		summaryMetrics: json(input.summaryMetrics, "The summary"),
		commit: text(input.commit),
		host: text(input.host),
		program: text(input.program),
		repo: text(input.repo),
	};
}

function text(value: Text): string | undefined {
	return value === null || value === undefined ? undefined : storableText(value);
}

/** Text that says something; wire: where there is nothing to say, some clients send "". */
function given(value: Text): string | undefined {
	const stored = text(value);
	return stored === "" ? undefined : stored;
}

function json(value: Text, what: string): string | undefined {
	const stored = given(value);
	return stored === undefined ? undefined : parseJsonObject(stored, what).text;
}
