export const sessionCookieName = "keifu_session";

/** What a request carries to say who sends it. */
export type Credential =
	| { readonly kind: "none" }
	| { readonly kind: "malformed" }
	| { readonly kind: "api-key"; readonly key: string }
	| { readonly kind: "session"; readonly token: string };

/**
 * Reads the credential out of the headers. An `Authorization` header wins over a cookie: who sends a key means it.
 * wire: the client sends Basic with the user name `api` and the key as the password.
 */
export function readCredential(headers: {
	readonly authorization?: string | undefined;
	readonly cookie?: string | undefined;
}): Credential {
	if (headers.authorization !== undefined && headers.authorization.trim() !== "") {
		return readAuthorization(headers.authorization.trim());
	}
	const token = readCookie(headers.cookie ?? "", sessionCookieName);
	return token === null ? { kind: "none" } : { kind: "session", token };
}

/** The session token of a `Cookie` header. */
export function readSessionToken(cookie: string | undefined): string | null {
	return readCookie(cookie ?? "", sessionCookieName);
}

function readAuthorization(header: string): Credential {
	const [scheme = "", value = "", ...rest] = header.split(/ +/);
	if (rest.length > 0 || value === "") return { kind: "malformed" };
	switch (scheme.toLowerCase()) {
		case "bearer":
			return { kind: "api-key", key: value };
		case "basic": {
			const [user, ...password] = Buffer.from(value, "base64").toString("utf8").split(":");
			const key = password.join(":");
			return user === "api" && key !== "" ? { kind: "api-key", key } : { kind: "malformed" };
		}
		default:
			return { kind: "malformed" };
	}
}

function readCookie(header: string, name: string): string | null {
	for (const part of header.split(";")) {
		const at = part.indexOf("=");
		if (at > 0 && part.slice(0, at).trim() === name) {
			const value = part.slice(at + 1).trim();
			return value === "" ? null : value;
		}
	}
	return null;
}

/** The `Set-Cookie` line of a session; `null` as the token takes the cookie away. */
export function sessionCookie(
	session: { readonly token: string; readonly maxAgeSeconds: number } | null,
	secure: boolean,
): string {
	const value =
		session === null
			? `${sessionCookieName}=; Max-Age=0`
			: `${sessionCookieName}=${session.token}; Max-Age=${session.maxAgeSeconds}`;
	return `${value}; Path=/; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`;
}
