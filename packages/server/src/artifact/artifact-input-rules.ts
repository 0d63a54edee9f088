import { DomainError } from "../errors.ts";
import { normaliseJson } from "../run/index.ts";

const maxMetadataBytes = 1024 * 1024;

/** JSON text fit to be stored: what no database text can hold is left out, numbers that no double holds become texts. */
export function checkMetadata(text: string | null | undefined): string | null {
	if (text === null || text === undefined) return null;
	const bytes = Buffer.byteLength(text);
	if (bytes > maxMetadataBytes) {
		throw new DomainError(
			"UNPROCESSABLE",
			`the metadata is ${bytes} bytes of JSON; ${maxMetadataBytes} (1 MiB) is the most. Put large data into a file of the artifact`,
		);
	}
	try {
		return normaliseJson(text).text;
	} catch (cause) {
		const why = cause instanceof Error ? cause.message.slice(0, 200) : "";
		throw new DomainError("INVALID_INPUT", `the metadata cannot be stored: ${why}`, { cause });
	}
}

/** Seconds to keep from the wire's number: null inherits, -2 never expires. Client: ArtifactTTL. */
export function ttlFromWire(seconds: number | null | undefined): number | null {
	if (seconds === null || seconds === undefined || seconds === -1) return null;
	if (seconds === -2 || (Number.isInteger(seconds) && seconds > 0 && seconds <= 2_147_483_647)) return seconds;
	throw new DomainError(
		"INVALID_INPUT",
		`ttlDurationSeconds is ${seconds}: expected a number of seconds above 0, -1 to inherit, or -2 for none`,
	);
}

/** Beyond 2^53 a number read back would be another one. */
export function checkHistoryStep(step: number | null): void {
	if (step === null || Number.isSafeInteger(step)) return;
	throw new DomainError("INVALID_INPUT", `historyStep is ${step}: expected a whole number of at most 53 bits`);
}

/** base64 MD5, as the client writes digests of bytes, in hex; null when it is no MD5. */
export function md5HexFromBase64(digest: string): string | null {
	const bytes = Buffer.from(digest, "base64");
	return bytes.length === 16 && bytes.toString("base64") === digest ? bytes.toString("hex") : null;
}

/** Refuses what is no digest of a manifest file: base64 MD5, or nothing while the client does not know it. */
export function checkManifestDigest(digest: string): void {
	if (digest === "" || md5HexFromBase64(digest) !== null) return;
	throw new DomainError("INVALID_INPUT", "the manifest's digest must be the MD5 of the manifest file in base64");
}
