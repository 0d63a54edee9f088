import { KeifuError } from "@keifu/sdk";
import { Button } from "@mantine/core";
import { useQuery, useQueryErrorResetBoundary } from "@tanstack/react-query";
import { type ErrorComponentProps, Link, useLocation } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "../ui/CopyButton.tsx";
import { PageHeader } from "../ui/PageHeader.tsx";
import { GoToLogin } from "./GoToLogin.tsx";
import { MissingError } from "./missing-error.ts";
import { viewerQuery } from "./viewer.queries.ts";

function isForbidden(error: unknown): boolean {
	return error instanceof KeifuError && error.status === 403;
}

function isNotFound(error: unknown): error is KeifuError {
	return error instanceof KeifuError && (error.code === "NOT_FOUND" || error.code === "GONE");
}

/** The server's own sentence where it has one: it knows what there is instead. */
function MissingPage({ error }: { error: MissingError | KeifuError }): ReactNode {
	const { t } = useTranslation();
	const kind = error instanceof MissingError ? t(`missing.kind.${error.kind}`) : undefined;
	return (
		<>
			<PageHeader title={kind === undefined ? t("missing.plainTitle") : t("missing.title", { kind })} isFailure />
			<div className="panel">
				{error instanceof MissingError ? (
					<p>
						{t("missing.lead", { kind })} <code className="mono">{error.subject}</code>
					</p>
				) : (
					<p>{error.message}</p>
				)}
				<p className="quiet">{t("missing.why")}</p>
				<p>
					<Link to="/" className="link">
						{t("missing.home")}
					</Link>
				</p>
			</div>
		</>
	);
}

/** There was no answer, or one that says to come back later. */
function isAway(error: unknown): boolean {
	return error instanceof KeifuError && (error.status === 0 || error.status === 502 || error.status === 503);
}

const askAgainMilliseconds = 4_000;

/** A server that is being started again needs nobody to press a button. */
function useAskAgain(isWanted: boolean, retry: () => void): void {
	const latest = useRef(retry);
	latest.current = retry;
	useEffect(() => {
		if (!isWanted) return;
		const timer = setInterval(() => latest.current(), askAgainMilliseconds);
		return () => clearInterval(timer);
	}, [isWanted]);
}

function titleOf(error: unknown): "failure.forbidden" | "connection.title" | "failure.title" {
	if (isForbidden(error)) return "failure.forbidden";
	return isAway(error) ? "connection.title" : "failure.title";
}

function FailurePage({ error, retry }: { error: unknown; retry: () => void }): ReactNode {
	const { t } = useTranslation();
	const id = error instanceof KeifuError ? error.requestId : undefined;
	const away = isAway(error);
	useAskAgain(away, retry);
	return (
		<>
			<PageHeader title={t(titleOf(error))} isFailure />
			<div className="panel" role="alert">
				<p>{error instanceof Error ? error.message : String(error)}</p>
				{away ? <p className="quiet">{t("connection.again")}</p> : null}
				{isForbidden(error) ? (
					<p>
						<Link to="/" className="link">
							{t("missing.home")}
						</Link>
					</p>
				) : null}
				{id ? (
					<p className="quiet">
						{t("failure.id")} <code className="mono">{id}</code> <CopyButton text={id} label={t("failure.id")} />
					</p>
				) : null}
				<div>
					<Button size="xs" onClick={retry}>
						{t("failure.retry")}
					</Button>
				</div>
			</div>
		</>
	);
}

/** One page for whatever went wrong: a name that names nothing, a right that lacks, a fault with its id. */
export function ErrorPage({ error, reset }: ErrorComponentProps): ReactNode {
	const queryErrors = useQueryErrorResetBoundary();
	const { data: viewer, isPending } = useQuery({ ...viewerQuery, retry: false });
	const missing = error instanceof MissingError || isNotFound(error);
	const unauthenticated = error instanceof KeifuError && error.status === 401;
	// Someone who is not signed in may see it after signing in.
	if (missing && isPending) return null;
	if (unauthenticated || (viewer === null && (missing || isForbidden(error)))) {
		return <GoToLogin />;
	}
	if (missing) return <MissingPage error={error} />;
	const retry = () => {
		queryErrors.reset();
		reset();
	};
	return <FailurePage error={error} retry={retry} />;
}

/** For an address that no page has. */
export function NoSuchPage(): ReactNode {
	const { pathname } = useLocation();
	return <MissingPage error={new MissingError("page", pathname)} />;
}
