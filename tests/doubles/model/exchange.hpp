#pragma once
#include <boost/asio/awaitable.hpp>
#include <functional>
#include <string_view>

#include "adapters/doubles/trouble.hpp"
#include "core/ports/clock.hpp"
#include "tests/doubles/model/doubles.hpp"
#include "tests/doubles/model/outcome.hpp"

namespace podbrief::testing {

namespace asio = boost::asio;

// Where a call is. Whoever listens may wait or throw there, as a crash does:
//   before_first_byte  nothing reached the platform, and nothing will
//   half_written       the same
//   written            the platform has carried the call out, unless its fault says that it never does
//   answered           the outcome is known here, and not yet returned
enum class Phase { before_first_byte, half_written, written, answered };
using PhaseHook = std::function<asio::awaitable<void>(std::string_view op, Phase phase)>;

// What is between a messenger and its platform.
struct Line {
    Clock& clock;        // the worker's: deadlines and waits
    const Clock& truth;  // the platform's
    Trouble& trouble;
    PhaseHook hook;  // empty: nobody listens
};

struct Journey {
    std::string_view op;  // "post", "edit", "reserve", "find"
    SteadyTime end{};     // by the worker's clock
    const std::function<bool()>& may_begin;
};

// Carries one call to the platform and its answer back, as slow and as badly as `line.trouble` says. `deliver` makes
// the call; it may be kept and called after the client gave up. Throws operation_aborted on cancellation: before the
// first byte nothing happens; once all is written the call has arrived.
template <class Answer>
asio::awaitable<Exchanged<Answer>> exchange(Line& line, PlatformModel& model, Journey journey,
                                            std::function<Answer(const Call&)> deliver);

extern template asio::awaitable<Exchanged<slack::Answer>> exchange(Line&, PlatformModel&, Journey,
                                                                   std::function<slack::Answer(const Call&)>);
extern template asio::awaitable<Exchanged<discord::Answer>> exchange(Line&, PlatformModel&, Journey,
                                                                     std::function<discord::Answer(const Call&)>);
extern template asio::awaitable<Exchanged<telegram::Answer>> exchange(Line&, PlatformModel&, Journey,
                                                                      std::function<telegram::Answer(const Call&)>);

}  // namespace podbrief::testing
