#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/reply.hpp"

// The words of a reply in Discord's Markdown; of the renderer only.
namespace podbrief::discord {

// In units of limits::text: UTF-16 units, or more where the bytes count for more.
std::size_t cost(std::string_view utf8);
// What it costs when it is escaped.
std::size_t escaped_cost(std::string_view utf8);

// rich: numbers in bold, labels, small print. Else the same words without markup.
std::string heading_text(const Heading& heading, bool rich);
std::string paragraph_text(const Paragraph& paragraph);
std::string card_text(const InsightCard& card, bool rich);
std::string table_text(const Table& table, bool rich);
// What the choices offer, for where there are no buttons; empty: nothing that could be typed or opened.
std::string choices_text(const Choices& choices);
// The addresses that no button can carry, one a line; empty: none.
std::string long_links_text(const Choices& choices);
std::string suggestions_text(const Reply& reply, bool rich);
// "1. <https://...>" a line, and a word where there is none.
std::string links_only_text(const Reply& reply, std::size_t room);

// A block that is too long for one message, as several that are not.
std::vector<ReplyBlock> divided(const ReplyBlock& block);

}  // namespace podbrief::discord
