#include "bot/bench/measured_intake.hpp"

#include <nlohmann/json.hpp>

#include "adapters/discord/render.hpp"
#include "adapters/slack/render.hpp"
#include "adapters/telegram/render.hpp"
#include "core/commands/grammar.hpp"
#include "core/commands/marks.hpp"

namespace podbrief::bot::bench {
namespace {

// As it would be sent; gives its size.
std::size_t rendered(const std::string& platform, const Reply& part) {
    if (platform == "slack") return slack::render(part, 0).blocks.size();
    if (platform == "telegram") return telegram::render(part, 0).text.size();
    discord::Shape shape;
    shape.key = "of-the-benchmark";
    return discord::message_of(part, shape).dump().size();
}

}  // namespace

void MeasuredIntake::keep(bool durably) {
    durably_ = durably;
    seen_.clear();
    answers_ = 0;
    with_insights_ = 0;
}

asio::awaitable<Intake::Accepted> MeasuredIntake::accept(Incoming incoming) {
    if (durably_) co_return co_await app_.reception().accept(std::move(incoming));
    if (!seen_.insert(incoming.tenant + "\n" + incoming.event_id).second) co_return Accepted::seen_before;
    const std::string platform = incoming.platform;
    Reader nobody;
    nobody.name = incoming.name;
    services::Responder::Conversation conversation;
    conversation.key = to_string(incoming.where);
    services::Responder::Answer answer = co_await app_.responder().prepare(std::move(nobody), std::move(conversation),
                                                                           commands::parse_command(incoming.text));
    std::size_t bytes = 0;
    for (const Reply& part : app_.messengers().at(platform)->split(answer.reply)) bytes += rendered(platform, part);
    if (bytes > 0) ++answers_;
    if (commands::has_cards(answer.reply)) ++with_insights_;
    co_return Accepted::first;
}

asio::awaitable<std::optional<Form>> MeasuredIntake::form_for(Incoming incoming) {
    return app_.reception().form_for(std::move(incoming));
}

asio::awaitable<std::vector<std::string>> MeasuredIntake::suggest(Account from, std::string what, std::string typed) {
    return app_.reception().suggest(std::move(from), std::move(what), std::move(typed));
}

}  // namespace podbrief::bot::bench
