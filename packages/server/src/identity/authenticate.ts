import type { Actor, Credential, UserActor } from "../access/actor.ts";
import type { FoundActor } from "../access/actor-cache.ts";
import { atLeast, type GivenRole } from "../access/roles.ts";
import type { Services } from "../context.ts";
import { DomainError } from "../errors.ts";
import { candidateKeys, hashSecret } from "./api-key-rules.ts";
import { readCredential } from "./credential-rules.ts";
import { readCredentialOwner, readKeyOwners, readSessionOwner, type UserFacts } from "./identity-reader.ts";
import { touchApiKey } from "./identity-store.ts";

/** The headers of a request that say who sends it. */
export type Credentials = {
	readonly authorization?: string | undefined;
	readonly cookie?: string | undefined;
};

/** The key that a request carries, as it was sent. */
export function sentApiKey(headers: Credentials): string | undefined {
	const credential = readCredential(headers);
	return credential.kind === "api-key" ? credential.key : undefined;
}

type Needs = Pick<Services, "db" | "config" | "clock" | "actors">;

const touchEveryMilliseconds = 60_000;

/**
 * Who sends this request? A key that is sent but wrong is an error, a session that has ended is nobody,
 * and so is a request without either. `baseUrl` is named in the error's way out.
 */
export async function authenticate(services: Needs, headers: Credentials, baseUrl: string): Promise<Actor> {
	const credential = readCredential(headers);
	switch (credential.kind) {
		case "none":
			return nobody(services);
		case "malformed":
			throw wrongKey(baseUrl);
		case "session": {
			const hash = hashSecret(credential.token);
			const lookUp = async () => await findSessionOwner(services, hash);
			return (await services.actors.find(`session ${hash}`, services.clock(), lookUp)) ?? nobody(services);
		}
		case "api-key": {
			const hashes = candidateKeys(credential.key).map(hashSecret);
			const lookUp = async () => await findKeyOwner(services, hashes);
			const actor = await services.actors.find(`key ${hashes[0]}`, services.clock(), lookUp);
			if (actor === null) throw wrongKey(baseUrl);
			return actor;
		}
	}
}

function nobody(services: Needs): Actor {
	return { kind: "anonymous", mayReadPublic: services.config.anonymousRead };
}

async function findSessionOwner(services: Needs, hash: string): Promise<FoundActor | null> {
	const owner = await readSessionOwner(services.db, hash, services.clock());
	if (owner === null) return null;
	const credential = { id: owner.sessionId, readOnly: false };
	return { actor: actorOf(owner, "session", credential), goodUntil: owner.expiresAt };
}

async function findKeyOwner(services: Needs, hashes: readonly string[]): Promise<FoundActor | null> {
	const owners = await readKeyOwners(services.db, hashes);
	const owner = hashes.map((hash) => owners.find((row) => row.secretHash === hash)).find((row) => row !== undefined);
	if (owner === undefined) return null;
	const now = services.clock();
	if (owner.expiresAt !== null && owner.expiresAt <= now) throw expiredKey(owner.expiresAt);
	const notSince = new Date(now.getTime() - touchEveryMilliseconds);
	if (owner.lastUsedAt === null || owner.lastUsedAt <= notSince) {
		await touchApiKey(services.db, owner.keyId, { now, notSince });
	}
	const credential = { id: owner.keyId, readOnly: owner.scope === "read" };
	return { actor: actorOf(owner, "api-key", credential), goodUntil: owner.expiresAt };
}

/**
 * Who holds the key or session of this id now; null when it was taken away, has ended, or its owner is deactivated.
 * For what goes on by the right of an earlier request: signed URLs, downloads under way.
 */
export async function findCredentialOwner(services: Needs, credential: Credential): Promise<UserActor | null> {
	const lookUp = async () => {
		const owner = await readCredentialOwner(services.db, credential.id, services.clock());
		return owner === null ? null : { actor: actorOf(owner, "ticket", credential), goodUntil: owner.expiresAt };
	};
	return await services.actors.find(`id ${credential.id}`, services.clock(), lookUp);
}

function actorOf(facts: UserFacts, via: UserActor["via"], credential: Credential): UserActor {
	return {
		kind: "user",
		userId: facts.userId,
		username: facts.username,
		instanceAdmin: facts.instanceAdmin,
		personalEntityId: facts.personalEntityId,
		defaultEntityId: facts.defaultEntityId,
		teams: new Map(Object.entries(facts.teams)),
		organizations: new Map(Object.entries(facts.organizations)),
		grants: highestOf(facts.grants),
		via,
		credential,
	};
}

function expiredKey(at: Date): DomainError {
	return new DomainError(
		"UNAUTHENTICATED",
		`this API key expired on ${at.toISOString()}: make a new one in your settings, or ask the admin who made it`,
	);
}

function highestOf(grants: UserFacts["grants"]): Map<string, GivenRole> {
	const best = new Map<string, GivenRole>();
	for (const [projectId, role] of grants) {
		if (!atLeast(best.get(projectId) ?? "none", role)) best.set(projectId, role);
	}
	return best;
}

function wrongKey(baseUrl: string): DomainError {
	return new DomainError(
		"UNAUTHENTICATED",
		`the API key is not valid on this server. Get one at ${baseUrl}/authorize and run: wandb login --relogin --host ${baseUrl}`,
	);
}
