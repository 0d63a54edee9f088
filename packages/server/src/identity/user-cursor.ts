import type { CursorValue } from "../db/page.ts";
import type { UserRow } from "./identity-store.ts";

/** What lists of users are sorted by. */
export function userCursorKey(user: UserRow): CursorValue[] {
	return [user.username.toLowerCase(), user.id];
}
