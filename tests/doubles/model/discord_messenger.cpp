#include "tests/doubles/model/discord_messenger.hpp"

#include <algorithm>

#include "tests/doubles/model/render.hpp"

namespace podbrief::testing {
namespace {

constexpr std::size_t longest_content = 2'000;
constexpr std::size_t footer = 16;  // of the marker, with its line
constexpr Millis before_attempt{5'000};
constexpr int page_size = 100;
constexpr int most_pages = 20;

std::string content_of(const OutgoingMessage& message) {
    auto out = reply_text(message.content, message.plainness == 0 ? Markup::markdown : Markup::none, message.plainness);
    if (!out.empty()) out += "\n" + DiscordMessenger::marker(message.key);
    return out;
}

}  // namespace

std::string DiscordMessenger::marker(const std::string& key) {
    return "-# " + key.substr(0, 8);
}

DiscordMessenger::DiscordMessenger(DiscordModel& model, Line line) : model_(model), line_(std::move(line)) {
    traits_.platform = "discord";
    traits_.nonce_window = Millis{60'000};
    traits_.has_history = true;
    traits_.lane_rate = {45, Millis{1'100}};
    traits_.chat_rate = {5, Millis{5'000}};
}

std::vector<Reply> DiscordMessenger::split(const Reply& reply) const {
    const auto size_of = [](const ReplyBlock& block) { return code_points(block_text(block, Markup::markdown)); };
    return split_blocks(reply, {longest_content - footer}, size_of,
                        code_points(suggestions_text(reply, Markup::markdown)));
}

asio::awaitable<SendOutcome> DiscordMessenger::post(OutgoingMessage message) {
    discord::CreateMessage create;
    create.guild = message.to.workspace;
    create.channel = message.to.chat;
    create.content = content_of(message);
    create.markdown = message.plainness == 0;
    create.nonce = message.key;
    create.enforce_nonce = true;
    create.tag = message.key;
    std::function<discord::Answer(const Call&)> deliver =
        [&model = model_, create = std::move(create)](const Call& call) { return model.create_message(call, create); };
    const Journey journey{"post", line_.clock.steady_now() + message.deadline, message.may_begin};
    const auto result = co_await exchange<discord::Answer>(line_, model_, journey, std::move(deliver));
    co_return std::visit([](const auto& got) { return classify(Step::post, got); }, result);
}

asio::awaitable<SendOutcome> DiscordMessenger::edit(OutgoingMessage message, std::string message_ref) {
    discord::EditMessage change;
    change.guild = message.to.workspace;
    change.channel = message.to.chat;
    change.message = std::move(message_ref);
    change.content = content_of(message);
    change.markdown = message.plainness == 0;
    std::function<discord::Answer(const Call&)> deliver =
        [&model = model_, change = std::move(change)](const Call& call) { return model.edit_message(call, change); };
    const Journey journey{"edit", line_.clock.steady_now() + message.deadline, message.may_begin};
    const auto result = co_await exchange<discord::Answer>(line_, model_, journey, std::move(deliver));
    co_return std::visit([](const auto& got) { return classify(Step::edit, got); }, result);
}

asio::awaitable<SendOutcome> DiscordMessenger::find(OutgoingMessage message, WallTime since) {
    const SteadyTime end = line_.clock.steady_now() + message.deadline;
    const auto wanted = marker(message.key);
    discord::ListMessages ask;
    ask.guild = message.to.workspace;
    ask.channel = message.to.chat;
    const std::string oldest = discord::snowflake_of(since - before_attempt);
    ask.limit = page_size;
    for (int page = 0; page < most_pages; ++page) {
        std::function<discord::Answer(const Call&)> deliver = [&model = model_, ask](const Call& call) {
            return model.list_messages(call, ask);
        };
        const Journey journey{"find", end, message.may_begin};
        const auto result = co_await exchange<discord::Answer>(line_, model_, journey, std::move(deliver));
        auto outcome = std::visit([](const auto& got) { return classify(Step::find, got); }, result);
        if (!std::holds_alternative<Sent>(outcome)) co_return outcome;
        const auto& messages = std::get<discord::Answer>(result).messages;
        const auto found = std::find_if(messages.begin(), messages.end(), [&](const auto& item) {
            return item.author == bot_name && (item.nonce == message.key || item.content.ends_with(wanted));
        });
        if (found != messages.end()) co_return Sent{found->id};
        if (messages.size() < static_cast<std::size_t>(page_size)) co_return NotFound{};
        ask.before = messages.back().id;
        if (!discord::is_after(ask.before, oldest)) co_return NotFound{};
    }
    co_return unclear(Step::find, "too much was written there since");
}

}  // namespace podbrief::testing
