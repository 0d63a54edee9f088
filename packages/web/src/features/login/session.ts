import { createClient } from "@keifu/sdk";

function client() {
	// A second try of a sign-in would count as a second attempt.
	return createClient({ baseUrl: window.location.origin, retry: { attempts: 1 } });
}

/** Signs in; the server answers with the session cookie. */
export async function signIn(username: string, password: string): Promise<void> {
	await client().request("api/session", {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify({ username, password }),
	});
}

/** Ends the session. */
export async function signOut(): Promise<void> {
	await client().request("api/session", { method: "DELETE" });
}

/** Where to go after signing in: only an address of this app, or its first page; to the sign-in page with an invitation alone. */
export function safeReturnPath(path: string | undefined): string {
	if (path === undefined || !/^\/(?![/\\])/.test(path)) return "/";
	return path.startsWith("/login") && !path.startsWith("/login?invite=") ? "/" : path;
}
