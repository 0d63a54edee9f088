import { Button, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { CodeBlock } from "../../ui/CodeBlock.tsx";
import { apiKeysQuery, generateApiKey } from "./settings.queries.ts";

/** Makes an API key and shows it this once; `onMade` hears it too. */
export function NewApiKey({ onMade }: { onMade?: (key: string) => void }): ReactNode {
	const { t } = useTranslation();
	const queryClient = useQueryClient();
	const [description, setDescription] = useState("");
	const create = useMutation({
		mutationFn: () => generateApiKey(description),
		onSuccess: (key) => {
			setDescription("");
			onMade?.(key);
			return queryClient.invalidateQueries({ queryKey: apiKeysQuery.queryKey });
		},
	});
	return (
		<div className="section">
			<form
				className="toolbar"
				onSubmit={(event) => {
					event.preventDefault();
					create.mutate();
				}}
			>
				<TextInput
					size="xs"
					label={t("keys.description")}
					placeholder={t("keys.descriptionHint")}
					value={description}
					onChange={(event) => setDescription(event.currentTarget.value)}
				/>
				<Button type="submit" size="xs" loading={create.isPending}>
					{t("keys.create")}
				</Button>
			</form>
			{create.isError ? (
				<p className="notice bad" role="alert">
					{create.error.message}
				</p>
			) : null}
			{create.data ? (
				<div className="notice" role="status">
					<p>{t("keys.once")}</p>
					<CodeBlock code={create.data} label={t("keys.key")} />
				</div>
			) : null}
		</div>
	);
}
