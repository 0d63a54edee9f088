const queues = "run queues are not part of this server: start the training with your own scheduler";
const sweepAgents = "sweep agents are not served here: start the runs yourself, with the sweep's id in WANDB_SWEEP_ID";
const automations =
	"automations and integrations are not part of this server: poll it with your own job, or act in the script that logs";

/**
 * What clients ask for and this server does not do: the field → the sentence that says so and names the way out. The
 * field is in the schema, so that the client shows the sentence instead of a complaint about the document.
 */
export const refusedOperations: Readonly<Record<string, string>> = {
	"Query.launchAgent": queues,
	"Mutation.createRunQueue": queues,
	"Mutation.upsertRunQueue": queues,
	"Mutation.deleteRunQueues": queues,
	"Mutation.deleteFromRunQueue": queues,
	"Mutation.createDefaultResourceConfig": queues,
	"Mutation.pushToRunQueue": queues,
	"Mutation.pushToRunQueueByName": queues,
	"Mutation.popFromRunQueue": queues,
	"Mutation.ackRunQueueItem": queues,
	"Mutation.failRunQueueItem": queues,
	"Mutation.updateRunQueueItemWarning": queues,
	"Mutation.createLaunchAgent": queues,
	"Mutation.updateLaunchAgent": queues,
	"Project.runQueue": queues,
	"Project.runQueues": queues,
	"Entity.defaultResourceConfig": queues,
	"Mutation.createAgent": sweepAgents,
	"Mutation.agentHeartbeat": sweepAgents,
	"Mutation.enqueueSweepRun": sweepAgents,
	"Mutation.createFilterTrigger": automations,
	"Mutation.updateFilterTrigger": automations,
	"Mutation.deleteTrigger": automations,
	"Mutation.createGenericWebhookIntegration": automations,
	"Entity.triggers": automations,
	"Entity.integrations": automations,
	"Organization.triggers": automations,
	"Project.triggers": automations,
	"User.projects": "the projects of all of a user's entities are not listed at once: ask for those of one entity",
	"Mutation.createArtifactType": "a type of artifact is made with the first version logged under it: log an artifact",
	"Mutation.createCustomChart":
		"custom charts are not part of this server: draw the chart yourself and log it as an image",
	"Project.allViews": "reports and saved views are not part of this server: write them where you keep your documents",
	"Project.buckets": "the field buckets is not served: ask for runs",
	"Run.internalId": "runs have no internal id here: ask for projectId, or for internalId of the project",
	"Run.runInfo": "runInfo is not served: read the run's file wandb-metadata.json",
	"FileConnection.uploadHeaders": "uploads do not begin with a list of files here: ask createRunFiles for addresses",
	"ArtifactType.artifactSequences": "the field artifactSequences is not served: ask for artifactCollections",
};

/** Arguments of served fields that this server does nothing with; null is let through. */
export const refusedArguments: Readonly<Record<string, string>> = {
	"Mutation.upsertModel.input.framework":
		"projects have no framework here: leave it out, or write it in the description",
	"Mutation.upsertModel.input.repo": "projects have no repository here: leave it out, or write it in the description",
	// wire: only for servers that have no addAliases, which every client looks up first.
	"Mutation.updateArtifact.input.aliases":
		"aliases are not changed by updateArtifact: use addAliases and deleteAliases",
	"Mutation.upsertModel.input.views": "projects have no saved views here: leave them out",
};
