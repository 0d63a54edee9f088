import { DomainError } from "../errors.ts";
import { whatIsUnseen } from "../visible-name.ts";

const longestName = 1024;

/** Refuses a file name that is no path below the run's folder. Spaces, `%`, `&` and the like are part of a name. */
export function checkRunFileName(name: string): string {
	const bad = whatIsWrong(name);
	if (bad === null) return name;
	const shown = JSON.stringify(name.length > 100 ? `${name.slice(0, 100)}…` : name);
	throw new DomainError("INVALID_INPUT", `${shown} cannot be the name of a run's file: ${bad}.`);
}

function whatIsWrong(name: string): string | null {
	if (name === "") return "it is empty";
	if (name.length > longestName) return `it has more than ${longestName} characters`;
	if (/^([/\\]|[A-Za-z]:[/\\])/.test(name)) return "it is an absolute path";
	if (name.split(/[/\\]/).includes("..")) return "it has a .. in it";
	return whatIsUnseen(name);
}

/** The name as part of an address: each segment escaped once, slashes kept. */
export function runFilePath(name: string): string {
	return name.split("/").map(encodeURIComponent).join("/");
}

/** The file name in the path of a request `/files/ENTITY/PROJECT/RUN/NAME…`, unescaped once; null if it is malformed. */
export function runFileNameInPath(requestTarget: string): string | null {
	const [path = ""] = requestTarget.split(/[?#]/, 1);
	try {
		return path.split("/").slice(5).map(decodeURIComponent).join("/");
	} catch {
		return null;
	}
}

const types: ReadonlyMap<string, string> = new Map([
	["csv", "text/csv"],
	["gif", "image/gif"],
	["html", "text/html"],
	["jpeg", "image/jpeg"],
	["jpg", "image/jpeg"],
	["json", "application/json"],
	["log", "text/plain"],
	["md", "text/markdown"],
	["patch", "text/plain"],
	["png", "image/png"],
	["py", "text/x-python"],
	["svg", "image/svg+xml"],
	["txt", "text/plain"],
	["yaml", "application/yaml"],
	["yml", "application/yaml"],
]);

/** The media type that a file's ending stands for; null where it says nothing. */
export function mimetypeOf(name: string): string | null {
	const dot = name.lastIndexOf(".");
	return dot < 0 ? null : (types.get(name.slice(dot + 1).toLowerCase()) ?? null);
}
