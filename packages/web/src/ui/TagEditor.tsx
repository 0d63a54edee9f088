import { TextInput } from "@mantine/core";
import { type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import "./tag-editor.css";

type Props = {
	label: string;
	tags: readonly string[];
	/** Without it the tags can only be read. */
	onChange?: ((tags: string[]) => void) | undefined;
};

/** Tags with a × each and a + at their end: Enter adds, Escape leaves. */
export function TagEditor({ label, tags, onChange }: Props): ReactNode {
	const { t } = useTranslation();
	const [draft, setDraft] = useState<string>();
	const plus = useRef<HTMLButtonElement>(null);
	const close = () => {
		setDraft(undefined);
		requestAnimationFrame(() => plus.current?.focus());
	};
	const add = () => {
		const tag = draft?.trim() ?? "";
		if (tag !== "" && !tags.includes(tag)) onChange?.([...tags, tag]);
		setDraft("");
	};
	const onKeyDown = (event: KeyboardEvent) => {
		if (event.key === "Enter") {
			event.preventDefault();
			add();
		}
		if (event.key === "Escape") close();
	};
	return (
		<fieldset className="tag-editor" aria-label={label}>
			{tags.map((tag) => (
				<span key={tag} className="chip">
					{tag}
					{onChange ? (
						<button
							type="button"
							aria-label={t("ui.removeTag", { tag })}
							onClick={() => onChange(tags.filter((other) => other !== tag))}
						>
							×
						</button>
					) : null}
				</span>
			))}
			{tags.length === 0 && !onChange ? <span className="quiet">–</span> : null}
			{onChange && draft === undefined ? (
				<button type="button" ref={plus} className="copy" aria-label={t("ui.addTag")} onClick={() => setDraft("")}>
					+ {t("ui.addTag")}
				</button>
			) : null}
			{draft === undefined ? null : (
				<TextInput
					size="xs"
					w={140}
					autoFocus
					aria-label={t("ui.addTag")}
					value={draft}
					onChange={({ currentTarget }) => setDraft(currentTarget.value)}
					onKeyDown={onKeyDown}
					onBlur={() => {
						add();
						setDraft(undefined);
					}}
				/>
			)}
		</fieldset>
	);
}
