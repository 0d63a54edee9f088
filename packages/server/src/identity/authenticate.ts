import type { Actor, UserActor } from "../access/actor.ts";
import type { Services } from "../context.ts";
import { DomainError } from "../errors.ts";
import { candidateKeys, hashSecret } from "./api-key-rules.ts";
import { readCredential } from "./credential-rules.ts";
import { readKeyOwners, readSessionOwner, type UserFacts } from "./identity-reader.ts";
import { touchApiKey } from "./identity-store.ts";

/** The headers of a request that say who sends it. */
export type Credentials = {
	readonly authorization?: string | undefined;
	readonly cookie?: string | undefined;
};

type Needs = Pick<Services, "db" | "config" | "clock">;

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
			const owner = await readSessionOwner(services.db, hashSecret(credential.token), services.clock());
			return owner === null ? nobody(services) : actorOf(owner, "session");
		}
		case "api-key": {
			const actor = await findKeyOwner(services, credential.key);
			if (actor === null) throw wrongKey(baseUrl);
			return actor;
		}
	}
}

function nobody(services: Needs): Actor {
	return { kind: "anonymous", mayReadPublic: services.config.anonymousRead };
}

async function findKeyOwner(services: Needs, key: string): Promise<UserActor | null> {
	const hashes = candidateKeys(key).map(hashSecret);
	const owners = await readKeyOwners(services.db, hashes);
	const owner = hashes.map((hash) => owners.find((row) => row.secretHash === hash)).find((row) => row !== undefined);
	if (owner === undefined) return null;
	const now = services.clock();
	const notSince = new Date(now.getTime() - touchEveryMilliseconds);
	if (owner.lastUsedAt === null || owner.lastUsedAt <= notSince) {
		await touchApiKey(services.db, owner.keyId, { now, notSince });
	}
	return actorOf(owner, "api-key");
}

function actorOf(facts: UserFacts, via: UserActor["via"]): UserActor {
	return {
		kind: "user",
		userId: facts.userId,
		username: facts.username,
		instanceAdmin: facts.instanceAdmin,
		personalEntityId: facts.personalEntityId,
		defaultEntityId: facts.defaultEntityId,
		teams: new Map(Object.entries(facts.teams)),
		organizations: new Map(Object.entries(facts.organizations)),
		via,
	};
}

function wrongKey(baseUrl: string): DomainError {
	return new DomainError(
		"UNAUTHENTICATED",
		`the API key is not valid on this server. Get one at ${baseUrl}/authorize and run: wandb login --relogin --host ${baseUrl}`,
	);
}
