#include "core/services/brief_listed.hpp"

namespace podbrief::services {

ConversationState list_of(const Brief& brief) {
    ConversationState state;
    for (const BriefItem& item : brief.items) state.listed.push_back(item.insight);
    return state;
}

asio::awaitable<void> brief_listed(ReaderStore& readers, Destination destination, Brief brief) {
    const ConversationState before = co_await readers.conversation(to_string(destination));
    ConversationState state = list_of(brief);
    state.list = before.list + 1;
    state.event = before.event;
    state.decided = before.decided;
    co_await readers.save_conversation(to_string(destination), brief.reader, std::move(state));
}

}  // namespace podbrief::services
