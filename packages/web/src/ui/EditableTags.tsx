import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { EditableChips } from "./EditableChips.tsx";

type Props = {
	tags: readonly string[];
	/** Absent: the reader may not change them. */
	onAdd?: ((tag: string) => void) | undefined;
	onRemove?: ((tag: string) => void) | undefined;
};

/** Tags that are changed where they stand; the field stays for the next one. */
export function EditableTags({ tags, onAdd, onRemove }: Props): ReactNode {
	const { t } = useTranslation();
	return (
		<EditableChips
			chips={tags.map((text) => ({ text }))}
			addLabel={t("ui.addTag")}
			removeLabel={(tag) => t("ui.removeTag", { tag })}
			onAdd={onAdd && ((tag) => tags.includes(tag) || onAdd(tag))}
			onRemove={onRemove}
			many
		/>
	);
}
