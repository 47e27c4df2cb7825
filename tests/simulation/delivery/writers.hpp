#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/ports/clock.hpp"
#include "core/ports/random.hpp"
#include "core/services/brief_writer.hpp"
#include "tests/simulation/delivery/process.hpp"

namespace podbrief::testing {

// What an oracle recognises in a chat, whatever keys and ids anybody gave: every piece of a brief says whose it is, of
// which slot, and which piece. "r5s17c2z": reader 5, slot 17, card 2 (0: the heading).
struct Mark {
    std::int64_t reader = 0;
    std::int64_t sequence = 0;
    int card = 0;
    auto operator<=>(const Mark&) const = default;
};
std::string to_string(const Mark& mark);
// All marks in a text, in order, each once.
std::vector<Mark> marks_in(std::string_view text);

// Writes briefs of two to nine marked cards, as long as real ones. `fails` of them do not come: late, or never, or an
// error; a writer that never fails is the fallback.
class MarkedWriter final : public services::BriefWriter {
public:
    MarkedWriter(Clock& clock, Random& random, Process& process, double fails)
        : clock_(clock), random_(random), process_(process), fails_(fails) {}
    asio::awaitable<Result<services::BriefDraft>> write(services::BriefOrder order) override;

    static services::BriefDraft draft_of(const services::BriefOrder& order, WallTime now);

private:
    Clock& clock_;
    Random& random_;
    Process& process_;
    double fails_;
};

}  // namespace podbrief::testing
