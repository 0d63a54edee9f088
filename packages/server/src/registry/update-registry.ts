import { projectRole } from "../access/project-role.ts";
import { checkAliases } from "../artifact/index.ts";
import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { emit } from "../jobs/outbox.ts";
import { findProjectById, type ProjectRow, requireOn } from "../project/index.ts";
import { findRegistries } from "./registry-reader.ts";
import { lockRegistry, setDefaultRole, setProtectedAliases } from "./registry-store.ts";

export type UpdateRegistryInput = {
	readonly projectId: string;
	/** All of them; null leaves them as they are. */
	readonly protectedAliases: readonly string[] | null;
	/** viewer or member; null leaves it. */
	readonly defaultRole: string | null;
};

/** Changes settings of a registry that the client does not know; its admins may. */
export async function updateRegistry(ctx: Ctx, input: UpdateRegistryInput): Promise<ProjectRow> {
	const aliases = input.protectedAliases === null ? null : [...new Set(input.protectedAliases)].sort();
	if (aliases !== null) checkProtectable(aliases);
	const defaultRole = input.defaultRole === null ? null : parseDefaultRole(input.defaultRole);
	const project = await findProjectById(ctx.db, input.projectId);
	if (project === null || !project.isRegistry || projectRole(ctx.actor, project) === "none") {
		throw new DomainError("NOT_FOUND", "no registry has this id: it was deleted, never was, or is not open to you");
	}
	if (aliases !== null) requireOn(ctx, project, "registry.protect");
	if (defaultRole !== null) requireOn(ctx, project, "registry.roles");
	return await inTransaction(ctx, async (tx) => {
		await lockRegistry(tx.db, project.id);
		const [registry] = await findRegistries(tx.db, [project.id]);
		if (registry === undefined) throw new Error(`registry ${project.id} is not there`);
		const about = { type: "registry.updated" as const, projectId: project.id };
		if (aliases !== null && aliases.join() !== registry.protectedAliases.join()) {
			await setProtectedAliases(tx, project.id, aliases);
			await emit(tx, { ...about, setting: "protectedAliases", from: registry.protectedAliases, to: aliases });
		}
		if (defaultRole !== null && defaultRole !== registry.defaultRole) {
			await setDefaultRole(tx, project.id, defaultRole);
			await emit(tx, { ...about, setting: "defaultRole", from: registry.defaultRole, to: defaultRole });
		}
		return (await findProjectById(tx.db, project.id)) ?? project;
	});
}

/** Each link moves `latest` by itself: protected, nobody but admins could link. */
function checkProtectable(aliases: readonly string[]): void {
	checkAliases(aliases);
	if (!aliases.includes("latest")) return;
	throw new DomainError(
		"INVALID_INPUT",
		'"latest" cannot be protected: every link moves it to the newest version. Protect an alias that people give, like "production"',
	);
}

function parseDefaultRole(text: string): "viewer" | "member" {
	if (text === "viewer" || text === "member") return text;
	throw new DomainError(
		"INVALID_INPUT",
		`${JSON.stringify(text.slice(0, 100))} cannot be the role of everybody in a registry: use viewer or member`,
	);
}
