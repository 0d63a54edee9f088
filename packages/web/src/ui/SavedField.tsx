import { Button, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, type KeyboardEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { faultText } from "./fault-text.ts";

type Props = {
	label: string;
	/** What stands beside it says the same as the label, which then is only heard. */
	hideLabel?: boolean;
	description?: string;
	/** As it is on the server. */
	value: string;
	onSave: (text: string) => Promise<unknown>;
	/** More lines than one: Enter makes a line, Ctrl+Enter saves. */
	multiline?: boolean;
	maxLength?: number;
};

/** A text that is saved on its own: its buttons are there once something is changed; Escape takes the change back. */
export function SavedField({ label, hideLabel, description, value, onSave, multiline, maxLength }: Props): ReactNode {
	const { t } = useTranslation();
	const [draft, setDraft] = useState<string>();
	const save = useMutation({ mutationFn: onSave, onSuccess: () => setDraft(undefined) });
	const isChanged = draft !== undefined && draft.trim() !== value;
	const reset = () => {
		setDraft(undefined);
		save.reset();
	};
	const submit = (event?: FormEvent) => {
		event?.preventDefault();
		if (isChanged && !save.isPending) save.mutate(draft.trim());
	};
	const onKeyDown = (event: KeyboardEvent) => {
		if (event.key === "Escape" && isChanged) reset();
		if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit();
	};
	const field = {
		size: "sm",
		...(hideLabel ? { "aria-label": label } : { label }),
		...(description === undefined ? {} : { description }),
		...(maxLength === undefined ? {} : { maxLength }),
		value: draft ?? value,
		error: faultText(save.error, t),
		autoComplete: "off",
		onChange: ({ currentTarget }: { currentTarget: { value: string } }) => setDraft(currentTarget.value),
		onKeyDown,
	};
	return (
		<form className="field" onSubmit={submit}>
			{multiline ? <Textarea {...field} autosize minRows={3} maxRows={16} /> : <TextInput {...field} />}
			{isChanged ? (
				<div className="field-buttons">
					<Button type="submit" size="xs" loading={save.isPending}>
						{t("ui.save")}
					</Button>
					<Button variant="default" size="xs" onClick={reset}>
						{t("ui.cancel")}
					</Button>
				</div>
			) : null}
		</form>
	);
}
