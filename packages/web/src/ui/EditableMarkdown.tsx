import { Button, Group, Textarea, VisuallyHidden } from "@mantine/core";
import { type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "./Icon.tsx";
import { LazyMarkdown } from "./LazyMarkdown.tsx";
import { Section } from "./Section.tsx";
import "./editable-markdown.css";

type Props = {
	title: string;
	text: string | null;
	/** What stands there while there is none. */
	empty: string;
	/** Without a heading, which the page's own is. */
	untitled?: boolean;
	/** Absent: the reader may not change it. */
	onSave?: ((text: string) => void) | undefined;
};

type EditorProps = { title: string; text: string; onSave: (text: string) => void; onClose: () => void };

function Editor({ title, text, onSave, onClose }: EditorProps): ReactNode {
	const { t } = useTranslation();
	const [draft, setDraft] = useState(text);
	const save = () => {
		onClose();
		if (draft !== text) onSave(draft);
	};
	const onKeyDown = (event: KeyboardEvent) => {
		if (event.key === "Escape") onClose();
		if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save();
	};
	return (
		<form
			onSubmit={(event) => {
				event.preventDefault();
				save();
			}}
		>
			<Textarea
				autosize
				autoFocus
				minRows={4}
				maxRows={24}
				aria-label={title}
				description={t("ui.markdownHint")}
				inputWrapperOrder={["input", "description"]}
				value={draft}
				onChange={({ currentTarget }) => setDraft(currentTarget.value)}
				onKeyDown={onKeyDown}
			/>
			<Group gap="xs" mt="xs">
				<Button type="submit" size="compact-sm">
					{t("ui.save")}
				</Button>
				<Button variant="default" size="compact-sm" onClick={onClose}>
					{t("ui.cancel")}
				</Button>
			</Group>
		</form>
	);
}

/** A text in Markdown, edited where it stands: Ctrl+Enter saves, Escape leaves it as it was. */
export function EditableMarkdown({ title, text, empty, untitled = false, onSave }: Props): ReactNode {
	const { t } = useTranslation();
	const [editing, setEditing] = useState(false);
	const button = useRef<HTMLButtonElement>(null);
	const close = () => {
		setEditing(false);
		// The button is there again after the next drawing.
		requestAnimationFrame(() => button.current?.focus());
	};
	const edit =
		onSave && !editing ? (
			<button ref={button} type="button" className="copy" onClick={() => setEditing(true)}>
				<Icon name="edit" />
				{t("ui.edit")}
				<VisuallyHidden> {title}</VisuallyHidden>
			</button>
		) : undefined;
	const shown = text ? <LazyMarkdown text={text} /> : <p className="quiet">{empty}</p>;
	const body = editing && onSave ? <Editor title={title} text={text ?? ""} onSave={onSave} onClose={close} /> : shown;
	if (!untitled) {
		return (
			<Section title={title} actions={edit}>
				{body}
			</Section>
		);
	}
	return (
		<div className={editing ? undefined : "with-edit"}>
			{body}
			{edit}
		</div>
	);
}
