#pragma once
#include <string>
#include <variant>

#include "adapters/doubles/discord_model.hpp"
#include "adapters/doubles/slack_model.hpp"
#include "adapters/doubles/telegram_model.hpp"
#include "core/ports/http_client.hpp"
#include "core/ports/messenger.hpp"
#include "tests/doubles/model/doubles.hpp"

// What an answer, or none, means for a delivery (design: RELIABILITY.md (b), "Retry classes"): decided by what was
// written and what the platform says, never by the name of an exception. Pure.
namespace podbrief::testing {

struct NoAnswer {
    HandedOver handed_over = HandedOver::nothing;
    std::string reason;
};
template <class Answer>
using Exchanged = std::variant<Answer, NoAnswer>;

// For Step::find a readable answer is Sent: what is in it is for the caller to see.
SendOutcome classify(Step step, const slack::Answer& answer);
SendOutcome classify(Step step, const discord::Answer& answer);
SendOutcome classify(Step step, const telegram::Answer& answer, const Destination& to);
SendOutcome classify(Step step, const NoAnswer& none);

// No answer that can be trusted. A look that gave nothing may be repeated at will; anything else may have happened.
SendOutcome unclear(Step step, std::string reason);

// Seconds (whole or not) or a date (against the answer's own Date, so that our clock does not matter); zero where it
// says nothing usable.
Millis wait_of(const HttpPart& answer);

}  // namespace podbrief::testing
