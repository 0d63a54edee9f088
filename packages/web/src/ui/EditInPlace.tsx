import { Button, Group, Stack, Textarea } from "@mantine/core";
import { type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import "./edit-in-place.css";

type Props = {
	/** What the text is, for the button and the field. */
	label: string;
	value: string;
	/** Without it the text can only be read. */
	onSave?: ((value: string) => void) | undefined;
	/** How the text is shown while nobody edits it. */
	children: ReactNode;
	/** What stands there instead of nothing. */
	placeholder: string;
};

/** A text that is edited where it stands: Ctrl+Enter saves, Escape leaves it as it was. */
export function EditInPlace({ label, value, onSave, children, placeholder }: Props): ReactNode {
	const { t } = useTranslation();
	const [draft, setDraft] = useState<string>();
	const button = useRef<HTMLButtonElement>(null);
	const close = () => {
		setDraft(undefined);
		// The button is there again after the next drawing.
		requestAnimationFrame(() => button.current?.focus());
	};
	const save = () => {
		if (draft !== undefined && draft !== value) onSave?.(draft);
		close();
	};
	if (draft === undefined) {
		return (
			<div className="in-place">
				<div className="in-place-text">{value === "" ? <span className="quiet">{placeholder}</span> : children}</div>
				{onSave ? (
					<button
						type="button"
						ref={button}
						className="copy"
						aria-label={`${t("ui.edit")}: ${label}`}
						onClick={() => setDraft(value)}
					>
						{t("ui.edit")}
					</button>
				) : null}
			</div>
		);
	}
	const onKeyDown = (event: KeyboardEvent) => {
		if (event.key === "Escape") close();
		if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save();
	};
	return (
		<Stack gap="xs">
			<Textarea
				aria-label={label}
				value={draft}
				autosize
				minRows={3}
				maxRows={16}
				autoFocus
				onKeyDown={onKeyDown}
				onChange={({ currentTarget }) => setDraft(currentTarget.value)}
			/>
			<Group gap="xs">
				<Button size="xs" onClick={save}>
					{t("ui.save")}
				</Button>
				<Button size="xs" variant="default" onClick={close}>
					{t("ui.cancel")}
				</Button>
			</Group>
		</Stack>
	);
}
