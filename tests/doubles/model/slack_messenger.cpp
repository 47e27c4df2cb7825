#include "tests/doubles/model/slack_messenger.hpp"

#include <algorithm>

#include "tests/doubles/model/render.hpp"

namespace podbrief::testing {
namespace {

constexpr std::size_t longest_text = 3'900;  // below what chat.update takes, so that every message can be edited
constexpr std::size_t most_blocks = 45;
constexpr Millis before_attempt{5'000};  // our clock and theirs
constexpr int most_pages = 20;

slack::Message fields(const OutgoingMessage& message) {
    slack::Message out;
    out.text = reply_text(message.content, Markup::mrkdwn, message.plainness);
    out.delivery_id = message.key;
    if (message.plainness > 0) return out;
    for (const auto& block : message.content.blocks) {
        out.blocks.push_back({"section", block_text(block, Markup::mrkdwn)});
    }
    if (auto end = suggestions_text(message.content, Markup::mrkdwn); !end.empty()) {
        out.blocks.push_back({"section", std::move(end)});
    }
    return out;
}

}  // namespace

SlackMessenger::SlackMessenger(SlackModel& model, Line line) : model_(model), line_(std::move(line)) {
    traits_.platform = "slack";
    traits_.lane_per_workspace = true;
    traits_.has_history = true;
    traits_.lane_rate = {5, Millis{1000}};
    traits_.chat_rate = {1, Millis{1000}};
    traits_.find_rate = {5, Millis{6'500}};
}

std::vector<Reply> SlackMessenger::split(const Reply& reply) const {
    const auto size_of = [](const ReplyBlock& block) { return code_points(block_text(block, Markup::mrkdwn)); };
    return split_blocks(reply, {longest_text, 2, most_blocks}, size_of,
                        code_points(suggestions_text(reply, Markup::mrkdwn)));
}

asio::awaitable<SendOutcome> SlackMessenger::post(OutgoingMessage message) {
    slack::PostMessage post;
    post.team = message.to.workspace;
    post.channel = message.to.chat;
    post.message = fields(message);
    post.tag = message.key;
    if (message.plainness == 0) post.client_msg_id = message.key;  // some day it may help; refused, we do without
    std::function<slack::Answer(const Call&)> deliver = [&model = model_, post = std::move(post)](const Call& call) {
        return model.post_message(call, post);
    };
    const Journey journey{"post", line_.clock.steady_now() + message.deadline, message.may_begin};
    const auto result = co_await exchange<slack::Answer>(line_, model_, journey, std::move(deliver));
    co_return std::visit([](const auto& got) { return classify(Step::post, got); }, result);
}

asio::awaitable<SendOutcome> SlackMessenger::edit(OutgoingMessage message, std::string message_ref) {
    slack::Update update{message.to.workspace, message.to.chat, std::move(message_ref), fields(message)};
    std::function<slack::Answer(const Call&)> deliver =
        [&model = model_, update = std::move(update)](const Call& call) { return model.update(call, update); };
    const Journey journey{"edit", line_.clock.steady_now() + message.deadline, message.may_begin};
    const auto result = co_await exchange<slack::Answer>(line_, model_, journey, std::move(deliver));
    co_return std::visit([](const auto& got) { return classify(Step::edit, got); }, result);
}

asio::awaitable<SendOutcome> SlackMessenger::find(OutgoingMessage message, WallTime since) {
    const SteadyTime end = line_.clock.steady_now() + message.deadline;
    slack::History ask;
    ask.team = message.to.workspace;
    ask.channel = message.to.chat;
    ask.oldest = slack::ts_of(since - before_attempt);
    for (int page = 0; page < most_pages; ++page) {
        std::function<slack::Answer(const Call&)> deliver = [&model = model_, ask](const Call& call) {
            return model.history(call, ask);
        };
        const Journey journey{"find", end, message.may_begin};
        const auto result = co_await exchange<slack::Answer>(line_, model_, journey, std::move(deliver));
        auto outcome = std::visit([](const auto& got) { return classify(Step::find, got); }, result);
        if (!std::holds_alternative<Sent>(outcome)) co_return outcome;
        const auto& answer = std::get<slack::Answer>(result);
        const auto found = std::find_if(answer.messages.begin(), answer.messages.end(),
                                        [&](const auto& item) { return item.delivery_id == message.key; });
        if (found != answer.messages.end()) co_return Sent{found->ts};
        if (answer.next_cursor.empty()) co_return NotFound{};
        ask.cursor = answer.next_cursor;
    }
    co_return unclear(Step::find, "too much was written there since");
}

}  // namespace podbrief::testing
