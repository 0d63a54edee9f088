import { Button, Group, Textarea, VisuallyHidden } from "@mantine/core";
import { type KeyboardEvent, lazy, type ReactNode, Suspense, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "./Icon.tsx";
import { Section } from "./Section.tsx";

const Markdown = lazy(async () => ({ default: (await import("./Markdown.tsx")).Markdown }));

type Props = {
	title: string;
	text: string | null;
	/** What stands there while there is none. */
	empty: string;
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

/** A description in Markdown, edited where it stands. */
export function EditableMarkdown({ title, text, empty, onSave }: Props): ReactNode {
	const { t } = useTranslation();
	const [editing, setEditing] = useState(false);
	const button = useRef<HTMLButtonElement>(null);
	const close = () => {
		setEditing(false);
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
	return (
		<Section title={title} actions={edit}>
			{editing && onSave ? <Editor title={title} text={text ?? ""} onSave={onSave} onClose={close} /> : null}
			{!editing && text ? (
				<Suspense fallback={<p className="lead">{text}</p>}>
					<Markdown text={text} />
				</Suspense>
			) : null}
			{editing || text ? null : <p className="quiet">{empty}</p>}
		</Section>
	);
}
