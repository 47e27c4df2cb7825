#include "adapters/telegram/frontend.hpp"

#include <charconv>
#include <nlohmann/json.hpp>

#include "adapters/telegram/wire.hpp"

namespace podbrief::telegram {

asio::awaitable<void> TelegramFrontend::notice(Incoming about, std::string words) {
    if (about.kind == Incoming::Kind::button) {
        co_await callbacks_.answer(about.event_id, std::move(words));
        co_return;
    }
    std::int64_t chat = 0;
    std::from_chars(about.where.chat.data(), about.where.chat.data() + about.where.chat.size(), chat);
    if (chat == 0) co_return;
    nlohmann::json fields{{"chat_id", chat}};
    std::int64_t thread = 0;
    std::from_chars(about.where.thread.data(), about.where.thread.data() + about.where.thread.size(), thread);
    if (thread != 0) fields["message_thread_id"] = thread;
    Reply reply;
    reply.blocks.emplace_back(Paragraph{std::move(words)});
    put_content(fields, render(reply, 0));
    const Called called = co_await api_.call("sendMessage", std::move(fields));
    if (worked(called) == nullptr) log_.warning("telegram notice not sent", {{"problem", problem_of(called)}});
}

asio::awaitable<void> TelegramFrontend::settled(Incoming about) {
    co_await callbacks_.answer(about.event_id, {});
}

asio::awaitable<void> TelegramFrontend::show_home(Incoming, Reply) {
    co_return;
}

}  // namespace podbrief::telegram
