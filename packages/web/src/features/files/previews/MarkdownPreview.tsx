import type { ReactNode } from "react";
import { Markdown } from "../../../ui/Markdown.tsx";
import type { PreviewProps } from "./preview-props.ts";
import { TextPreview } from "./TextPreview.tsx";
import { WholeText } from "./WholeText.tsx";

const mostMarkdown = 512 * 1024;

/** Markdown as it is meant, or as it is written. */
export function MarkdownPreview({ id, entry, as }: PreviewProps): ReactNode {
	if (as === "source") return <TextPreview id={id} entry={entry} />;
	return (
		<WholeText id={id} entry={entry} most={mostMarkdown}>
			{(text) => (
				// biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
				<section className="preview-page" tabIndex={0} aria-label={entry.name}>
					<Markdown text={text} />
				</section>
			)}
		</WholeText>
	);
}
