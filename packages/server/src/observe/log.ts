import { type DestinationStream, destination, type Logger, pino, stdSerializers } from "pino";
import { z } from "zod";
import type { LogLevel } from "../config.ts";

/** The log everything writes to: pino's own type, so that Fastify can share it. */
export type Log = Logger;

const secretNames = ["authorization", "cookie", "apiKey", "api_key", "password", "secret", "token", "ticket"];

/** Where a secret could stand in a log object: at the top, one level down, or among headers. */
const redactedPaths = [
	...secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
	'headers["set-cookie"]',
	'*.headers["set-cookie"]',
];

/**
 * The path of a request as it may be logged: without the query (signed parameters) and without the ticket of a
 * self-authorising address like `/blobs/put/<ticket>`.
 */
export function loggablePath(url: string): string {
	const path = url.split(/[?#]/, 1)[0] ?? "";
	return path.replace(/^(\/blobs\/[^/]+)\/.+$/, "$1/…");
}

const levelNames: Readonly<Record<number, string>> = {
	10: "trace",
	20: "debug",
	30: "info ",
	40: "WARN ",
	50: "ERROR",
	60: "FATAL",
};

const lineShape = z.looseObject({
	level: z.number(),
	time: z.number(),
	msg: z.string().optional(),
	err: z.looseObject({ stack: z.string().optional(), message: z.string().optional() }).optional(),
});

/** One JSON line as a person at a terminal wants it: time, level, text, `key=value`, and the stack of an error below. */
export function readableLine(json: string): string {
	const { level, time, msg, err, pid: _pid, hostname: _hostname, ...rest } = lineShape.parse(JSON.parse(json));
	const clock = new Date(time).toISOString().slice(11, 23);
	const details = Object.entries(rest).map(
		([key, value]) => ` ${key}=${typeof value === "string" ? value : JSON.stringify(value)}`,
	);
	const trace = err === undefined ? "" : `\n${err.stack ?? err.message ?? ""}`;
	return `${clock} ${levelNames[level] ?? String(level)} ${msg ?? ""}${details.join("")}${trace}\n`;
}

export type LogTarget = {
	readonly isTerminal: boolean;
	readonly write: (line: string) => void;
};

function standardError(): DestinationStream {
	// Synchronous: the last lines before a crash are the ones that are needed.
	return destination({ fd: 2, sync: true });
}

/** Opens the log: JSON lines on standard error, or readable ones when that is a terminal. */
export function createLog(level: LogLevel, target?: LogTarget): Log {
	const isTerminal = target?.isTerminal ?? process.stderr.isTTY === true;
	const raw: DestinationStream = target ?? standardError();
	const stream: DestinationStream = isTerminal ? { write: (line) => raw.write(readableLine(line)) } : raw;
	return pino(
		{
			level,
			base: null,
			redact: { paths: redactedPaths, censor: "[hidden]" },
			serializers: { err: stdSerializers.err },
		},
		stream,
	);
}
