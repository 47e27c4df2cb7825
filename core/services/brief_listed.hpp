#pragma once
#include <boost/asio/awaitable.hpp>

#include "core/model/brief.hpp"
#include "core/model/delivery.hpp"
#include "core/ports/reader_store.hpp"

namespace podbrief::services {

namespace asio = boost::asio;

// What a conversation is about once a brief was shown in it.
ConversationState list_of(const Brief& brief);

// A brief was delivered by us, not asked for: from now on numbers mean its insights in that destination's conversation.
// Throws StoreFailure.
asio::awaitable<void> brief_listed(ReaderStore& readers, Destination destination, Brief brief);

}  // namespace podbrief::services
