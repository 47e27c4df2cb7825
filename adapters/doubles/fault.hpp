#pragma once
#include <cstddef>
#include <cstdint>

#include "core/model/time.hpp"

namespace podbrief::doubles {

// What goes wrong with one call. `Fault::made` says whether the platform carries the call out nevertheless.
enum class FaultKind : std::uint8_t {
    none,
    // On the way there: nothing is carried out.
    refused,            // connection refused
    connect_blackhole,  // no answer to the connect
    half_written,       // the connection breaks when half of the request is written
    // On the way back: `made` or not, no answer.
    silent,       // all written, then nothing until the deadline
    reset,        // all written, then a reset
    answer_lost,  // carried out and answered, but the connection ends before the answer
    made_late,    // carried out `delay` after the client gave up
    slow_answer,  // carried out; the answer takes `delay` more
    // Answers.
    limited,  // 429, see RetryShape
    http_500,
    http_502,
    http_503,
    http_504,
    garbage_html,  // 200 with a page of HTML; `made` or not, as the next two
    garbage_empty,
    garbage_json,     // JSON of another shape
    internal_error,   // Slack: ok:false
    fatal_error,      // Slack: ok:false
    payload_refused,  // the rich form; a plain one passes
    // What people do just before the call arrives.
    token_revoked,
    chat_blocked,
    chat_moved,       // Telegram: a group becomes a supergroup
    message_deleted,  // the one to edit; Discord: the one with the same nonce
};
inline constexpr std::size_t fault_kinds = static_cast<std::size_t>(FaultKind::message_deleted) + 1;
const char* to_string(FaultKind);

// How a 429 says how long.
enum class RetryShape : std::uint8_t { integer, fraction, http_date, zero, missing, huge, negative };
inline constexpr std::size_t retry_shapes = static_cast<std::size_t>(RetryShape::negative) + 1;

// Whom a 429 is about. `shared` only means something at Discord: others used it up.
enum class LimitScope : std::uint8_t { chat, global, shared };

struct Fault {
    FaultKind kind = FaultKind::none;
    bool made = false;
    Millis delay{0};  // made_late, slow_answer; of a 429: the wait it asks for
    RetryShape shape = RetryShape::integer;
    LimitScope scope = LimitScope::chat;
};

// One call as it arrives at a platform. `began` is when its first byte left.
struct Call {
    // Made without a network: begins, arrives and is answered at once.
    Call(WallTime now) : at(now), began(now) {}  // NOLINT(google-explicit-constructor)

    WallTime at;
    WallTime began;
    Fault fault;
    bool answer_travels = false;  // whoever carries the answer says told() when it is there
};

}  // namespace podbrief::doubles
