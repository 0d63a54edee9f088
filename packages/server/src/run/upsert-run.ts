import { userIdOf } from "../access/actor.ts";
import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { ensureProject, type ProjectRow } from "../project/index.ts";
import { findSweepByName } from "../sweep/index.ts";
import { branchPointOf, forkHistory, requireParent } from "./fork-history.ts";
import { type RunInProject, requireRunById } from "./require-run.ts";
import { parseJsonObject } from "./run-json-rules.ts";
import { isDeletedWithProject, type RunDocuments } from "./run-reader.ts";
import { checkRunName, generateDisplayWords, parseRunState, type RunState, storableText } from "./run-rules.ts";
import { insertOrUpdateRun, type RunChanges, type UpsertCourse, updateRun } from "./run-upsert-store.ts";
import { toldStart } from "./told-time-rules.ts";

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

export type UpsertedRun = RunInProject & { readonly documents: RunDocuments; readonly inserted: boolean };

/** Makes a run, and its project if there is none, or changes the run that is there. */
export async function upsertRun(ctx: Ctx, input: UpsertRunInput): Promise<UpsertedRun> {
	const state = given(input.state) === undefined ? undefined : parseRunState(input.state ?? "");
	const parsed = { ...toChanges(input), state };
	if (given(input.id) !== undefined) return await updateById(ctx, { ...input, id: input.id ?? "" }, parsed);

	const name = given(input.name) === undefined ? ctx.ids.token(8) : checkRunName(input.name ?? "");
	const address = { entityName: input.entityName ?? null, projectName: input.projectName ?? null };
	const project = await ensureProject(ctx, address, async (entity, projectName) => {
		if (await isDeletedWithProject(ctx, { entityId: entity.id, projectName, runName: name })) {
			throw deleted({ entityName: entity.name, name: projectName }, name);
		}
	});
	const sweepId = await findSweepId(ctx, project, input.sweepName);
	const upsert = { ...parsed, project, name, changes: { ...parsed.changes, sweepId } };
	const branch = branchPointOf(parsed.config, name);
	if (branch === undefined) return await upsertByName(ctx, upsert);
	return await inTransaction(ctx, async (tx) => {
		const upserted = await upsertByName(tx, upsert);
		if (upserted.inserted) {
			const parent = await requireParent(tx, project, branch);
			await forkHistory(tx, { runId: parent.id, step: branch.step }, upserted.run.id);
		}
		return upserted;
	});
}

type Parsed = {
	readonly changes: RunChanges;
	/** The config of the changes, parsed. */
	readonly config: unknown;
	readonly state: RunState | undefined;
};

type Upsert = Parsed & { readonly project: ProjectRow; readonly name: string };

async function updateById(
	ctx: Ctx,
	input: UpsertRunInput & { readonly id: string },
	{ changes, config, state }: Parsed,
): Promise<UpsertedRun> {
	const { run, project } = await requireRunById(ctx, input.id, "project.write");
	const sweepId = await findSweepId(ctx, project, input.sweepName);
	// wire: a client that resumes a run names it by id and says on which host or with what program it runs; the public
	// API's changes go by id too and say neither. Whoever says nothing is found out by the file stream's next request.
	const resumes = given(input.host) !== undefined || given(input.program) !== undefined;
	const course: UpsertCourse = state === undefined ? (resumes ? "restart" : "leave") : { state };
	const now = ctx.clock();
	const update = { changes: { ...changes, sweepId }, course, startedAt: toldStart(config, now), now };
	const written = await updateRun(ctx, run.id, update);
	if (written === undefined) throw deleted(project, run.name);
	return { ...written, project, inserted: false };
}

async function upsertByName(ctx: Ctx, upsert: Upsert): Promise<UpsertedRun> {
	const { project, name, changes, config, state } = upsert;
	// wire: `pending` announces a run; one that is there already is not taken back to before its start.
	// A debounced upsert may come after the run's end, so that an ended run stays ended here.
	const course: UpsertCourse = state === undefined ? "start" : state === "pending" ? "leave" : { state };
	const id = ctx.ids.uuid();
	const now = ctx.clock();
	const written = await insertOrUpdateRun(
		ctx,
		{
			...{ id, projectId: project.id, name, words: generateDisplayWords(id) },
			...{ state: state ?? "running", createdBy: userIdOf(ctx.actor) },
		},
		{ changes, course, startedAt: toldStart(config, now), now },
	);
	if (written === undefined) throw deleted(project, name);
	return { ...written, project };
}

function deleted(project: Pick<ProjectRow, "entityName" | "name">, name: string): DomainError {
	const path = `${project.entityName}/${project.name}`;
	const text = `The run ${JSON.stringify(name)} of ${path} was deleted, and its id cannot be used again: choose another id.`;
	// wire: a client whose run was deleted may still send changes of it; GONE is not tried again.
	return new DomainError("GONE", text);
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

function toChanges(input: UpsertRunInput): Pick<Parsed, "changes" | "config"> {
	const config = json(input.config, "The config");
	const changes = {
		displayName: given(input.displayName),
		description: text(input.description),
		notes: text(input.notes),
		groupName: text(input.groupName),
		jobType: text(input.jobType),
		tags: input.tags?.map(storableText),
		config: config?.text,
		summaryMetrics: json(input.summaryMetrics, "The summary")?.text,
		commit: text(input.commit),
		host: text(input.host),
		program: text(input.program),
		repo: text(input.repo),
	};
	return { changes, config: config?.value };
}

function text(value: Text): string | undefined {
	return value === null || value === undefined ? undefined : storableText(value);
}

/** Text that says something; wire: where there is nothing to say, some clients send "". */
function given(value: Text): string | undefined {
	const stored = text(value);
	return stored === "" ? undefined : stored;
}

function json(value: Text, what: string): ReturnType<typeof parseJsonObject> | undefined {
	const stored = given(value);
	return stored === undefined ? undefined : parseJsonObject(stored, what);
}
