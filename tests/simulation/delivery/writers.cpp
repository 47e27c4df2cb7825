#include "tests/simulation/delivery/writers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/text/digest.hpp"

namespace podbrief::testing {
namespace {

// Reads "<letter><digits>" at `at`, and moves on.
std::optional<std::int64_t> number_behind(std::string_view text, std::size_t& at, char letter) {
    if (at >= text.size() || text[at] != letter) return std::nullopt;
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data() + at + 1, text.data() + text.size(), value);
    if (error != std::errc()) return std::nullopt;
    at = static_cast<std::size_t>(end - text.data());
    return value;
}

}  // namespace

std::string to_string(const Mark& mark) {
    return fmt::format("r{}s{}c{}z", mark.reader, mark.sequence, mark.card);
}

std::vector<Mark> marks_in(std::string_view text) {
    std::vector<Mark> found;
    for (std::size_t begin = text.find('r'); begin != std::string_view::npos; begin = text.find('r', begin + 1)) {
        std::size_t at = begin;
        const auto reader = number_behind(text, at, 'r');
        const auto sequence = reader ? number_behind(text, at, 's') : std::nullopt;
        const auto card = sequence ? number_behind(text, at, 'c') : std::nullopt;
        if (!card || at >= text.size() || text[at] != 'z') continue;
        const Mark mark{*reader, *sequence, static_cast<int>(*card)};
        if (std::find(found.begin(), found.end(), mark) == found.end()) found.push_back(mark);
    }
    return found;
}

services::BriefDraft MarkedWriter::draft_of(const services::BriefOrder& order, WallTime now) {
    const Mark head{order.reader.id.value, order.slot.sequence, 0};
    // The same for every attempt at this slot.
    const std::uint64_t shape = text::fnv1a(to_string(head));
    services::BriefDraft draft;
    draft.brief.reader = order.reader.id;
    draft.brief.local_date = order.slot.key;
    draft.brief.composed_at = now;
    draft.reply.blocks.emplace_back(Heading{fmt::format("Brief {} of {}", to_string(head), order.slot.key)});
    for (const std::string& key : order.undelivered) {
        draft.reply.blocks.emplace_back(Paragraph{"Did not reach you: " + key + "."});
    }
    const int cards = shape % 16 == 0 ? 0 : 2 + static_cast<int>(shape / 16 % 8);
    for (int i = 1; i <= cards; ++i) {
        const Mark mark{head.reader, head.sequence, i};
        BriefItem item;
        item.insight = InsightId{order.slot.due_at.time_since_epoch().count() / 86'400'000 * 10 + i};
        draft.brief.items.push_back(item);
        InsightCard card;
        card.number = i;
        card.insight = item.insight;
        card.text = to_string(mark) + " says that a claim of some length stands here, as long as claims are. ";
        card.text += std::string(shape / 128 % 200, 'x');
        card.show = "A show";
        card.episode = "An episode";
        card.link = "https://show.example/" + to_string(mark);
        draft.reply.blocks.emplace_back(std::move(card));
    }
    return draft;
}

asio::awaitable<Result<services::BriefDraft>> MarkedWriter::write(services::BriefOrder order) {
    co_await process_.pass("writer.write", "before");
    if (fails_ > 0 && random_.unit() < fails_) {
        switch (random_.below(3)) {
            case 0:
                co_await clock_.sleep_for(std::chrono::hours{10});
                break;
            case 1:
                co_await clock_.sleep_for(std::chrono::seconds{50});
                break;
            default:
                co_return Errc::unavailable;
        }
    }
    const WallTime now = clock_.wall_now();
    co_await process_.pass("writer.write", "after");
    co_return draft_of(order, now);
}

}  // namespace podbrief::testing
