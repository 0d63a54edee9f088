/** Types that the client makes by itself; the browser hides them until asked. */
export function isGeneratedType(type: string): boolean {
	return type === "run_table" || type === "code" || type === "job" || type.startsWith("wandb-");
}
