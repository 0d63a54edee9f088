import { Button, Textarea } from "@mantine/core";
import { type KeyboardEvent, lazy, type ReactNode, Suspense, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import "./editable.css";

// Large, and needed only where there is a text.
const Markdown = lazy(() => import("./Markdown.tsx").then((module) => ({ default: module.Markdown })));

type Props = {
	title: string;
	/** Markdown. */
	text: string;
	/** What stands where there is none. */
	empty: string;
	/** Without it the text is only shown. */
	onText?: (text: string) => void;
};

/** A text in Markdown that is edited where it stands: Ctrl+Enter saves, Escape leaves it as it was. */
export function EditableText({ title, text, empty, onText }: Props): ReactNode {
	const { t } = useTranslation();
	const [draft, setDraft] = useState<string | null>(null);
	const button = useRef<HTMLButtonElement>(null);
	const wasOpen = useRef(false);
	useEffect(() => {
		if (wasOpen.current && draft === null) button.current?.focus();
		wasOpen.current = draft !== null;
	}, [draft]);
	const save = () => {
		if (draft !== null && draft !== text) onText?.(draft);
		setDraft(null);
	};
	const onKeyDown = (event: KeyboardEvent) => {
		if (event.key === "Escape") setDraft(null);
		if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save();
	};
	return (
		<div className="editable">
			<div className="editable-head">
				<h2>{title}</h2>
				{onText && draft === null ? (
					<button
						ref={button}
						type="button"
						className="copy"
						aria-label={`${t("ui.edit")}: ${title}`}
						onClick={() => setDraft(text)}
					>
						{t("ui.edit")}
					</button>
				) : null}
			</div>
			{draft === null ? (
				text.trim() === "" ? (
					<p className="quiet">{empty}</p>
				) : (
					<Suspense fallback={<p className="lead">{text}</p>}>
						<Markdown text={text} />
					</Suspense>
				)
			) : (
				<>
					<Textarea
						aria-label={title}
						autoFocus
						autosize
						minRows={4}
						maxRows={24}
						value={draft}
						onChange={({ currentTarget }) => setDraft(currentTarget.value)}
						onKeyDown={onKeyDown}
					/>
					<div className="editable-foot">
						<Button size="xs" onClick={save}>
							{t("ui.save")}
						</Button>
						<Button size="xs" variant="default" onClick={() => setDraft(null)}>
							{t("ui.cancel")}
						</Button>
					</div>
				</>
			)}
		</div>
	);
}
