#pragma once
#include "adapters/slack/answer.hpp"
#include "core/ports/messenger.hpp"

namespace podbrief::slack {

// What an answer, or none, means for a delivery (design: RELIABILITY.md (b), "Retry classes"): decided by what was
// written and what Slack says. Pure. For Step::find an answer that is good is Sent: what is in it is for the caller to
// see.
SendOutcome classify(Step step, const Answered& answered);

// The same of an answer by a response_url; nullopt: that way is closed, and nothing was said by it.
std::optional<SendOutcome> classify_response(const HttpResult& result, WallTime now);

}  // namespace podbrief::slack
