#pragma once
#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/commands/explain.hpp"
#include "core/model/reader.hpp"
#include "core/ports/library_store.hpp"
#include "core/ports/outbox_store.hpp"

namespace podbrief::services {

namespace asio = boost::asio;

inline constexpr std::size_t most_explained_slots = 400;  // a year, and the twice a day of half a year

// All that is known of the reader's brief with that key; nullopt: none was planned. `slots` are the reader's.
asio::awaitable<std::optional<commands::Explained>> look_into(OutboxStore& outbox, LibraryStore& library, Reader reader,
                                                              std::string key, std::vector<Slot> slots, WallTime now);

// The keys that there are, nearest to `key` first, at most `most`.
std::vector<std::string> nearest_briefs(const std::vector<Slot>& slots, const std::string& key, std::size_t most);

}  // namespace podbrief::services
