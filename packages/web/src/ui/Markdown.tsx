import type { ReactNode } from "react";
import ReactMarkdown from "react-markdown";
import remarkGfm from "remark-gfm";
import "./markdown.css";

/** Text that a user wrote, as Markdown: HTML in it is shown as text, and addresses that could run code are dropped. */
export function Markdown({ text }: { text: string }): ReactNode {
	return (
		<div className="markdown">
			<ReactMarkdown
				remarkPlugins={[remarkGfm]}
				components={{
					// The page's own headings stand above those of a text in it.
					h1: "h3",
					h2: "h4",
					h3: "h5",
					a: ({ href, children }) => (
						<a href={href} className="link" rel="noreferrer nofollow" target="_blank">
							{children}
						</a>
					),
				}}
			>
				{text}
			</ReactMarkdown>
		</div>
	);
}
