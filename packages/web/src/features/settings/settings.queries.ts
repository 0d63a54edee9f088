import { createClient } from "@keifu/sdk";
import { queryOptions } from "@tanstack/react-query";
import { ask, nodesOf } from "../../graphql-client.ts";
import {
	type ApiKeyRowFragment,
	ApiKeysDocument,
	DeleteApiKeyDocument,
	EndSessionsDocument,
	GenerateApiKeyDocument,
	SessionsDocument,
	type SessionsQuery,
	UpdateUserDocument,
} from "./settings.graphql.gen.ts";

/** A key as lists show it: its `name` is masked, since the server keeps only a hash. */
export type ApiKey = ApiKeyRowFragment;

export type Session = NonNullable<NonNullable<SessionsQuery["viewer"]>["sessions"]>[number];

/** What a new key is to be. */
export type KeyWanted = {
	description: string;
	/** A service account whose key it is to be; null: the viewer's own. */
	username: string | null;
	scope: string;
	/** Null: good until it is revoked. */
	expiresAt: string | null;
};

/** The viewer's API keys. */
export const apiKeysQuery = queryOptions({
	queryKey: ["api-keys"],
	queryFn: async ({ signal }) => nodesOf((await ask(ApiKeysDocument, {}, signal)).viewer?.apiKeys),
});

/** Where the viewer is signed in. */
export const sessionsQuery = queryOptions({
	queryKey: ["sessions"],
	queryFn: async ({ signal }): Promise<Session[]> => (await ask(SessionsDocument, {}, signal)).viewer?.sessions ?? [],
});

/** Makes a key; the answer is the only place where it is whole. */
export async function generateApiKey(wanted: KeyWanted): Promise<string> {
	const key = (await ask(GenerateApiKeyDocument, wanted)).generateApiKey?.apiKey?.name;
	if (key === undefined) throw new Error("the server made no key");
	return key;
}

/** Takes a key away; whoever uses it is refused from then on. */
export async function deleteApiKey(id: string): Promise<void> {
	await ask(DeleteApiKeyDocument, { id });
}

/** Signs the viewer out somewhere; with null, everywhere else. Gives back how many sessions ended. */
export async function endSessions(id: string | null): Promise<number> {
	return (await ask(EndSessionsDocument, { id })).endSessions?.ended ?? 0;
}

/** Gives the viewer another user name, or another entity that runs go to when none is named. */
export async function updateUser(change: { username?: string; defaultEntity?: string }): Promise<void> {
	await ask(UpdateUserDocument, change);
}

/** Changes the viewer's password; other sessions end by it. */
export async function changePassword(passwords: { present: string; next: string }): Promise<void> {
	// A second try would count as a second attempt.
	const client = createClient({ baseUrl: window.location.origin, retry: { attempts: 1 } });
	await client.request("api/password", {
		method: "PUT",
		headers: { "content-type": "application/json" },
		body: JSON.stringify(passwords),
	});
}
