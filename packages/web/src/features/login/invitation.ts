import { createClient } from "@keifu/sdk";
import { queryOptions } from "@tanstack/react-query";

/** What the link of an invitation offers. */
export type Invitation = {
	organization: string;
	/** Null: to the organisation alone. */
	team: string | null;
	invitedBy: string;
	role: string;
	email: string | null;
	/** For somebody who has an account, and has to sign in to accept it. */
	forExistingUser: boolean;
};

/** Who accepts as somebody new. */
export type NewAccount = { username: string; password: string; email?: string };

async function post(path: string, body: object): Promise<Response> {
	const client = createClient({ baseUrl: window.location.origin, retry: { attempts: 1 } });
	return await client.request(path, {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify(body),
	});
}

export function invitationQuery(token: string) {
	return queryOptions({
		queryKey: ["invitation", token],
		// What the server sends is what its route says.
		queryFn: async () => (await (await post("api/invite", { token })).json()) as Invitation,
		retry: false,
	});
}

/** Joins: as who is signed in, or as somebody new, who is signed in by it. */
export async function acceptInvitation(token: string, account: NewAccount | null): Promise<void> {
	await post("api/invite/accept", { token, ...account });
}
