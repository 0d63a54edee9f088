import { DomainError } from "../errors.ts";

const leastPassword = 8;
const longestPassword = 1024;

export function checkNewPassword(password: string): void {
	if (password.length >= leastPassword && password.length <= longestPassword) return;
	throw new DomainError("INVALID_INPUT", `a password has ${leastPassword} to ${longestPassword} characters`);
}
