// Which official type each payload of ours must have. What is named here stands in `imports`.

export const imports = `
import type { HomeView, KnownBlock, ModalView, Option } from "@slack/types";
import type * as web from "@slack/web-api";
import type { RespondArguments } from "@slack/bolt";
import type { ApiMethods } from "@grammyjs/types";
import * as discord from "discord-api-types/v10";

type Arguments<M extends keyof ApiMethods<never>> = NonNullable<Parameters<ApiMethods<never>[M]>[0]>;
type Telegram<M extends keyof ApiMethods<never>> =
  [Arguments<M>] extends [never] ? Record<string, never> : Arguments<M>;
// Of a form: every value is written as text.
type Written<T> = { [K in keyof T]: T[K] extends string | undefined ? T[K] : string };
// Taken by Slack, and in no documentation and no type of theirs; left out as soon as Slack refuses it.
type ClientId = { client_msg_id?: string };
// Ours are in the Authorization header (RFC 6749, 2.3.1), which Slack asks for.
type ByHeader<T> = T extends unknown ? Omit<T, "client_id" | "client_secret"> : never;
`;

const slack = new Map(Object.entries({
  "chat.postMessage": "web.ChatPostMessageArguments & ClientId",
  "chat.update": "web.ChatUpdateArguments",
  "chat.postEphemeral": "web.ChatPostEphemeralArguments",
  "views.open": "web.ViewsOpenArguments & { view: ModalView }",
  "views.publish": "web.ViewsPublishArguments & { view: HomeView }",
  response_url: "RespondArguments",
  "conversations.open": "web.ConversationsOpenArguments",
  "conversations.history": "Written<web.ConversationsHistoryArguments>",
  "conversations.replies": "Written<web.ConversationsRepliesArguments>",
  "users.info": "Written<web.UsersInfoArguments>",
  "auth.test": "Written<web.AuthTestArguments>",
  "apps.connections.open": "web.AppsConnectionsOpenArguments & Record<string, never>",
  "oauth.v2.access": "ByHeader<Written<web.OAuthV2AccessArguments>>",
  "answer /slack/interactivity": "{ options: Option[] }",
}));

const discord = [
  [/^POST \/channels\/\d+\/messages$/, "RESTPostAPIChannelMessageJSONBody"],
  [/^PATCH \/channels\/\d+\/messages\/\d+$/, "RESTPatchAPIChannelMessageJSONBody"],
  [/^POST \/users\/@me\/channels$/, "RESTPostAPICurrentUserCreateDMChannelJSONBody"],
  [/^POST \/webhooks\/\d+\/[^/]+$/, "RESTPostAPIInteractionFollowupJSONBody"],
  [/^PATCH \/webhooks\/\d+\/[^/]+\/messages\/@original$/, "RESTPatchAPIInteractionOriginalResponseJSONBody"],
  [/^PATCH \/webhooks\/\d+\/[^/]+\/messages\/\d+$/, "RESTPatchAPIInteractionFollowupJSONBody"],
  [/^PUT \/applications\/\d+\/commands$/, "RESTPutAPIApplicationCommandsJSONBody"],
  [/^PATCH \/applications\/@me$/, "RESTPatchCurrentApplicationJSONBody"],
];

// By their numbers, so that a callback of one kind is not excused by the type of another.
const callbacks = new Map([
  [1, "APIInteractionResponsePong"],
  [4, "APIInteractionResponseChannelMessageWithSource"],
  [5, "APIInteractionResponseDeferredChannelMessageWithSource"],
  [6, "APIInteractionResponseDeferredMessageUpdate"],
  [7, "APIInteractionResponseUpdateMessage"],
  [8, "APIApplicationCommandAutocompleteResponse"],
  [9, "APIModalInteractionResponse"],
]);
const callback = /^(POST \/interactions\/\d+\/[^/]+\/callback|answer \/discord\/interactions)$/;

// The types of Slack's arguments take any object with a `type` for a block; we only send such as are described.
export function blocksOf({ platform, body }) {
  const blocks = platform === "slack" ? (body.blocks ?? body.view?.blocks) : undefined;
  return blocks === undefined ? null : { type: "KnownBlock[]", blocks };
}

// { name, type } of a payload: what kind it is, for people, and its type; null: no type of ours is known for it.
export function kindOf({ platform, method, body }) {
  if (platform === "slack" && slack.has(method)) return { name: `slack ${method}`, type: slack.get(method) };
  if (platform === "telegram") return { name: `telegram ${method}`, type: `Telegram<${JSON.stringify(method)}>` };
  if (platform === "discord" && callback.test(method) && callbacks.has(body?.type)) {
    const way = method.startsWith("answer") ? "answered" : "posted";
    return { name: `discord callback ${body.type}, ${way}`, type: `discord.${callbacks.get(body.type)}` };
  }
  const found = platform === "discord" && discord.find(([pattern]) => pattern.test(method));
  if (found) return { name: `discord ${found[1]}`, type: `discord.${found[1]}` };
  return null;
}

// Those that must have been seen: a conversation that no longer makes one of them checks less than it says.
export const expected = [
  ...[...slack.keys()].map((method) => `slack ${method}`),
  ...["answerCallbackQuery", "deleteWebhook", "editMessageText", "getChatMember", "getUpdates", "sendMessage",
    "setMyCommands", "setMyDescription", "setMyShortDescription", "setWebhook"].map((method) => `telegram ${method}`),
  ...discord.map(([, type]) => `discord ${type}`),
  ...[1, 5, 6, 8, 9].map((type) => `discord callback ${type}, answered`),
  ...[5, 6, 8, 9].map((type) => `discord callback ${type}, posted`),
];
