import { mayOnProject } from "../access/project-role.ts";
import { DomainError } from "../errors.ts";
import type { Guard } from "../guards.ts";
import { findProjectById } from "../project/index.ts";
import { registryNameOf } from "./registry-name-rules.ts";
import { findProtectedAliases } from "./registry-reader.ts";

/**
 * Keeps the protected aliases of a registry where its admins put them: nobody else gives one, takes it away, or deletes,
 * unlinks, moves or renames what holds it.
 */
export const guardProtectedAliases: Guard<"alias.move"> = async (ctx, { projectId, add, remove }) => {
	// `latest` cannot be protected, and is all that most links move.
	const moved = [...new Set([...add, ...remove])].filter((alias) => alias !== "latest");
	if (moved.length === 0) return;
	const kept = await findProtectedAliases(ctx.db, projectId, moved);
	if (kept.length === 0) return;
	const registry = await findProjectById(ctx.db, projectId);
	if (registry === null) throw new Error(`registry ${projectId} is not there`);
	if (mayOnProject(ctx.actor, registry, "alias.change_protected")) return;
	if (!mayOnProject(ctx.actor, registry, "project.see")) {
		throw new DomainError(
			"FORBIDDEN",
			"a registry that you may not see keeps this version under a protected alias: ask an admin of the organisation to take it off first",
		);
	}
	const [names, verb] = [kept.map((alias) => `"${alias}"`).join(", "), kept.length === 1 ? "is" : "are"];
	throw new DomainError(
		"FORBIDDEN",
		`${names} ${verb} protected in the registry "${registryNameOf(registry.name)}": only its admins may put such an alias on a version, take it off, or delete, unlink, move or rename what holds it. Ask one of them, or use another alias`,
	);
};
