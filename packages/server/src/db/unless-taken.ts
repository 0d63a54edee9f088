const uniqueViolation = "23505";

/**
 * False where something else has the name, or whatever must be unique, that the statement writes: then the transaction is
 * lost, and the caller must end it.
 */
export async function unlessTaken(write: Promise<unknown>): Promise<boolean> {
	try {
		await write;
		return true;
	} catch (error) {
		if (error instanceof Error && "code" in error && error.code === uniqueViolation) return false;
		throw error;
	}
}
