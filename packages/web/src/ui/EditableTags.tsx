import { TextInput } from "@mantine/core";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import "./editable.css";

type Props = {
	title: string;
	tags: readonly string[];
	/** Without these the tags are only shown. */
	onAdd?: (tag: string) => void;
	onRemove?: (tag: string) => void;
};

/** Tags with × to take one off and + to put one on: Enter adds and stays for the next, Escape ends it. */
export function EditableTags({ title, tags, onAdd, onRemove }: Props): ReactNode {
	const { t } = useTranslation();
	const [draft, setDraft] = useState<string | null>(null);
	const plus = useRef<HTMLButtonElement>(null);
	const wasOpen = useRef(false);
	useEffect(() => {
		if (wasOpen.current && draft === null) plus.current?.focus();
		wasOpen.current = draft !== null;
	}, [draft]);
	const add = () => {
		const tag = draft?.trim() ?? "";
		if (tag !== "" && !tags.includes(tag)) onAdd?.(tag);
		setDraft("");
	};
	const onKeyDown = (event: KeyboardEvent) => {
		if (event.key === "Escape") setDraft(null);
		if (event.key === "Enter") add();
	};
	return (
		<div className="editable">
			<h2>{title}</h2>
			<div className="editable-tags">
				{tags.map((tag) => (
					<span key={tag} className={onRemove ? "chip removable" : "chip"}>
						{tag}
						{onRemove ? (
							<button type="button" aria-label={t("ui.removeTag", { tag })} onClick={() => onRemove(tag)}>
								×
							</button>
						) : null}
					</span>
				))}
				{onAdd && draft === null ? (
					<button
						ref={plus}
						type="button"
						className="chip"
						aria-label={t("ui.addTag")}
						title={t("ui.addTag")}
						onClick={() => setDraft("")}
					>
						+
					</button>
				) : null}
				{onAdd || tags.length > 0 ? null : <span className="quiet">–</span>}
				{draft === null ? null : (
					<TextInput
						size="xs"
						w={150}
						autoFocus
						maxLength={128}
						aria-label={t("ui.addTag")}
						placeholder={t("ui.addTag")}
						value={draft}
						onChange={({ currentTarget }) => setDraft(currentTarget.value)}
						onKeyDown={onKeyDown}
						onBlur={() => {
							add();
							setDraft(null);
						}}
					/>
				)}
			</div>
		</div>
	);
}
