import { lazy, type ReactNode, Suspense } from "react";

const Markdown = lazy(async () => ({ default: (await import("./Markdown.tsx")).Markdown }));

/** Markdown whose reader is fetched when there is something to read; until then the text stands as it was written. */
export function LazyMarkdown({ text }: { text: string }): ReactNode {
	if (text === "") return null;
	return (
		<Suspense fallback={<p className="lead">{text}</p>}>
			<Markdown text={text} />
		</Suspense>
	);
}
