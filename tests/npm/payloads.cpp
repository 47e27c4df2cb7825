// Prints every kind of payload that we send to Slack, Telegram and Discord, made by the adapters in conversations with
// the platforms' doubles: one JSON object a line, {"platform", "method", "body"}.
#include "tests/npm/payloads.hpp"

#include <cstdio>
#include <nlohmann/json.hpp>

#include "core/ports/http_server.hpp"
#include "tests/support/any_reply.hpp"

namespace podbrief::testing {
namespace {

InsightCard full_card(int number) {
    InsightCard card;
    card.number = number;
    card.insight = InsightId{100 + number};
    card.text = "Export controls raise the price of memory.";
    card.relation = Relation::disputes;
    card.update = true;
    card.now_disputed = true;
    card.outside_bubble = true;
    card.origin = InsightOrigin::show_notes;
    card.speaker = "Jane Doe";
    card.show = "The Show";
    card.episode = "Episode 12";
    card.published_at = from_ms(1'767'225'600'000);
    card.start = Millis{754'000};
    card.time_is_approximate = true;
    card.link = "https://example.org/e#t=754";
    card.sources = 3;
    card.why = "You follow chips.";
    card.quote = "Memory will cost more.";
    card.topic = "chips";
    return card;
}

Reply brief() {
    Reply reply;
    reply.blocks.emplace_back(Heading{"Your brief for Thursday, 12 March 2026"});
    for (int number = 1; number <= 5; ++number) {
        InsightCard card = full_card(number);
        card.marks.liked = number == 2;
        card.marks.disliked = number == 3;
        card.marks.saved = number == 4;
        card.marks.muted = number == 5;
        reply.blocks.emplace_back(std::move(card));
    }
    reply.suggestions = {"more on 1", "more on chip exports", "why 1"};
    return reply;
}

Choice choice(const char* label, Action::Kind kind, const char* text = "") {
    Choice out;
    out.label = label;
    out.action.kind = kind;
    out.action.list = 7;
    out.action.text = text;
    return out;
}

// The questions at the beginning.
Reply question() {
    Reply reply;
    reply.blocks.emplace_back(Paragraph{"Which topics? One or more; type others."});
    Choices topics;
    topics.choices = {choice("AI", Action::Kind::say, "follow AI"),
                      choice("Energy", Action::Kind::say, "follow energy")};
    topics.choices.back().chosen = true;
    reply.blocks.emplace_back(topics);
    return reply;
}

Reply list_and_table() {
    Reply reply;
    reply.blocks.emplace_back(Heading{"Settings"});
    Table table;
    table.rows = {{"Time", "08:00 Europe/Berlin"}, {"Days", "Monday to Friday"}};
    reply.blocks.emplace_back(table);
    reply.blocks.emplace_back(full_card(1));
    Choices choices;
    choices.choices = {choice("Next", Action::Kind::next)};
    Choice page;
    page.label = "Open the page";
    page.link = "https://example.org/page";
    choices.choices.push_back(page);
    reply.blocks.emplace_back(choices);
    return reply;
}

}  // namespace

std::vector<Reply> all_kinds_of_replies() {
    std::vector<Reply> out{brief(), question(), list_and_table(), worst_reply()};
    Random random(17);
    for (std::size_t left = replies_to_try(20); left > 0; --left) out.push_back(any_reply(random));
    return out;
}

asio::awaitable<HttpResult> Recorder::send(HttpRequest request) {
    const std::string path(ServerRequest{"", request.url.substr(request.url.find('/', 8)), {}, "", ""}.path());
    HttpResult result = co_await to_.send(std::move(request));
    if (result && result->body.starts_with('{')) answers_.push_back({"", "answer " + path, result->body});
    co_return result;
}

std::string json_of_form(const std::string& form) {
    nlohmann::json out = nlohmann::json::object();
    for (const FormField& field : parse_form(form).value_or(std::vector<FormField>{})) out[field.name] = field.value;
    return out.dump();
}

}  // namespace podbrief::testing

int main() {
    using namespace podbrief::testing;
    for (const auto& all : {slack_payloads(), telegram_payloads(), discord_payloads()}) {
        for (const Payload& payload : all) {
            nlohmann::json line = nlohmann::json::object();
            line["platform"] = payload.platform;
            line["method"] = payload.method;
            line["body"] = payload.body.empty() ? nlohmann::json() : nlohmann::json::parse(payload.body);
            std::printf("%s\n", line.dump().c_str());
        }
    }
    return 0;
}
