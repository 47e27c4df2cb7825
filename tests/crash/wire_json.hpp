#pragma once
#include <optional>
#include <string>

#include "core/ports/messenger.hpp"

// What the server under test and the platform doubles say to each other: one JSON object a call, one an outcome.
namespace podbrief::testing::wire {

struct Call {
    Step op = Step::none;  // post, reserve, edit or find
    OutgoingMessage message;
    std::string message_ref;  // edit
    WallTime since{};         // find
};

std::string to_json(const Call& call);
std::string to_json(const SendOutcome& outcome);
// nullopt: not of ours.
std::optional<Call> call_from(const std::string& json);
std::optional<SendOutcome> outcome_from(const std::string& json);

}  // namespace podbrief::testing::wire
